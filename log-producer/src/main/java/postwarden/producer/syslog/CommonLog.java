package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.is;
import static postwarden.producer.syslog.Ascii.starts;
import static postwarden.producer.syslog.Ascii.tokenEnd;

/**
 * The transfer log that Pure-FTPd writes itself ({@code AltLog clf:}, altlog.c) in the Common Log Format:
 * {@code client - account [21/Nov/2026:08:16:24 +0000] "PUT /file" 200 1234}. All of the line is message, as the stamp stands
 * behind the client.
 */
final class CommonLog {
    private final Heads heads;
    private final StampReader stamp;

    CommonLog(Heads heads, StampReader stamp) {
        this.heads = heads;
        this.stamp = stamp;
    }

    /** The header of such a line; {@code otherwise} where it is none, or its stamp cannot be resolved. */
    Header read(byte[] line, int from, int at, int to, Header otherwise) {
        int clientEnd = tokenEnd(line, at, to);
        if (!starts(line, clientEnd, to, " - ") || !Heads.isHost(line, at, clientEnd)) {
            return otherwise;
        }
        int accountEnd = tokenEnd(line, clientEnd + 3, to);
        if (!starts(line, accountEnd, to, " [")) {
            return otherwise;
        }
        int behind = stamp.common(line, accountEnd + 2, to);
        boolean transfer = behind > 0
                && is(line, behind, to, ']')
                && (starts(line, behind + 1, to, " \"GET ") || starts(line, behind + 1, to, " \"PUT "));
        return transfer ? heads.of(heads.ownHost(), "pure-ftpd", Header.NO_PID, at - from) : otherwise;
    }
}
