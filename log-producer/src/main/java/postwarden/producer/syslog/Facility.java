package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.is;

import java.util.List;

/**
 * Words in which some systems repeat the priority in front of the program: {@code mail.info} (BusyBox, syslog-ng, OpenWrt),
 * {@code mail:info} (AIX), {@code <mail.info>} or {@code <2.6>} (FreeBSD syslogd -v), and behind it {@code [ID 197553 mail.info]}
 * (Solaris).
 */
final class Facility {
    private static final List<String> FACILITIES = List.of(
            "mail",
            "daemon",
            "auth",
            "authpriv",
            "user",
            "syslog",
            "kern",
            "cron",
            "ftp",
            "lpr",
            "news",
            "uucp",
            "local0",
            "local1",
            "local2",
            "local3",
            "local4",
            "local5",
            "local6",
            "local7");
    private static final List<String> SEVERITIES =
            List.of("info", "notice", "warning", "warn", "err", "error", "crit", "alert", "emerg", "panic", "debug");
    /** {@code [ID 4294967295 authpriv.warning] } has no more bytes than this. */
    private static final int LONGEST = 40;

    private Facility() {}

    /** Index behind such a word in front of a program and the spaces behind it, or the index itself where there is none. */
    static int skip(byte[] line, int at, int to) {
        if (is(line, at, to, '<')) {
            int close = at + 1;
            while (close < to && close - at < LONGEST && line[close] != '>' && line[close] != ' ') {
                close++;
            }
            boolean priority = is(line, close, to, '>') && is(line, close + 1, to, ' ');
            return priority ? Ascii.skipSpaces(line, close + 1, to) : at;
        }
        int end = Ascii.tokenEnd(line, at, Math.min(to, at + LONGEST));
        return is(line, end, to, ' ') && isPriority(line, at, end) ? Ascii.skipSpaces(line, end, to) : at;
    }

    /** Index behind Solaris's mark in front of a message, or the index itself where there is none. */
    static int skipSolaris(byte[] line, int at, int to) {
        if (!Ascii.starts(line, at, to, "[ID ")) {
            return at;
        }
        int number = at + 4;
        int numberEnd = Ascii.tokenEnd(line, number, Math.min(to, at + LONGEST));
        int close = numberEnd + 1;
        while (close < to && close - at < LONGEST && line[close] != ']') {
            close++;
        }
        boolean mark = is(line, close, to, ']')
                && is(line, close + 1, to, ' ')
                && Ascii.digit(line, number, to) >= 0
                && isPriority(line, numberEnd + 1, close);
        return mark ? close + 2 : at;
    }

    private static boolean isPriority(byte[] line, int at, int end) {
        int mark = at;
        while (mark < end && line[mark] != '.' && line[mark] != ':') {
            mark++;
        }
        // Most words that are asked about are hosts and programs, which have no such mark or one elsewhere.
        for (int i = 0; i < FACILITIES.size() && mark < end; i++) {
            String facility = FACILITIES.get(i);
            if (facility.length() == mark - at && Ascii.starts(line, at, end, facility)) {
                return isSeverity(line, mark + 1, end);
            }
        }
        return false;
    }

    private static boolean isSeverity(byte[] line, int at, int end) {
        for (String severity : SEVERITIES) {
            if (end - at == severity.length() && Ascii.starts(line, at, end, severity)) {
                return true;
            }
        }
        return false;
    }
}
