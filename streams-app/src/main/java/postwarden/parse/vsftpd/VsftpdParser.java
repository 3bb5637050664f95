package postwarden.parse.vsftpd;

import java.util.List;
import java.util.stream.Stream;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * vsftpd 3.0, its own log and syslog alike: {@code [user] OK LOGIN: Client "192.0.2.1", "text", 12 bytes, 0.01Kbyte/sec}
 * (logging.c). Its other log has the form of wu-ftpd: {@link XferlogParser}.
 *
 * <p>Before the login the user is what a stranger typed, and it stands before the client; behind the client stand file
 * names and commands. So where a user stands first and a client
 * twice, the line names nobody.
 */
public final class VsftpdParser implements DaemonParser {
    private static final String CLIENT = ": Client \"";

    /** The stamp of vsf_sysutil_get_current_date (sysutil.c): {@code Sun Jul 13 10:31:20 2008}, 24 characters. */
    private static final int STAMP = 24;

    private static final int DAY = 3;
    private static final List<String> WEEKDAYS = List.of("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat");
    private static final String PID = " [pid ";

    private static final RuleList RULES = new RuleList(List.of(
            new Rule("vsftpd/login", "OK LOGIN", VsftpdParser::login),
            new Rule("vsftpd/login-failed", "FAIL LOGIN", VsftpdParser::loginFailed),
            new Rule("vsftpd/connect", "CONNECT", VsftpdParser::connect),
            new Rule("vsftpd/uploaded", "OK UPLOAD", transfer("uploaded")),
            new Rule("vsftpd/downloaded", "OK DOWNLOAD", transfer("downloaded")),
            new Rule("vsftpd/command", "FTP command", other()),
            new Rule("vsftpd/denied", "FTP response", VsftpdParser::denied),
            new Rule("vsftpd/response", "FTP response", other()),
            new Rule("vsftpd/debug", "DEBUG", other()),
            new Rule("vsftpd/done", "OK ", other()),
            new Rule("vsftpd/failed", "FAIL ", other())));

    private static final RuleList REMARKS = new RuleList(List.of(
            new Rule("vsftpd/unclear-failure", "[", VsftpdParser::unclearFailure),
            new Rule("vsftpd/unclear", "[", VsftpdParser::unclear),
            Remarks.beginning(
                    "vsftpd/error",
                    Kind.ERROR,
                    "500 OOPS: ",
                    "421 ",
                    "fatal: ",
                    "priv_sock_get_",
                    "child died",
                    "GnuTLS")));

