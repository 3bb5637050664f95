package postwarden.parse.postfix;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** Warnings and errors that any Postfix process may log, each by its own template. */
final class PostfixNotices {
    static final List<Rule> RULES = List.of(
            warning("any/tls-library", "warning: TLS library problem: ", Reason.TLS),
            new Rule("any/queue-file", "warning: ", PostfixNotices::queueFile),
            error("any/talking", "warning: problem talking to s"),
            error("any/premature-end", "warning: premature end-of-input on "),
            error("any/unexpected-end", "warning: unexpected end-of-input from "),
            error("any/timeout", "warning: timeout on "),
            error("any/subsystem", "warning: connect #"),
            error("any/milter", "warning: connect to Milter service "),
            error("any/milter-reply", "warning: milter "),
            error("any/mysql-connect", "warning: connect to mysql server "),
            error("any/policy", "warning: connect to "),
            warning("any/proxy", "warning: proxy ", Reason.UNKNOWN),
            error("any/milter-service", "warning: Milter service "),
            error("any/mysql", "warning: dict_"),
            error("any/table", "warning: table "),
            error("any/map-lookup", "warning: mysql:"),
            error("any/ldap-lookup", "warning: ldap:"),
            error("any/pgsql-lookup", "warning: pgsql:"),
            error("any/proxy-lookup", "warning: proxy:"),
            error("any/hash-lookup", "warning: hash:"),
            warning("any/stale-database", "warning: database ", Reason.UNKNOWN),
            warning("any/bad-hostname", "warning: valid_hostname: ", Reason.SYNTAX),
            warning("any/numeric-hostname", "warning: numeric hostname: ", Reason.SYNTAX),
            warning("any/parameter", "warning: unused parameter: ", Reason.UNKNOWN),
            warning("any/overriding", "warning: /etc/", Reason.UNKNOWN),
            warning("any/insufficient", "warning: not enough free space in mail queue: ", Reason.INSUFFICIENT_STORAGE),
            warning("any/listed-twice", "warning: do not list domain ", Reason.SERVER_CONFIGURATION),
            warning("any/no-alias", "warning: required alias not found: ", Reason.SERVER_CONFIGURATION),
            warning("any/old-restriction", "warning: support for restriction ", Reason.UNKNOWN),
            warning(
                    "any/library-version",
                    "warning: run-time library vs. compile-time header version mismatch: ",
                    Reason.TLS),
            warning("any/clock", "warning: backward time jump detected", Reason.UNKNOWN),
            error("any/no-certificate", "warning: No server certs available. "),
            error("any/certificate-file", "warning: cannot get "),
            error("any/wakeup", "warning: master_wakeup_timer_event: "),
            error("any/trigger", "warning: unix_trigger: "),
            error("any/auth-start", "warning: SASL per-process initialization failed: "),
            other("any/compatible", "using backwards-compatible default setting "),
            other("any/changed", "table "),
            other("any/tls-engine", "initializing the "),
            error("any/enter", "warning: mail_queue_enter: "),
            error("fatal/enter", "fatal: mail_queue_enter: "),
            error("fatal/parameter", "fatal: parameter "),
            error("fatal/open", "fatal: open "),
            error("fatal/bind", "fatal: bind "),
            error("fatal/dictionary", "fatal: unsupported dictionary type: "),
            error("fatal/configuration", "fatal: bad "),
            error("fatal/write", "fatal: write "),
            error("fatal/table", "fatal: mysql:"),
            error("fatal/submit", "fatal: usage: "),
            error("fatal/recipients", "fatal: No recipient addresses found in message header"),
            error("fatal/refused", "fatal: User "),
            error("panic/any", "panic: "));

