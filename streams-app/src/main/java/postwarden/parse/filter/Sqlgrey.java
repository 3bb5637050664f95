package postwarden.parse.filter;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * SQLgrey 1.8: {@code grey: new: 203.0.113(203.0.113.7), a@b -> c@d}. The client's identifier is its address or network, so
 * nothing of a stranger's stands before the address in brackets.
 */
final class Sqlgrey {
    private static final String ARROW = " -> ";

    static final Filter FILTER = Filter.of(
            Daemon.FILTER,
            List.of("sqlgrey"),
            List.of(
                    new Rule("sqlgrey/new", "grey: new: ", waiting(Reason.GREYLISTED)),
                    new Rule("sqlgrey/early", "grey: early reconnect: ", waiting(Reason.GREYLISTED)),
                    new Rule("sqlgrey/throttling", "grey: throttling: ", waiting(Reason.RATE_LIMITED)),
                    new Rule("sqlgrey/reconnect", "grey: reconnect ok: ", Sqlgrey::reconnect),
                    new Rule("sqlgrey/grey", "grey: ", Notes.text(Kind.OTHER)),
                    new Rule("sqlgrey/spam", "spam: ", Sqlgrey::given),
                    new Rule("sqlgrey/database", "dbaccess: ", Notes.text(Kind.WARNING)),
                    new Rule(
                            "sqlgrey/note",
                            "",
                            Notes.beginning(
                                    Kind.OTHER,
                                    "whitelist: ",
                                    "optin: ",
                                    "perf: ",
                                    "conf: ",
                                    "martians: ",
                                    "mail: ",
                                    "system: ",
                                    "other: ")),
                    new Rule("sqlgrey/warning", "warning: ", Notes.text(Kind.WARNING)),
                    new Rule("sqlgrey/fatal", "fatal: ", Notes.text(Kind.ERROR)),
                    new Rule("sqlgrey/lifecycle", "", ServerLife::read),
                    new Rule("sqlgrey/diagnosis", "", Notes.without("grey: ", " -> "))));

    private Sqlgrey() {}

    private static Rule.Reading waiting(Reason reason) {
        return (cursor, event) -> {
            if (!client(cursor, event)) {
                return false;
            }
            Notes.verdict(event, Kind.GREYLIST, reason);
            envelope(cursor.rest(), event);
            return true;
        };
    }

    /** {@code … -> c@d (00:05:12)}: it waited long enough. */
    private static boolean reconnect(Cursor cursor, Event.Builder event) {
        if (!client(cursor, event)) {
            return false;
        }
        Notes.passed(event, "reconnect ok");
        String rest = cursor.rest();
        int delay = rest.lastIndexOf(" (");
        envelope(delay < 0 ? rest : rest.substring(0, delay), event);
        return true;
    }

    /** A triplet that never came back, found when the database is cleaned: {@code spam: 203.0.113.7: a@b -> c@d at stamp}. */
    private static boolean given(Cursor cursor, Event.Builder event) {
        return Notes.text(Kind.OTHER).read(cursor, event);
    }

    private static boolean client(Cursor cursor, Event.Builder event) {
        String identifier = cursor.upTo('(');
        return identifier.indexOf(' ') < 0 && Notes.client(event, cursor.upTo(')')) && cursor.take(", ");
    }

    /** Sender and recipient, where neither could be split in another way. */
    private static void envelope(String text, Event.Builder event) {
        int arrow = text.indexOf(ARROW);
        if (arrow < 0) {
            return;
        }
        String sender = text.substring(0, arrow);
        String recipient = text.substring(arrow + ARROW.length());
        if (Notes.isPlain(sender) && Notes.isPlain(recipient)) {
            // "-undef-" stands for either half of an address that is not there (normalize_sender).
            event.put(Field.SENDER, sender.equals("-undef-@-undef-") ? "" : sender);
            event.put(Field.RECIPIENT, recipient);
        }
    }
}
