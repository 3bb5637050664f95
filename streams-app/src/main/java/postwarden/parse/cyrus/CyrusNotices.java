package postwarden.parse.cyrus;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.event.Status;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;

/** Sessions, deliveries, TLS and what Cyrus says of itself (3.10: lmtpd.c, tls.c, master.c, service.c). */
final class CyrusNotices {
    static final List<Rule> RULES = List.of(
            new Rule("cyrus/accepted", "accepted connection", (cursor, event) -> kind(event, Kind.CONNECT)),
            new Rule("cyrus/lmtp-connection", "connection from ", CyrusNotices::connection),
            new Rule("cyrus/lmtp-local", "lmtp connection preauth'd as ", (cursor, event) -> kind(event, Kind.CONNECT)),
            new Rule("cyrus/session-ended", "session ended: ", CyrusNotices::sessionEnded),
            new Rule("cyrus/delivered", "Delivered: ", CyrusNotices::delivered),
            new Rule("cyrus/tls", "starttls: ", CyrusNotices::tls),
            new Rule("cyrus/tls-failed", "", CyrusNotices::tlsFailed),
            new Rule("cyrus/closing", "", CyrusNotices::closing),
            Remarks.beginning("cyrus/stats", Kind.STATS, "USAGE ", "counts: ", "auditlog: traffic", "cmdtimer: "),
            Remarks.holding("cyrus/io-stats", Kind.STATS, " session stats : I/O"),
            Remarks.beginning(
                    "cyrus/lifecycle",
                    Kind.LIFECYCLE,
                    "process started",
                    "ready for work",
                    "attempting clean shutdown",
                    "exiting",
                    "executed",
                    "graceful shutdown",
                    "setting core",
                    "master ",
                    "recovering cyrus databases",
                    "done recovering",
                    "done checkpointing",
                    "checkpointing cyrus databases"),
            Remarks.beginning(
                    "cyrus/error",
                    Kind.ERROR,
                    "DBERROR",
                    "IOERROR",
                    "SYNCERROR",
                    "FATAL",
                    "Fatal error",
                    "fatal error",
                    "ERROR",
                    "can't ",
                    "couldn't ",
                    "unable to ",
                    "Unable to ",
                    "failed to ",
                    "Could not ",
                    "too many failures for service",
                    "daemon ",
                    "received SIG",
                    "Error ",
                    "TLS server engine: cannot",
                    "TLS server engine: Cannot",
                    "TLS client engine: cannot",
                    "Private key ",
                    "weird SASL error",
                    "incorrect version of Berkeley db",
                    "auxpropfunc error",
                    "_sasl_plugin_load failed",
                    "append_check() of ",
                    "append_setup() of "),
            Remarks.beginning(
                    "cyrus/warning",
                    Kind.WARNING,
                    "WARNING",
                    "service ",
                    "waitdaemon ",
                    "unknown service pid",
                    "time of day clock",
                    "SASL ",
                    "DISCONNECT: ",
                    "Maildrop ",
                    "LOSTQUOTA",
                    "verify error",
                    "APOP disabled",
                    "limit_fds"),
            Remarks.holding("cyrus/pop-poll", Kind.WARNING, ": Logins must be at least "),
            Remarks.beginning(
                    "cyrus/note",
                    Kind.OTHER,
                    "open: ",
                    "opened ",
                    "auditlog: ",
                    "dupelim: ",
                    "duplicate_",
                    "about to exec",
                    "forked process",
                    "process ",
                    "skiplist: ",
                    "twoskip: ",
                    "seen_db: ",
                    "mystore: ",
                    "Expunged ",
                    "Expired ",
                    "Removed ",
                    "Repacking ",
                    "mailbox: ",
                    "Rename: ",
                    "Deleted ",
                    "indexing mailbox",
                    "squat",
                    "SQUAT",
                    "inittls: ",
                    "SSL_accept()",
                    "TLS server engine",
                    "TLS client engine",
                    "TLS is available",
                    "starting TLS",
                    "setting up TLS",
                    "received client certificate",
                    "subject=",
                    "fingerprint=",
                    "issuer",
                    "cert ",
                    "Doing a peer verify",
                    "new TLS session",
                    "remove TLS session",
                    "get TLS session",
                    "found TLS session",
                    "tls_",
                    "command: ",
                    "client id",
                    "compression enabled",
                    "optimized mode",
                    "verify_user(",
                    "autocreate",
                    "user ",
                    "sieve ",
                    "sieve_",
                    "Sieve",
                    "script ",
                    "idle_",
                    "IDLE",
                    "SORT ",
                    "SEARCH ",
                    "XFER: ",
                    "MUPDATE: ",
                    "Reconstructing ",
                    "Regenerating ",
                    "do_notify",
                    "creating ",
                    "upgrading ",
                    "updating "));

