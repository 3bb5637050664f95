package postwarden.parse.filter;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * SPF policy services: policyd-spf of spf-engine 3.0 and pypolicyd-spf 2.0, postfix-policyd-spf-perl 2.011. What an owner of a
 * domain publishes as explanation stands before the client, so the client counts only where its mark stands once.
 */
final class SpfPolicy {
    /** How spf-engine's default Reason_Message begins; one that an administrator wrote may hold anything. */
    private static final List<String> DEFAULT_REASONS =
            List.of("Message rejected due to: ", "Message deferred due to: ");

    /** Bytes of a message that every syslog daemon keeps: RFC 3164 allows a line of 1024, of which a header takes some. */
    private static final int NEVER_CUT = 880;

    private SpfPolicy() {}

    static Filter filter(Replies replies) {
        return Filter.of(
                Daemon.POLICYD,
                List.of("policyd-spf", "policyd-spf-python", "pyspf-milter", "spf-milter", "policy-spf", "spf-policy"),
                List.of(
                        new Rule("policyd-spf/decided", "", (cursor, event) -> decided(cursor, event, replies)),
                        new Rule(
                                "policyd-spf/action",
                                "Policy action=",
                                (cursor, event) -> action(cursor, event, replies)),
                        new Rule("policyd-spf/result", "", SpfPolicy::result),
                        new Rule("policyd-spf/verbose", "SPF ", Notes.text(Kind.OTHER)),
                        new Rule(
                                "policyd-spf/note",
                                "",
                                Notes.beginning(
                                        Kind.OTHER,
                                        "spfcheck: ",
                                        "handler ",
                                        "Attribute: ",
                                        "X-Comment: ",
                                        "Config: ",
                                        "Action: ",
                                        "Read line: ",
                                        "Found the end of entry",
                                        "Cached data ",
                                        "Normal exit",
                                        "Starting",
                                        "connect from ",
                                        "mail from: ",
                                        "Header text ",
                                        "HELO check failed",
                                        "Mail From (sender) check failed",
                                        "readConfigFile: ",
                                        "readUserConfigFile: ",
                                        "User data: ",
                                        "Per user ",
                                        "Per-user ",
                                        "Reading per user ",
                                        "_get_resultcodes: ",
                                        "Scope ",
                                        "helo policy ",
                                        "mfrom policy ",
                                        "Pyspf Cached ",
                                        "Authserv_Id ",
                                        "drop_privileges: ",
                                        "PID dir created",
                                        "skip_addresses ",
                                        "Whitelist ",
                                        "Domain ",
                                        "PTR Domain ",
                                        "HELO Domain ")),
                        new Rule("policyd-spf/started", "pyspf-milter started", Notes.text(Kind.LIFECYCLE)),
                        new Rule(
                                "policyd-spf/warning",
                                "",
                                Notes.beginning(
                                        Kind.WARNING, "warning: ", "WARNING: ", "Configuration ", "Could not make ")),
                        new Rule(
                                "policyd-spf/error",
                                "",
                                Notes.beginning(
                                        Kind.ERROR,
                                        "ERROR",
                                        "fatal_exit: ",
                                        "Ouch, caught exc",
                                        "Unable to write ",
                                        "Header_Type includes",
                                        "Traceback ",
                                        "Uncaught ")),
                        new Rule("policyd-spf/diagnosis", "", Notes.without("client-ip=", "Received-SPF"))));
    }

    /** {@code QID: prepend Received-SPF: …}, {@code 550 5.7.23 Message rejected due to: …}, {@code defer_if_permit 4.7.24 …}. */
    private static boolean decided(Cursor cursor, Event.Builder event, Replies replies) {
        if (!QueueId.take(cursor, event)) {
            // Where the administrator asked for the id and there is none yet.
            cursor.take(": ");
        }
        if (cursor.take("prepend ") || cursor.take("Header field not prepended: ")) {
            return received(cursor, event);
        }
        if (cursor.take("result_only ")) {
            Notes.passed(event, "result_only " + cursor.rest());
            return true;
        }
        boolean deferred = cursor.take("defer_if_permit ") || cursor.sees("450 ");
        if (!deferred && !cursor.sees("550 ")) {
            return false;
        }
        refused(cursor, event, replies);
        return true;
    }

    private static void refused(Cursor cursor, Event.Builder event, Replies replies) {
        String reply = cursor.rest();
        replies.describe(event, reply);
        if (!event.has(Field.DSN)) {
            String dsn = Replies.dsn(reply, 0);
            if (!dsn.isEmpty()) {
                event.put(Field.DSN, dsn);
            }
        }
        event.kind(Kind.POLICY)
                .put(Field.ORIGIN, Origin.POLICY_SERVICE)
                .put(Field.REASON, Reason.SENDER_AUTHENTICATION);
        if (DEFAULT_REASONS.stream().anyMatch(reply::contains)) {
            explained(reply, event);
        }
    }

