package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.is;
import static postwarden.producer.syslog.Ascii.skipSpaces;
import static postwarden.producer.syslog.Ascii.starts;
import static postwarden.producer.syslog.Ascii.tokenEnd;

import java.util.List;

/**
 * What stands behind the stamp in logs that daemons write themselves, without syslog: Exim (4.9x, {@code log_write}), Dovecot (2.2 to
 * 2.4, {@code log_path}), rspamd (3.x, {@code logger_file.c}), ProFTPD (1.3, {@code log.c}), vsftpd (3.0, {@code logging.c}), the
 * xferlog of FTP daemons, ClamAV ({@code output.c}), spamd, and cPanel's services.
 */
final class OwnLogs {
    private static final List<String> LEVELS = List.of("Info", "Warning", "Error", "Debug", "Fatal", "Panic");
    /** A Dovecot process, its user, process id and session stand before the level; a line that has none within this is none. */
    private static final int LONGEST_PREFIX = 512;
    /** Programs whose tag has no process id, where nothing else tells syslog's line from Exim's. */
    private static final List<String> UNNUMBERED =
            List.of("dovecot", "pure-ftpd", "vsftpd", "spamd", "saslauthd", "imapd", "pop3d", "courieresmtpd");
    /** What qmail-send begins its lines with, and what is no program. */
    private static final List<String> QMAIL = List.of("status", "warning", "alert");

    private final Heads heads;
    private final StampReader stamp;
    private final TagReader tag;

    OwnLogs(Heads heads, StampReader stamp, TagReader tag) {
        this.heads = heads;
        this.stamp = stamp;
        this.tag = tag;
    }

