package postwarden.parse.filter;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * policyd-weight 0.1.15: {@code decided action=…; <client=host[ip]> <helo=…> <from=…> <to=…>; delay: 1s}. The action may quote
 * the HELO name, in which Postfix leaves no space, {@code <}, {@code >} or {@code ;} (smtpd.c, NEUTER_CHARACTERS).
 */
final class PolicydWeight {
    private static final String CLIENT = " <client=";
    private static final String INSTANCE = " <instance=";

    private PolicydWeight() {}

    static Filter filter(Replies replies) {
        return Filter.of(
                Daemon.POLICYD,
                List.of("policyd-weight"),
                List.of(
                        new Rule(
                                "policyd-weight/decided",
                                "decided action=",
                                (cursor, event) -> decided(cursor, event, replies)),
                        new Rule("policyd-weight/weighted", "weighted check: ", PolicydWeight::weighted),
                        new Rule("policyd-weight/warning", "warning: ", Notes.text(Kind.WARNING)),
                        new Rule(
                                "policyd-weight/lifecycle",
                                "",
                                Notes.containing(
                                        Kind.LIFECYCLE,
                                        "started and daemonized",
                                        "Daemon terminated",
                                        "Daemon killed",
                                        "child: spawned",
                                        "child: exiting",
                                        " exited",
                                        "Child ",
                                        "cache spawned",
                                        "cache killed",
                                        "terminating",
                                        " reloaded")),
                        new Rule(
                                "policyd-weight/note",
                                "",
                                Notes.beginning(
                                        Kind.OTHER,
                                        "cache",
                                        "could not connect to cache",
                                        "rbl_lookup: ",
                                        "debug: ",
                                        "master: ",
                                        "child: ")),
                        new Rule("policyd-weight/diagnosis", "", Notes.without("<client="))));
    }

    private static boolean decided(Cursor cursor, Event.Builder event, Replies replies) {
        int end = clientAt(cursor);
        if (end < 0) {
            return Notes.text(Kind.OTHER).read(cursor, event);
        }
        Answer.put(event, said(cursor, end), replies);
        trace(cursor, event, " delay: ");
        return true;
    }

    private static boolean weighted(Cursor cursor, Event.Builder event) {
        int end = clientAt(cursor);
        if (end < 0) {
            return Notes.text(Kind.OTHER).read(cursor, event);
        }
        Notes.passed(event, said(cursor, end));
        trace(cursor, event, " rate: ");
        int rate = cursor.text().lastIndexOf(" rate: ");
        if (rate > end) {
            cursor.moveTo(rate + " rate: ".length());
            double score = cursor.decimal();
            if (!Double.isNaN(score)) {
                event.put(Field.SCORE, score);
            }
        }
        return true;
    }

    /** Where the answer ends and the trace begins. */
    private static int clientAt(Cursor cursor) {
        int instance = cursor.text().indexOf(INSTANCE, cursor.at());
        return instance < 0 ? cursor.text().indexOf(CLIENT, cursor.at()) : instance;
    }

    /** The answer without the semicolon that newer versions end it with. */
    private static String said(Cursor cursor, int end) {
        String said = cursor.text().substring(cursor.at(), end).strip();
        return said.endsWith(";") ? said.substring(0, said.length() - 1) : said;
    }

    private static void trace(Cursor cursor, Event.Builder event, String tail) {
        cursor.upTo("<client=");
        int start = cursor.at();
        if (!Host.take(cursor, event) || !cursor.sees("> <helo=")) {
            // Before 0.1.14 without a name.
            cursor.moveTo(start);
            if (!Notes.client(event, cursor.upTo("> "))) {
                return;
            }
            cursor.moveTo(cursor.at() - 2);
        }
        String separator = cursor.ahead(">;" + tail) ? ">;" : ">,";
        Frame frame = Frame.of(cursor.text(), cursor.at(), "> <helo=", "> <from=", "> <to=", separator + tail);
        if (frame.certain()) {
            event.put(Field.HELO, frame.value(0));
            event.put(Field.SENDER, frame.value(1));
            event.put(Field.RECIPIENT, frame.value(2));
        }
    }
}
