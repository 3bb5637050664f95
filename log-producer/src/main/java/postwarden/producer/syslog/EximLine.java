package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.is;

/** What tells a line of Exim's own log (Exim 4.9x, {@code log_write} without syslog) from a syslog line with the same kind of stamp. */
final class EximLine {
    /** Message ids are 6-6-2 places long, from Exim 4.97 on 6-11-4; the first part is the time and begins with 1 or 2 until 2100. */
    private static final int FIRST = 6;

    private EximLine() {}

    /** Whether a stamp that was read is as Exim writes it: dashes, a dot before milliseconds, one space behind. */
    static boolean isStamp(byte[] line, int at, int behind, int to) {
        return line[at + 4] == '-' && !is(line, at + 19, behind, ',') && !is(line, behind + 1, to, ' ');
    }

    /** Whether a token is an Exim message id. */
    static boolean isMessageId(byte[] line, int at, int end) {
        boolean old = end - at == 16 && is(line, at + 6, end, '-') && is(line, at + 13, end, '-');
        boolean longer = end - at == 23 && is(line, at + 6, end, '-') && is(line, at + 18, end, '-');
        boolean began = is(line, at, end, '1') || is(line, at, end, '2');
        return (old || longer) && began && isAlphanumeric(line, at, at + FIRST);
    }

    private static boolean isAlphanumeric(byte[] line, int at, int end) {
        for (int i = at; i < end; i++) {
            byte folded = (byte) (line[i] | 0x20);
            if (!Ascii.isDigit(line[i]) && (folded < 'a' || folded > 'z')) {
                return false;
            }
        }
        return true;
    }
}