    /** {@code Please see http://www.openspf.net/Why?s=mfrom;id=a@b;ip=203.0.113.7;r=c@d}. */
    private static void explained(String reply, Event.Builder event) {
        if (mayBeCut(reply)) {
            return;
        }
        Frame frame = Frame.of(reply, 0, "/Why?s=", ";id=", ";ip=", ";r=");
        if (!frame.isWhole() || !Notes.client(event, frame.value(2))) {
            return;
        }
        if (frame.value(0).equals("mfrom")) {
            event.put(Field.SENDER, frame.value(1));
        } else if (frame.value(0).equals("helo")) {
            event.put(Field.HELO, frame.value(1));
        }
        receiver(frame.value(3), event);
    }

    /** {@code Received-SPF: Pass (…) identity=…; client-ip=…; helo=…; envelope-from=…; receiver=…}. */
    private static boolean received(Cursor cursor, Event.Builder event) {
        if (cursor.sees("Authentication-Results: ") && !mayBeCut(cursor.text())) {
            Frame frame =
                    Frame.of(cursor.text(), cursor.at(), "(client-ip=", "; helo=", "; envelope-from=", "; receiver=");
            if (frame.has(0) && Notes.client(event, frame.value(0))) {
                helo(frame, 1, event);
                sender(frame, 2, event);
            }
        }
        if (!cursor.take("Received-SPF: ")) {
            Notes.passed(event, cursor.rest());
            return true;
        }
        Notes.passed(event, "Received-SPF: " + resultOf(cursor));
        details(cursor, event);
        return true;
    }

    /** {@code Pass; identity=mailfrom; client-ip=…}, written with debugLevel 2. */
    private static boolean result(Cursor cursor, Event.Builder event) {
        int end = cursor.text().indexOf("; identity=");
        if (end < 0 || cursor.text().lastIndexOf(' ', end) >= 0) {
            return false;
        }
        Notes.passed(event, "SPF " + cursor.upTo(';'));
        cursor.moveTo(end);
        details(cursor, event);
        return true;
    }

    /** {@code 550 …}, {@code PREPEND Received-SPF: …} or {@code DUNNO} of the Perl service. */
    private static boolean action(Cursor cursor, Event.Builder event, Replies replies) {
        if (cursor.take("PREPEND ")) {
            return received(cursor, event);
        }
        if (cursor.take("DEFER_IF_PERMIT ") || cursor.sees("550 ")) {
            refused(cursor, event, replies);
            return true;
        }
        Notes.passed(event, cursor.rest());
        return true;
    }

    private static String resultOf(Cursor cursor) {
        int at = cursor.at();
        String result = cursor.word();
        cursor.moveTo(at);
        return result;
    }

    private static void details(Cursor cursor, Event.Builder event) {
        if (mayBeCut(cursor.text())) {
            return;
        }
        Frame python = Frame.of(
                cursor.text(), cursor.at(), "identity=", "; client-ip=", "; helo=", "; envelope-from=", "; receiver=");
        // Mail::SPF 2.9 puts the address last and its own host first, as "receiver".
        Frame perl = Frame.of(
                cursor.text(), cursor.at(), "receiver=", "; identity=", "; envelope-from=", "; helo=", "; client-ip=");
        if (python.has(0) && python.has(1) && Notes.client(event, python.value(1))) {
            helo(python, 2, event);
            sender(python, 3, event);
            receiver(python.value(4), event);
        } else if (perl.has(0) && perl.has(4) && Notes.client(event, unquoted(perl.value(4)))) {
            sender(perl, 2, event);
            helo(perl, 3, event);
        }
    }

    private static void helo(Frame frame, int mark, Event.Builder event) {
        if (frame.has(mark)) {
            event.put(Field.HELO, unquoted(frame.value(mark)));
        }
    }

    private static void sender(Frame frame, int mark, Event.Builder event) {
        if (frame.has(mark)) {
            String from = unquoted(frame.value(mark));
            event.put(Field.SENDER, from.equals("<>") ? "" : from);
        }
    }

    private static String unquoted(String value) {
        String bare = value.strip();
        boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
        return quoted ? bare.substring(1, bare.length() - 1) : bare;
    }

    /** The recipient where the administrator shows it; a placeholder or a host otherwise. */
    private static void receiver(String text, Event.Builder event) {
        String recipient = text.strip();
        if (recipient.indexOf('@') > 0 && Notes.isPlain(recipient)) {
            event.put(Field.RECIPIENT, recipient);
        }
    }

    /** An explanation may be so long that the true client behind it is cut off, so that only one that it imitates is left. */
    private static boolean mayBeCut(String text) {
        int bytes = 0;
        for (int at = 0; at < text.length(); at++) {
            bytes += text.charAt(at) < 128 ? 1 : 3;
        }
        return bytes > NEVER_CUT;
    }
}
