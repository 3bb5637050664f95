package postwarden.parse.filter;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * postfwd 1.35: {@code [RULES] rule=1, id=ID, queue=…, client=host[ip], user=…, sender=<…>, recipient=<…>, helo=<…>,
 * proto=…, state=…, delay=…, hits=…, action=…}. What stands before the client is the administrator's.
 */
final class Postfwd {
    private static final int USER = 0;
    private static final int SENDER = 1;
    private static final int RECIPIENT = 2;
    private static final int HELO = 3;
    private static final int PROTO = 4;
    private static final int ACTION = 8;

    private static final String[] MARKS = {
        ", user=",
        ", sender=<",
        ">, recipient=<",
        ">, helo=<",
        ">, proto=",
        ", state=",
        ", delay=",
        ", hits=",
        ", action="
    };
    /** Before 1.10. */
    private static final String[] OLD_MARKS = {
        ", user=", ", sender=", ", recipient=", ", helo=", ", proto=", ", state=", ", delay=", ", hits=", ", action="
    };

    private Postfwd() {}

    static Filter filter(Replies replies) {
        return Filter.of(
                Daemon.POSTFWD,
                List.of("postfwd", "postfwd1", "postfwd2", "postfwd3"),
                List.of(
                        new Rule("postfwd/rule", "[RULES] rule=", (cursor, event) -> hit(cursor, event, replies)),
                        new Rule("postfwd/cached", "[CACHE] rule=", (cursor, event) -> hit(cursor, event, replies)),
                        new Rule("postfwd/rate", "[RATES] rule=", (cursor, event) -> rate(cursor, event, replies)),
                        new Rule("postfwd/old-rule", "rule=", (cursor, event) -> hit(cursor, event, replies)),
                        new Rule("postfwd/note", "[", Notes.text(Kind.OTHER)),
                        new Rule("postfwd/warning", "warning: ", Notes.text(Kind.WARNING)),
                        new Rule(
                                "postfwd/error",
                                "",
                                Notes.beginning(Kind.ERROR, "FATAL: ", "critical: ", "ERROR: ", "error: ")),
                        new Rule(
                                "postfwd/lifecycle",
                                "",
                                Notes.containing(
                                        Kind.LIFECYCLE,
                                        " ready for input",
                                        "ready for input",
                                        "catched HUP signal",
                                        "Started ",
                                        "terminating",
                                        " starting",
                                        " reloading",
                                        "respawning in ",
                                        "set up syslogging")),
                        new Rule("postfwd/server", "", ServerLife::read),
                        new Rule(
                                "postfwd/trouble",
                                "",
                                Notes.beginning(
                                        Kind.WARNING,
                                        "timeout after ",
                                        "ignoring ",
                                        "Ignoring ",
                                        "file ",
                                        "dnsquery: timeout ",
                                        "Could not ",
                                        "notice: ")),
                        new Rule(
                                "postfwd/status",
                                "",
                                Notes.beginning(
                                        Kind.OTHER,
                                        "Saved ",
                                        "Fetched ",
                                        "NODNS: ",
                                        "NODAEMON: ",
                                        "Counters: ",
                                        "Requests: ",
                                        "Contents: ",
                                        "Timeouts: ",
                                        "Averages: ",
                                        "Hits: ",
                                        "Rule ID: ",
                                        "Request cache ",
                                        "disabling request cache ")),
                        new Rule("postfwd/diagnosis", "", Notes.without(" client="))));
    }

    private static boolean hit(Cursor cursor, Event.Builder event, Replies replies) {
        if (!client(cursor, event)) {
            // A line about the rule itself, such as one with a note or an error behind it.
            event.clear().daemon(Daemon.POSTFWD);
            return Notes.text(Kind.OTHER).read(cursor, event);
        }
        Frame frame = Frame.of(cursor.text(), cursor.at(), cursor.ahead(", sender=<") ? MARKS : OLD_MARKS);
        envelope(frame, event);
        if (frame.has(ACTION)) {
            Answer.put(event, frame.value(ACTION), replies);
            return true;
        }
        return Notes.text(Kind.OTHER).read(cursor, event);
    }

    /** The limit is reached: the action is the administrator's, the count is postfwd's. */
    private static boolean rate(Cursor cursor, Event.Builder event, Replies replies) {
        if (!hit(cursor, event, replies)) {
            return false;
        }
        if (event.has(Field.ORIGIN)) {
            event.kind(Kind.POLICY).put(Field.REASON, Reason.RATE_LIMITED);
        }
        return true;
    }

    private static boolean client(Cursor cursor, Event.Builder event) {
        cursor.upTo(", id=");
        cursor.upTo(", ");
        if (cursor.take("queue=")) {
            Notes.queueId(event, cursor.upTo(", "));
        }
        if (!cursor.take("client=")) {
            return false;
        }
        if (!Host.take(cursor, event)) {
            cursor.upTo(']');
        }
        return true;
    }

    private static void envelope(Frame frame, Event.Builder event) {
        if (frame.has(USER)) {
            event.put(Field.ACCOUNT, frame.value(USER));
        }
        if (frame.has(SENDER)) {
            event.put(Field.SENDER, frame.value(SENDER));
        }
        if (frame.has(RECIPIENT)) {
            event.put(Field.RECIPIENT, frame.value(RECIPIENT));
        }
        if (frame.has(HELO)) {
            event.put(Field.HELO, frame.value(HELO));
        }
        if (frame.has(PROTO)) {
            event.put(Field.PROTOCOL, frame.value(PROTO));
        }
    }
}