    @Override
    public boolean owns(String program) {
        return program.equals("vsftpd") || program.endsWith("/vsftpd");
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.VSFTPD);
        Cursor cursor = new Cursor(withoutStamp(event.line().message()));
        if (!action(cursor, event) && !REMARKS.read(cursor, event)) {
            event.clear();
            return;
        }
        event.put(Field.SERVICE, "ftp");
    }

    @Override
    public List<Rule> rules() {
        return Stream.of(RULES, REMARKS).flatMap(list -> list.rules().stream()).toList();
    }

    /** A log of its own that another program sends on to syslog: {@code Sun Jul 13 10:31:20 2008 [pid 27528] }. */
    private static String withoutStamp(String text) {
        if (!text.startsWith(PID, STAMP) || !WEEKDAYS.contains(text.substring(0, DAY))) {
            return text;
        }
        int end = text.indexOf("] ", STAMP + PID.length());
        String pid = end < 0 ? "" : text.substring(STAMP + PID.length(), end);
        boolean number = !pid.isEmpty() && pid.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? text.substring(end + 2) : text;
    }

    private static boolean action(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int first = text.indexOf(CLIENT);
        int last = text.lastIndexOf(CLIENT);
        if (first < 0 || (first != last && text.startsWith("["))) {
            return false;
        }
        int user = userEnd(text, first);
        cursor.moveTo(user > 0 ? user + 2 : 0);
        if (!RULES.read(cursor, event)) {
            cursor.moveTo(0);
            return false;
        }
        if (user > 0) {
            event.put(Field.ACCOUNT, text.substring(1, user));
        }
        cursor.moveTo(first + CLIENT.length());
        String ip = Addresses.canonical(cursor.upTo('"'));
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        }
        return true;
    }

    /** Where the user ends that stands before the action, at whose end the client stands; -1 when there is none. */
    private static int userEnd(String text, int client) {
        return text.startsWith("[") ? text.lastIndexOf("] ", client) : -1;
    }

    /** Two clients, but each behind a refused login: one was refused, of whom is not certain. */
    private static boolean unclearFailure(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int from = 0;
        for (int at = text.indexOf(CLIENT); at >= 0; at = text.indexOf(CLIENT, at + 1)) {
            int action = at - "FAIL LOGIN".length();
            if (action < from || !text.startsWith("FAIL LOGIN", action)) {
                return false;
            }
            from = at;
        }
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION).put(Field.AMBIGUOUS, true);
        return from > 0;
    }

    private static boolean unclear(Cursor cursor, Event.Builder event) {
        event.put(Field.AMBIGUOUS, true);
        return cursor.ahead(CLIENT) && Remarks.put(Kind.OTHER, event);
    }

    private static boolean login(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_SUCCESS);
        return cursor.sees(CLIENT);
    }

    private static boolean loginFailed(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        return cursor.sees(CLIENT);
    }

    /** {@code [sam] FTP response: Client "192.0.2.1", "530 Permission denied."}: the user list forbids him (prelogin.c). */
    private static boolean denied(Cursor cursor, Event.Builder event) {
        if (!cursor.take(CLIENT)) {
            return false;
        }
        cursor.upTo('"');
        if (!cursor.rest().equals(", \"530 Permission denied.\"")) {
            return false;
        }
        event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.ACCESS_DENIED);
        return true;
    }

    /** {@code CONNECT: Client "192.0.2.1"}, and behind it why it was refused, where it was (prelogin.c). */
    private static boolean connect(Cursor cursor, Event.Builder event) {
        if (!cursor.take(CLIENT)) {
            return false;
        }
        cursor.upTo('"');
        event.kind(Kind.CONNECT);
        if (cursor.take(", \"Connection refused: too many sessions")) {
            boolean ofClient = cursor.sees(" for this address");
            event.kind(Kind.CONNECTION_LIMIT)
                    .put(Field.LIMIT, ofClient ? Limit.FTP_CLIENT_CONNECTIONS : Limit.FTP_TOTAL)
                    .put(Field.ORIGIN, Origin.LOCAL)
                    .put(Field.REASON, Reason.TOO_MANY_CONNECTIONS);
        } else if (cursor.sees(", \"Connection refused")) {
            event.kind(Kind.REJECT)
                    .put(Field.STAGE, Stage.CONNECT)
                    .put(Field.ORIGIN, Origin.LOCAL)
                    .put(Field.REASON, Reason.ACCESS_DENIED);
        }
        return true;
    }

    /** The size is behind the name, which is the user's text, so it is read from the right. */
    private static Rule.Reading transfer(String direction) {
        return (cursor, event) -> {
            if (!cursor.sees(CLIENT)) {
                return false;
            }
            event.kind(Kind.TRANSFER).put(Field.TEXT, direction);
            int end = cursor.text().lastIndexOf(" bytes, ");
            int start = end < 0 ? -1 : cursor.text().lastIndexOf(", ", end);
            if (start >= cursor.at()) {
                cursor.moveTo(start + 2);
                long size = cursor.number();
                if (size >= 0) {
                    event.put(Field.SIZE, size);
                }
            }
            return true;
        };
    }

    private static Rule.Reading other() {
        return (cursor, event) -> cursor.ahead(CLIENT) && Remarks.put(Kind.OTHER, event);
    }
}