    private CyrusNotices() {}

    private static boolean kind(Event.Builder event, Kind kind) {
        event.kind(kind);
        return true;
    }

    /** {@code connection from host [192.0.2.1] preauth'd as postman}. */
    private static boolean connection(Cursor cursor, Event.Builder event) {
        CyrusLogins.client(cursor, event);
        return kind(event, Kind.CONNECT);
    }

    /** {@code session ended: sessionid=<…> userid=<sam> id.name=<…>}: what the client says of itself stands behind. */
    private static boolean sessionEnded(Cursor cursor, Event.Builder event) {
        String session = cursor.take("sessionid=<") ? cursor.upTo("> ") : "";
        String user = cursor.take("userid=<") ? cursor.upTo('>') : "";
        event.kind(user.isEmpty() ? Kind.DISCONNECT : Kind.LOGOUT);
        if (!session.isEmpty()) {
            event.put(Field.SESSION, session);
        }
        if (!user.isEmpty()) {
            event.put(Field.ACCOUNT, user);
        }
        return true;
    }

    /** {@code Delivered: <id> to mailbox: user.sam}; since 3.6 {@code Delivered: sessionid=<…> … userid=<sam> …}. */
    private static boolean delivered(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        event.kind(Kind.DELIVERY).put(Field.STATUS, Status.SENT);
        int old = text.lastIndexOf(" to mailbox: ");
        if (!cursor.sees("sessionid=<") && old >= cursor.at()) {
            messageId(text.substring(cursor.at(), old), event);
            event.put(Field.RECIPIENT, text.substring(old + " to mailbox: ".length()));
            return true;
        }
        int id = text.indexOf(" messageid=", cursor.at());
        int user = text.lastIndexOf(" userid=<");
        if (id < 0 || user < id) {
            event.put(Field.TEXT, text);
            return true;
        }
        messageId(text.substring(id + " messageid=".length(), user), event);
        cursor.take("sessionid=<");
        event.put(Field.SESSION, cursor.upTo("> "));
        cursor.moveTo(user + " userid=<".length());
        event.put(Field.RECIPIENT, cursor.upTo('>'));
        return true;
    }

    private static void messageId(String text, Event.Builder event) {
        boolean framed = text.startsWith("<") && text.endsWith(">");
        event.put(Field.MESSAGE_ID, framed ? text.substring(1, text.length() - 1) : text);
    }

    /** {@code starttls: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits new) no authentication}. */
    private static boolean tls(Cursor cursor, Event.Builder event) {
        String version = cursor.upTo(" with cipher ");
        if (cursor.atEnd()) {
            return false;
        }
        event.kind(Kind.TLS).put(Field.TLS_VERSION, version).put(Field.CIPHER, cursor.upTo(' '));
        return true;
    }

    /** {@code imaps TLS negotiation failed: host [192.0.2.1]}, {@code [pop3d] STARTTLS failed: host [192.0.2.1]}. */
    private static boolean tlsFailed(Cursor cursor, Event.Builder event) {
        int end = cursor.text().indexOf(" failed: ");
        String words = end < 0 ? "" : cursor.text().substring(0, end);
        boolean fits = words.endsWith("TLS negotiation")
                || words.endsWith("STARTTLS")
                || words.equals("pop3s")
                || words.equals("nntps");
        cursor.moveTo(end + " failed: ".length());
        if (!fits) {
            return cursor.text().endsWith("SSL_accept() -> fail") && tlsError(event);
        }
        CyrusLogins.client(cursor, event);
        return tlsError(event);
    }

    private static boolean tlsError(Event.Builder event) {
        event.kind(Kind.TLS_ERROR).put(Field.REASON, Reason.TLS);
        return true;
    }

    /** {@code idle for too long, closing connection}, {@code Connection reset by peer, closing connection}. */
    private static boolean closing(Cursor cursor, Event.Builder event) {
        if (!cursor.text().endsWith(", closing connection") && !cursor.sees("Lost connection to client")) {
            return false;
        }
        boolean idle = cursor.sees("idle ");
        event.kind(idle ? Kind.TIMEOUT : Kind.LOST_CONNECTION);
        event.put(Field.REASON, idle ? Reason.TIMED_OUT : Reason.CONNECTION_LOST);
        return true;
    }
}
