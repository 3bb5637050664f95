package postwarden.parse.proftpd;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;

/** Sessions, limits and the process that listens (ProFTPD 1.3.8: main.c, session.c, mod_auth.c, mod_core.c, mod_ban.c). */
final class ProftpdSession {
    static final List<Rule> RULES = List.of(
            new Rule("proftpd/connect", "", session(" session opened", Kind.CONNECT)),
            new Rule("proftpd/disconnect", "", session(" session closed", Kind.DISCONNECT)),
            new Rule("proftpd/limit", "Connection refused (", ProftpdSession::limit),
            new Rule("proftpd/instances", "MaxInstances (", total(Limit.SERVER_PROCESSES)),
            new Rule("proftpd/rate", "MaxConnectionRate (", total(Limit.SERVER_CONNECTION_RATE)),
            new Rule("proftpd/refused", "connection refused (", ProftpdSession::refusedFrom),
            new Rule("proftpd/denied-from", "Connection from ", ProftpdSession::refusedFrom),
            new Rule("proftpd/module-denied", "mod_", ProftpdSession::refusedByModule),
            new Rule("proftpd/timeout", "", ProftpdSession::timeout),
            new Rule("proftpd/abuse", "client sent ", ProftpdSession::abuse),
            new Rule("proftpd/bounce", "Refused ", ProftpdSession::abuse),
            new Rule("proftpd/foreign-data", "SECURITY VIOLATION: Passive connection ", ProftpdSession::abuse),
            Remarks.beginning(
                    "proftpd/lifecycle",
                    Kind.LIFECYCLE,
                    "ProFTPD ",
                    "received SIGHUP",
                    "daemon ",
                    "Parent process requested shutdown",
                    "Session halted",
                    "unable to use ",
                    "forked daemon process",
                    "/etc/shutmsg"),
            Remarks.beginning(
                    "proftpd/error",
                    Kind.ERROR,
                    "error",
                    "fatal: ",
                    "unable to ",
                    "Failed binding to ",
                    "Fatal: ",
                    "Malformed entry ",
                    "Unable to ",
                    "chroot to '",
                    "bad entries (",
                    "failed to ",
                    "-----"),
            Remarks.beginning(
                    "proftpd/warning",
                    Kind.WARNING,
                    "warning",
                    "WARNING",
                    "notice",
                    "SECURITY VIOLATION",
                    "Check ",
                    "MaxCommandRate ",
                    "MaxRetrieveFileSize ",
                    "MaxStoreFileSize ",
                    "Passive data transfer failed",
                    "and any router, NAT",
                    "Rename of ",
                    "Transfer range length ",
                    "AuthUserFile",
                    "AuthGroupFile",
                    "CreateHome",
                    "SocketBindTight ",
                    "ExtendedLog "),
            Remarks.holding(
                    "proftpd/note",
                    Kind.OTHER,
                    " denied by Path",
                    " chdir(\"",
                    " failed: ",
                    " masquerading as ",
                    ": Directory ",
                    "Preparing to chroot",
                    "Entering Passive Mode",
                    "Environment successfully chroot()ed",
                    "aborting transfer"),
            new Rule("proftpd/directive", "", ProftpdSession::directive),
            new Rule("proftpd/module", "mod_", (cursor, event) -> Remarks.put(Kind.OTHER, event)));

    private ProftpdSession() {}

    /** {@code FTP session opened.}; the protocol is FTP, FTPS, SSH2, SFTP or SCP. */
    private static Rule.Reading session(String words, Kind kind) {
        return (cursor, event) -> {
            String protocol = cursor.word();
            String rest = cursor.rest();
            event.kind(kind);
            return !protocol.isEmpty() && (rest.equals(words) || rest.equals(words + "."));
        };
    }

    /** {@code Connection refused (MaxClientsPerHost 5)}; until 1.3.4 {@code (max clients per host 5)}. */
    private static boolean limit(Cursor cursor, Event.Builder event) {
        String words = cursor.upTo(')');
        int blank = words.lastIndexOf(' ');
        long value = new Cursor(words.substring(blank + 1)).number();
        if (blank < 0 || value < 0) {
            return false;
        }
        refusal(event, value);
        switch (words.substring(0, blank)) {
            case "MaxConnectionsPerHost", "MaxClientsPerHost", "max clients per host", "max connections per host" ->
                event.put(Field.LIMIT, Limit.FTP_CLIENT_CONNECTIONS);
            case "MaxClients", "max clients" -> event.put(Field.LIMIT, Limit.FTP_TOTAL);
            default -> {
                // Limits of a user or class: no limit of this vocabulary.
            }
        }
        return true;
    }

    /** {@code MaxInstances (30) reached, new connection denied}, said by the process that listens. */
    private static Rule.Reading total(Limit limit) {
        return (cursor, event) -> {
            long value = cursor.number();
            refusal(event, value);
            event.put(Field.LIMIT, limit);
            return value >= 0 && cursor.ahead(" reached");
        };
    }

    private static void refusal(Event.Builder event, long value) {
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.LIMIT_VALUE, value)
                .put(Field.REASON, Reason.TOO_MANY_CONNECTIONS)
                .put(Field.ORIGIN, Origin.LOCAL);
    }

    /** {@code Connection from host [192.0.2.1] denied.}, {@code connection refused (why) from host [192.0.2.1]}. */
    private static boolean refusedFrom(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int open = text.lastIndexOf(" [");
        int close = text.indexOf(']', Math.max(open, 0));
        String ip = open < 0 || close < 0 ? "" : Addresses.canonical(text.substring(open + 2, close));
        if (ip.isEmpty()) {
            return false;
        }
        if (!event.has(Field.CLIENT_IP)) {
            event.put(Field.CLIENT_IP, ip);
        }
        return denied(event);
    }

    /** {@code mod_ban/0.7: Login denied: host '192.0.2.1' banned} and its like of mod_geoip and mod_wrap. */
    private static boolean refusedByModule(Cursor cursor, Event.Builder event) {
        cursor.upTo(": ");
        boolean known = cursor.sees("Login denied: ") || cursor.sees("Connection denied ") || cursor.sees("refused ");
        return known && denied(event);
    }

    private static boolean denied(Event.Builder event) {
        event.kind(Kind.REJECT)
                .put(Field.STAGE, Stage.CONNECT)
                .put(Field.ORIGIN, Origin.LOCAL)
                .put(Field.REASON, Reason.ACCESS_DENIED);
        return true;
    }

    private static boolean timeout(Cursor cursor, Event.Builder event) {
        boolean known = cursor.text().endsWith(", disconnected") && cursor.ahead(" time");
        if (!known && !cursor.sees("Data transfer stall timeout")) {
            return false;
        }
        event.kind(Kind.TIMEOUT).put(Field.REASON, Reason.TIMED_OUT);
        if (cursor.ahead("ogin time")) {
            event.put(Field.STAGE, Stage.AUTH);
        }
        return true;
    }

    /** What a client of another protocol sent, or one that wants this host to connect elsewhere. */
    private static boolean abuse(Cursor cursor, Event.Builder event) {
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.SYNTAX);
        return true;
    }

    /** {@code MaxClientsPerHost}: at the level of debugging the configuration is told, one directive a line (dirtree.c). */
    private static boolean directive(Cursor cursor, Event.Builder event) {
        String word = cursor.rest();
        boolean named = !word.isEmpty() && word.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
        return named && Remarks.put(Kind.OTHER, event);
    }
}