    /** Whether {@code imap-login: Info: } or {@code imap(user)<pid><session>: Info: } stands here, as only Dovecot's own log has it. */
    static boolean isDovecot(byte[] line, int at, int to) {
        int i = at;
        while (i < to && ((line[i] >= 'a' && line[i] <= 'z') || line[i] == '-' || Ascii.isDigit(line[i]))) {
            i++;
        }
        if (i == at || i >= to || (line[i] != ':' && line[i] != '(' && line[i] != '<')) {
            return false;
        }
        int bound = line[i] == ':' ? i + 1 : Math.min(to, at + LONGEST_PREFIX);
        for (; i < bound; i++) {
            if (line[i] == ':' && is(line, i + 1, to, ' ') && isLevel(line, i + 2, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLevel(byte[] line, int at, int to) {
        for (String level : LEVELS) {
            if (starts(line, at, to, level) && is(line, at + level.length(), to, ':')) {
                return true;
            }
        }
        return false;
    }

    /** The message is as in syslog's {@code dovecot: imap-login: …}. */
    Header dovecot(int from, int at) {
        return heads.of(heads.ownHost(), "dovecot", Header.NO_PID, at - from);
    }

    /**
     * Behind an ISO stamp with a space: a syslog line only where a host and a tag follow, otherwise a daemon's own. Exim writes
     * {@code pid 81: SIGHUP received}, so a number is no tag here, and a pair of words before a colon is one only with more to it.
     */
    Header spaced(byte[] line, int from, int at, int to, boolean eximsStamp) {
        if (is(line, at, to, '#') || isSeverity(line, at, to)) {
            return rspamd(line, from, at, to);
        }
        if (isDovecot(line, at, to)) {
            return dovecot(from, at);
        }
        int behindTag = tag.read(line, at, to);
        if (behindTag > 0 && tag.pid() >= 0) {
            return heads.tagged(line, from, heads.ownHost(), at, behindTag, to);
        }
        int hostEnd = tokenEnd(line, at, to);
        int tagStart = Facility.skip(line, Math.min(hostEnd + 1, to), to);
        boolean host = Heads.isHost(line, at, hostEnd)
                && !EximLine.isMessageId(line, at, hostEnd)
                && Ascii.digit(line, tagStart, to) < 0;
        behindTag = host ? tag.read(line, tagStart, to) : Ascii.NO;
        if (behindTag > 0 && isCertain(line, at, hostEnd, tagStart)) {
            return heads.tagged(line, from, heads.name(line, at, hostEnd), tagStart, behindTag, to);
        }
        return eximsStamp
                ? exim(line, from, at, to)
                : heads.of(heads.ownHost(), "", Header.NO_PID, skipSpaces(line, at, to) - from);
    }

    /** A line whose own stamp was taken off (journald's), where Exim's stands in the message: {@code host exim[7]: 2026-11-21 …}. */
    Header unstamped(byte[] line, int from, int at, int to) {
        int hostEnd = tokenEnd(line, at, to);
        int tagStart = Math.min(hostEnd + 1, to);
        int behindTag = Heads.isHost(line, at, hostEnd) ? tag.read(line, tagStart, to) : Ascii.NO;
        boolean exim =
                behindTag > 0 && starts(line, tagStart, tag.programEnd(), "exim") && is(line, behindTag, to, ' ');
        return exim && stamp.iso(line, behindTag + 1, to) > 0
                ? heads.tagged(line, from, heads.name(line, at, hostEnd), tagStart, behindTag, to)
                : heads.noStamp();
    }

    private boolean isCertain(byte[] line, int host, int hostEnd, int tagStart) {
        boolean told = tag.pid() >= 0 || isOneOf(UNNUMBERED, line, tagStart, tag.programEnd());
        for (int i = tagStart; i < tag.programEnd(); i++) {
            told |= line[i] == '/';
        }
        for (int i = host; i < hostEnd; i++) {
            told |= Ascii.isDigit(line[i]) || line[i] == '.' || line[i] == '-';
        }
        return told;
    }

    private Header exim(byte[] line, int from, int at, int to) {
        int end = tokenEnd(line, at, to);
        int pid = Header.NO_PID;
        int message = at;
        if (is(line, at, end, '[') && is(line, end - 1, end, ']')) {
            pid = Ascii.number(line, at + 1, end - 1);
            message = pid < 0 ? at : Math.min(end + 1, to);
        }
        return heads.of(heads.ownHost(), "exim", pid, message - from);
    }

    private static boolean isSeverity(byte[] line, int at, int to) {
        int end = tokenEnd(line, at, Math.min(to, at + 12));
        return is(line, at, end, '[') && is(line, end - 1, end, ']') && is(line, end + 1, to, '#');
    }

    /** {@code #1234(normal) <tag>; module; function: …}, before it {@code [info] } where severities are logged. */
    private Header rspamd(byte[] line, int from, int at, int to) {
        int number = is(line, at, to, '#') ? at + 1 : tokenEnd(line, at, to) + 2;
        int open = number;
        while (Ascii.digit(line, open, to) >= 0) {
            open++;
        }
        int close = tokenEnd(line, open, to);
        boolean named = is(line, open, to, '(') && is(line, close - 1, close, ')');
        int pid = Ascii.number(line, number, open);
        return named && pid >= 0
                ? heads.of(heads.ownHost(), "rspamd", pid, skipSpaces(line, close, to) - from)
                : exim(line, from, at, to);
    }

    /** Behind {@code Sat Nov 21 08:16:24 2026 }: vsftpd, spamd, ClamAV or an xferlog; empty ranges and others have no answer. */
    Header ctime(byte[] line, int from, int at, int to, Header otherwise) {
        if (starts(line, at, to, "[pid ")) {
            int close = tokenEnd(line, at + 5, to);
            int pid = is(line, close - 1, close, ']') ? Ascii.number(line, at + 5, close - 1) : Header.NO_PID;
            return pid < 0
                    ? heads.unparsed("no process id behind the stamp of vsftpd's log")
                    : heads.of(heads.ownHost(), "vsftpd", pid, skipSpaces(line, close, to) - from);
        }
        if (starts(line, at, to, "-> ")) {
            return heads.of(heads.ownHost(), "clamd", Header.NO_PID, at + 3 - from);
        }
        int end = tokenEnd(line, at, to);
        if (is(line, at, end, '[') && is(line, end - 1, end, ']') && Ascii.number(line, at + 1, end - 1) >= 0) {
            int level = tokenEnd(line, Math.min(end + 1, to), to);
            int message = is(line, level - 1, to, ':') ? skipSpaces(line, level, to) : Math.min(end + 1, to);
            return heads.of(heads.ownHost(), "spamd", Ascii.number(line, at + 1, end - 1), message - from);
        }
        return Ascii.number(line, at, end) >= 0 && end < to
                ? heads.of(heads.ownHost(), "xferlog", Header.NO_PID, at - from)
                : otherwise;
    }

    /** {@code [2026-11-21 08:16:24 +0000] info [cphulkd] …}: the service is the program, its level is left out. */
    Header bracketed(byte[] line, int from, int at, int to) {
        int behind = stamp.iso(line, at + 1, to);
        if (behind < 0 || !is(line, behind, to, ']')) {
            return isSinceBoot(line, at + 1, to)
                    ? heads.unparsed("the time counts from the start of the machine, which the line does not say")
                    : heads.noStamp();
        }
        int word = skipSpaces(line, behind + 1, to);
        int wordEnd = tokenEnd(line, word, to);
        int service = wordEnd + 1;
        int serviceEnd = tokenEnd(line, Math.min(service, to), to);
        boolean named = is(line, service, to, '[') && is(line, serviceEnd - 1, to, ']') && serviceEnd - service > 2;
        return named
                ? heads.of(
                        heads.ownHost(),
                        heads.name(line, service + 1, serviceEnd - 1),
                        Header.NO_PID,
                        skipSpaces(line, serviceEnd, to) - from)
                : heads.of(heads.ownHost(), "cpanel", Header.NO_PID, word - from);
    }

    private static boolean isSinceBoot(byte[] line, int at, int to) {
        int number = skipSpaces(line, at, Math.min(to, at + 12));
        int dot = number;
        while (Ascii.digit(line, dot, to) >= 0 && dot - number < 12) {
            dot++;
        }
        return dot > number && is(line, dot, to, '.');
    }

    /** Behind a TAI64N stamp: whatever multilog was given, which has no host. */
    Header multilog(byte[] line, int from, int at, int to) {
        if (isDovecot(line, at, to)) {
            return dovecot(from, at);
        }
        int behindTag = tag.read(line, at, to);
        boolean program = behindTag > 0 && !isOneOf(QMAIL, line, at, tag.programEnd());
        return program
                ? heads.tagged(line, from, heads.ownHost(), at, behindTag, to)
                : heads.of(heads.ownHost(), "", Header.NO_PID, at - from);
    }

    private static boolean isOneOf(List<String> words, byte[] line, int at, int end) {
        for (String word : words) {
            if (end - at == word.length() && starts(line, at, end, word)) {
                return true;
            }
        }
        return false;
    }
}
