package postwarden.parse.filter;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** milter-greylist 4.6: {@code QID: addr host[ip] from <a> to <b> delayed for 00:05:00 (ACL 67)}. */
final class MilterGreylist {
    private static final String UNKNOWN_ID = "(unknown id): ";

    private static final String FROM = "] from ";

    static final Filter FILTER = Filter.of(
            Daemon.FILTER,
            List.of("milter-greylist"),
            List.of(
                    new Rule("milter-greylist/addr", "", MilterGreylist::message),
                    new Rule(
                            "milter-greylist/lifecycle",
                            "",
                            Notes.containing(
                                    Kind.LIFECYCLE,
                                    "loading config file",
                                    "loaded config file",
                                    "milter-greylist-",
                                    "Version: ",
                                    "smfi_main() returned",
                                    "Exiting",
                                    "Final database dump")),
                    new Rule("milter-greylist/rate", "ratelimit overflow ", Notes.text(Kind.WARNING)),
                    new Rule(
                            "milter-greylist/trouble",
                            "",
                            Notes.containing(
                                    Kind.WARNING,
                                    "failed",
                                    "cannot ",
                                    "Cannot ",
                                    "unexpected",
                                    "Unexpected",
                                    "ignored ",
                                    "ignore line",
                                    "lost connection with",
                                    "Lost connection with",
                                    "closing connection with",
                                    "Internal error",
                                    "starting with an empty greylist",
                                    "error")),
                    new Rule(
                            "milter-greylist/note",
                            "",
                            Notes.containing(
                                    Kind.OTHER,
                                    "Incoming MX sync connection",
                                    "Connection to ",
                                    "is not a peer MX",
                                    "Access list dump",
                                    "helper exit",
                                    " is used instead of ")),
                    new Rule("milter-greylist/diagnosis", "", Notes.without(": addr ", " from <"))));

    private MilterGreylist() {}

    private static boolean message(Cursor cursor, Event.Builder event) {
        if (!QueueId.take(cursor, event) && !cursor.take(UNKNOWN_ID)) {
            return false;
        }
        if (cursor.sees("skipping greylist because ") || cursor.sees("Sender IP ")) {
            Notes.passed(event, cursor.rest());
            return true;
        }
        if (!cursor.take("addr ")) {
            return false;
        }
        // The name is the one that DNS gave the mail daemon: what ends the client must stand once.
        int end = cursor.text().indexOf(FROM);
        boolean once = end >= 0 && cursor.text().indexOf(FROM, end + 1) < 0;
        boolean read = once
                && Host.take(cursor, event)
                && cursor.at() == end + 1
                && cursor.take(" from ")
                && refused(cursor.rest(), event);
        return read || Notes.text(Kind.OTHER).read(cursor, event);
    }

    /** {@code <a> to <b> delayed for 00:05:00 (ACL 67)}; addresses keep the brackets of the command. */
    private static boolean refused(String text, Event.Builder event) {
        Frame delayed = Frame.of(text, 0, " to ", " delayed");
        Frame blacklisted = Frame.of(text, 0, " to ", " blacklisted");
        if (delayed.isWhole()) {
            Notes.verdict(event, Kind.GREYLIST, Reason.GREYLISTED);
            envelope(text, delayed.value(0), event);
            return true;
        }
        if (blacklisted.certain() && text.contains(" blacklisted")) {
            Notes.verdict(event, Kind.POLICY, Reason.ACCESS_DENIED);
            envelope(text, blacklisted.value(0), event);
            return true;
        }
        return false;
    }

    private static void envelope(String text, String recipient, Event.Builder event) {
        int end = text.indexOf(recipient.isEmpty() ? " blacklisted" : " to ");
        event.put(Field.SENDER, bare(text.substring(0, Math.max(0, end))));
        if (!recipient.isEmpty()) {
            event.put(Field.RECIPIENT, bare(recipient));
        }
    }

    private static String bare(String address) {
        boolean bracketed = address.startsWith("<") && address.endsWith(">");
        return bracketed ? address.substring(1, address.length() - 1) : address;
    }
}