    /** What is left when no process's rule fits, of any process: the severity that begins a line, or what -v shows. */
    static final List<Rule> LAST = List.of(
            new Rule("any/message", "warning: ", ofMessage(Kind.WARNING)),
            new Rule("any/message-fatal", "fatal: ", ofMessage(Kind.ERROR)),
            new Rule("any/peer", "warning: ", PostfixNotices::ofPeer),
            warning("any/warning", "warning: ", Reason.UNKNOWN),
            error("any/error", "error: "),
            error("any/fatal", "fatal: "),
            new Rule("any/map", "", PostfixNotices::mapProblem),
            new Rule("any/verbose", "", PostfixVerbose::read));

    private PostfixNotices() {}

    /** A warning of no further interest, beginning so. */
    static Rule warning(String name, String prefix, Reason reason) {
        return new Rule(name, prefix, (cursor, event) -> {
            if (reason != Reason.UNKNOWN) {
                event.put(Field.REASON, reason);
            }
            return warning().read(cursor, event);
        });
    }

    /** Keeps the text of a warning. */
    static Rule.Reading warning() {
        return PostfixServices.text(Kind.WARNING);
    }

    /** Something at this host does not work, beginning so. */
    static Rule error(String name, String prefix) {
        return new Rule(name, prefix, PostfixServices.text(Kind.ERROR));
    }

    /** A note of no further interest, beginning so. */
    static Rule other(String name, String prefix) {
        return new Rule(name, prefix, PostfixServices.text(Kind.OTHER));
    }

    /** {@code warning: 34F55C7B2: queue file size limit exceeded}, and other trouble with one queue file. */
    private static boolean queueFile(Cursor cursor, Event.Builder event) {
        String id = queueId(cursor);
        boolean tooLarge = cursor.sees("queue file size limit exceeded");
        boolean lookup = cursor.ahead(" map lookup problem ");
        if (id.isEmpty() || (!tooLarge && !lookup && !cursor.sees("write queue file: "))) {
            return false;
        }
        event.put(Field.QUEUE_ID, id).put(Field.TEXT, event.line().message());
        event.kind(tooLarge ? Kind.WARNING : Kind.ERROR);
        boolean full = cursor.sees("write queue file: No space left on device");
        event.put(
                Field.REASON,
                tooLarge ? Reason.MESSAGE_TOO_LARGE : full ? Reason.INSUFFICIENT_STORAGE : Reason.TEMPORARY_ERROR);
        return true;
    }

    /** Any other complaint about one message; not of smtpd, which begins some with a domain that a stranger chose. */
    private static Rule.Reading ofMessage(Kind kind) {
        return (cursor, event) -> {
            String id = event.has(Field.SERVICE) ? "" : queueId(cursor);
            if (id.isEmpty()) {
                return false;
            }
            event.put(Field.QUEUE_ID, id);
            return PostfixServices.text(kind).read(cursor, event);
        };
    }

    /** {@code host[ip]: text}: any other complaint about the other side of a connection, of a process that has one. */
    private static boolean ofPeer(Cursor cursor, Event.Builder event) {
        Peer peer = Peer.read(cursor);
        boolean inbound = event.has(Field.SERVICE);
        if (!peer.certain()
                || !(cursor.sees(": ") || cursor.sees(" offered "))
                || (!inbound && !event.has(Field.TRANSPORT))) {
            return false;
        }
        if (inbound) {
            peer.asClient(event);
        } else {
            peer.asRelay(event);
        }
        return warning().read(cursor, event);
    }

    private static String queueId(Cursor cursor) {
        String id = QueueIds.take(cursor);
        return cursor.take(": ") ? id : "";
    }

    /** {@code 34F55C7B2: x map lookup problem -- message not accepted, try again later}: cleanup, of masquerading. */
    private static boolean mapProblem(Cursor cursor, Event.Builder event) {
        if (!event.has(Field.QUEUE_ID) || !cursor.text().endsWith(" -- message not accepted, try again later")) {
            return false;
        }
        event.kind(Kind.ERROR)
                .put(Field.REASON, Reason.TEMPORARY_ERROR)
                .put(Field.TEXT, event.line().message());
        return true;
    }
}
