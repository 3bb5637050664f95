package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.NO;
import static postwarden.producer.syslog.Ascii.is;

/**
 * Reads a syslog tag from bytes: {@code program[pid]:} or {@code program:}. RFC 3164 bounds a tag to 32 characters; Postfix with an
 * instance name and a service name writes longer ones, so {@value #LONGEST} are read.
 */
final class TagReader {
    private static final int LONGEST = 128;

    private static final String UNIT = ".service";
    private static final String PROFTPD = "proftpd";

    private int programEnd;
    private int pid;

    /** Index behind the last byte of the program in the tag read last. */
    int programEnd() {
        return programEnd;
    }

    /** The process id in the tag read last, or {@link Header#NO_PID}. */
    int pid() {
        return pid;
    }

    /** Reads the tag at an index; answers the index behind its colon, or {@link Ascii#NO} when there is no tag. */
    int read(byte[] line, int at, int end) {
        int i = at;
        int bound = Math.min(end, at + LONGEST);
        while (i < bound && isProgramByte(line[i])) {
            i++;
        }
        programEnd = i;
        pid = Header.NO_PID;
        if (i == at || i == bound) {
            return NO;
        }
        boolean numbered = line[i] == '[';
        if (numbered) {
            i = behindPid(line, i + 1, end);
            if (i < 0) {
                return NO;
            }
        }
        boolean closed = is(line, i, end, ':') && (numbered || i + 1 == end || line[i + 1] == ' ');
        return closed ? i + 1 : open(line, at, i, end);
    }

    /** ProFTPD's own log has no colon behind its process id where a client's names follow (1.3, {@code log_write}). */
    private int open(byte[] line, int at, int i, int end) {
        boolean proftpd = pid >= 0 && programEnd - at == PROFTPD.length() && Ascii.starts(line, at, end, PROFTPD);
        return proftpd && is(line, i, end, ' ') ? i : NO;
    }

    /** Where the program's name ends: before the instance and the kind of a unit that journalctl names (-o with-unit). */
    int nameEnd(byte[] line, int start) {
        int end = programEnd - UNIT.length();
        if (end <= start || !Ascii.starts(line, end, programEnd, UNIT)) {
            return programEnd;
        }
        int at = start + 1;
        while (at < end && line[at] != '@') {
            at++;
        }
        return at;
    }

    /** Where the program's name begins in the tag read last: behind the folders of a path such as {@code /usr/sbin/amavisd}. */
    int programStart(byte[] line, int at) {
        int start = at;
        if (line[at] == '/') {
            for (int i = at; i < programEnd - 1; i++) {
                start = line[i] == '/' ? i + 1 : start;
            }
        }
        return start;
    }

    private int behindPid(byte[] line, int at, int end) {
        int bound = Math.min(end, at + LONGEST);
        for (int i = at; i < bound && line[i] != ' '; i++) {
            if (line[i] == ']') {
                pid = Ascii.number(line, at, i);
                return i + 1;
            }
        }
        return NO;
    }

    private static boolean isProgramByte(byte b) {
        return b > ' ' && b < 0x7f && b != ':' && b != '[';
    }
}
