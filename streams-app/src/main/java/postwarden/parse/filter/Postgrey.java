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
 * postgrey 1.37: {@code QID: action=greylist, reason=new, client_name=…, client_address=…, sender=…, recipient=…}. The name is
 * one that Postfix verified, so it holds no comma; an attribute without a value is left out, which only the sender can be.
 */
final class Postgrey {
    private static final String RECIPIENT = "recipient=";

    static final Filter FILTER = Filter.of(
            Daemon.POSTGREY,
            List.of("postgrey"),
            List.of(
                    new Rule("postgrey/action", "", Postgrey::action),
                    new Rule("postgrey/whitelisted", "whitelisted: ", Notes.text(Kind.OTHER)),
                    new Rule(
                            "postgrey/cleaning",
                            "",
                            Notes.beginning(Kind.OTHER, "cleaning ", "rm ", "correcting date ")),
                    new Rule("postgrey/warning", "WARNING: ", Notes.text(Kind.WARNING)),
                    new Rule(
                            "postgrey/attribute",
                            "",
                            Notes.beginning(
                                    Kind.WARNING,
                                    "attribute missing: ",
                                    "can't parse client_address",
                                    "unrecognized request type",
                                    "ignoring garbage")),
                    new Rule("postgrey/fatal", "FATAL: ", Notes.text(Kind.ERROR)),
                    new Rule("postgrey/lifecycle", "", ServerLife::read),
                    new Rule("postgrey/note", "", Notes.without("action=", "client_address="))));

    private Postgrey() {}

    private static boolean action(Cursor cursor, Event.Builder event) {
        QueueId.take(cursor, event);
        if (!cursor.take("action=")) {
            return false;
        }
        String action = cursor.upTo(", ");
        String reason = cursor.take("reason=") ? cursor.upTo(", ") : "";
        if (cursor.take("delay=")) {
            event.put(Field.DELAY, (double) Math.max(0, cursor.number()));
            cursor.take(", ");
        }
        if (action.equals("greylist")) {
            Notes.verdict(event, Kind.GREYLIST, Reason.GREYLISTED);
        } else {
            Notes.passed(event, action + ": " + reason);
        }
        if (cursor.take("client_name=")) {
            Notes.hostname(event, cursor.upTo(", "));
        }
        if (cursor.take("client_address=")) {
            Notes.client(event, cursor.upTo(", "));
            envelope(cursor, event);
        }
        return true;
    }

    /** A quoted local part may hold the recipient's frame, so a second one leaves both in doubt. */
    private static void envelope(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int mark = text.indexOf(RECIPIENT, cursor.at());
        if (mark < 0 || text.indexOf(RECIPIENT, mark + 1) >= 0) {
            return;
        }
        if (mark == cursor.at()) {
            event.put(Field.SENDER, "");
        } else if (cursor.take("sender=") && text.startsWith(", ", mark - 2)) {
            event.put(Field.SENDER, text.substring(cursor.at(), Math.max(cursor.at(), mark - 2)));
        } else {
            return;
        }
        event.put(Field.RECIPIENT, text.substring(mark + RECIPIENT.length()));
    }
}
