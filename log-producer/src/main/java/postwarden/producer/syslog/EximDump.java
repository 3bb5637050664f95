package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.is;
import static postwarden.producer.syslog.Ascii.starts;

/**
 * The copy of a refused message behind a line of Exim's reject log (4.9x, {@code log_write} with {@code LOG_REJECT}): its envelope,
 * its header lines with a letter for their kind, their folded ends, and dashes. These have no stamp; theirs is that of the line
 * before them. All of such a line is message, and a stranger wrote most of it.
 */
final class EximDump {
    /** Its lines have a name of their own, so that no reader of Exim's lines takes a stranger's for one. */
    private static final String COPY = "exim/copy";

    private boolean open;
    private long micros;
    private TimeQuality quality = TimeQuality.NONE;

    /** Whether the line before was none of Exim's, to which the next may belong. */
    boolean isBlank() {
        return !open;
    }

    /** The header as it was read, or that of a copy's line where none could be read and Exim wrote the line before. */
    Header read(Header header, byte[] line, int at, int to) {
        if (header.parsed()) {
            open = header.program().equals("exim");
            micros = header.timeMicros();
            quality = header.quality();
            return header;
        }
        open &= isPart(line, at, to);
        return open ? new Header(header.host(), COPY, Header.NO_PID, micros, quality, 0, "") : header;
    }

    private static boolean isPart(byte[] line, int at, int to) {
        byte first = line[at];
        boolean kind = (first >= 'A' && first <= 'Z') || first == '*';
        return first == ' '
                || first == '\t'
                || (kind && is(line, at + 1, to, ' '))
                || starts(line, at, to, "Envelope-")
                || starts(line, at, to, "-----");
    }
}
