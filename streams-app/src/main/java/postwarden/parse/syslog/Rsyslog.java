package postwarden.parse.syslog;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** Lines of rsyslogd about itself (rsyslog 8.2302, {@code runtime/ratelimit.c}, {@code action.c}; older ones of 5 and 7). */
final class Rsyslog {
    private static final String LOST = " messages lost due to rate-limiting";
    private static final String BEGINS = "begin to drop messages due to rate-limiting";

    static final List<Rule> RULES = List.of(
            new Rule("imuxsock/lost", "imuxsock[pid: ", Rsyslog::socketDropped),
            new Rule("imuxsock/lost-from", "imuxsock lost ", (cursor, event) -> Remark.lost(cursor, event, " message")),
            new Rule("imuxsock/begins", "imuxsock begins to drop ", Remark.gap()),
            new Rule("imjournal/begins", "imjournal: begin to drop ", Remark.gap()),
            new Rule("imjournal/lost", "imjournal: ", (cursor, event) -> Remark.lost(cursor, event, LOST)),
            new Rule("rsyslogd/limited", "", Rsyslog::limited),
            new Rule("rsyslogd/origin", "[origin software=\"rsyslogd\"", Remark.text(Kind.LIFECYCLE)),
            new Rule("rsyslogd/message-lost", "action '", Rsyslog::messageLost),
            new Rule("rsyslogd/suspended", "action '", Remark.text(Kind.WARNING)),
            new Rule(
                    "rsyslogd/trouble",
                    "",
                    Remark.containing(
                            Kind.WARNING,
                            "error",
                            "warning",
                            "cannot ",
                            "could not ",
                            "failed",
                            "unable to ",
                            "invalid ")),
            new Rule("rsyslogd/note", "", Remark.text(Kind.OTHER)));

    private Rsyslog() {}

    /** {@code imuxsock[pid: 232, name: smtpd]: 14 messages lost …} or {@code … from <mx:postfix/smtpd>: begin to drop …}. */
    private static boolean socketDropped(Cursor cursor, Event.Builder event) {
        cursor.upTo("]");
        if (cursor.take(": ")) {
            return Remark.lost(cursor, event, " message");
        }
        cursor.upToLast(">: ");
        return cursor.sees("begin to drop messages") && Remark.gap().read(cursor, event);
    }

    /** {@code imudp: 14 messages lost due to rate-limiting} or {@code imtcp: begin to drop …} of any other input. */
    private static boolean limited(Cursor cursor, Event.Builder event) {
        cursor.upTo(": ");
        return cursor.sees(BEGINS) ? Remark.gap().read(cursor, event) : Remark.lost(cursor, event, LOST);
    }

    private static boolean messageLost(Cursor cursor, Event.Builder event) {
        if (!cursor.ahead(") message lost, could not be processed")) {
            return false;
        }
        event.put(Field.LOST, 1);
        return Remark.gap().read(cursor, event);
    }
}
