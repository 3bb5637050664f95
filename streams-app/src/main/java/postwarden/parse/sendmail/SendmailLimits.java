package postwarden.parse.sendmail;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;

/** What Sendmail refuses of everybody (8.18, conf.c, refuseconnections; daemon.c; queue.c). */
final class SendmailLimits {
    static final List<Rule> RULES = List.of(
            new Rule("sendmail/refusing", "rejecting connections on daemon ", SendmailLimits::refusing),
            new Rule("sendmail/deferring", "deferring connections on daemon ", SendmailLimits::deferring),
            new Rule("sendmail/delaying-connections", "delaying connections on daemon ", SendmailLimits::delaying),
            new Rule("sendmail/delaying", "delaying=", SendmailLimits::delaying),
            Remarks.beginning("sendmail/still-refusing", Kind.WARNING, "have been rejecting connections on daemon "),
            Remarks.beginning(
                    "sendmail/accepting", Kind.LIFECYCLE, "accepting connections again", "accepting new messages"),
            new Rule("sendmail/no-space", "rejecting new messages: min free: ", SendmailLimits::noSpace),
            new Rule("sendmail/low-space", "low on space (", SendmailLimits::noSpace),
            new Rule("sendmail/queue-run", "runqueue: ", SendmailLimits::queueRun));

    private SendmailLimits() {}

    /** {@code MTA: load average: 12}, {@code MTA: 40 children, max 40}, {@code MTA: free memory: 100}. */
    private static boolean refusing(Cursor cursor, Event.Builder event) {
        cursor.upTo(": ");
        if (cursor.take("load average: ")) {
            return load(event, cursor.number(), -1);
        }
        if (cursor.sees("free memory: ")) {
            limit(event, Limit.SERVER_LOAD, Reason.OVERLOADED);
            return true;
        }
        long children = cursor.number();
        if (children < 0 || !cursor.take(" children, max ")) {
            return false;
        }
        limit(event, Limit.SERVER_PROCESSES, Reason.TOO_MANY_CONNECTIONS);
        event.put(Field.OBSERVED, children).put(Field.LIMIT_VALUE, cursor.number());
        return true;
    }

    /** {@code MTA: 5 per second}. */
    private static boolean deferring(Cursor cursor, Event.Builder event) {
        cursor.upTo(": ");
        long rate = cursor.number();
        limit(event, Limit.SERVER_CONNECTION_RATE, Reason.RATE_LIMITED);
        event.put(Field.LIMIT_VALUE, rate);
        return rate >= 0;
    }

    /** {@code …: load average=12 >= 8}. */
    private static boolean delaying(Cursor cursor, Event.Builder event) {
        cursor.upTo("load average=");
        long average = cursor.number();
        return cursor.take(" >= ") && load(event, average, cursor.number());
    }

    private static boolean load(Event.Builder event, long average, long allowed) {
        limit(event, Limit.SERVER_LOAD, Reason.OVERLOADED);
        event.put(Field.LOAD, (double) average);
        if (allowed >= 0) {
            event.put(Field.LIMIT_VALUE, allowed);
        }
        return average >= 0;
    }

    private static void limit(Event.Builder event, Limit limit, Reason reason) {
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.SERVICE, "smtp")
                .put(Field.LIMIT, limit)
                .put(Field.REASON, reason)
                .put(Field.ORIGIN, Origin.LOCAL);
    }

    private static boolean noSpace(Cursor cursor, Event.Builder event) {
        event.put(Field.REASON, Reason.INSUFFICIENT_STORAGE);
        return Remarks.put(Kind.WARNING, event);
    }

    /** {@code Skipping queue run -- load average too high}, {@code Flushing queue from …}. */
    private static boolean queueRun(Cursor cursor, Event.Builder event) {
        if (!cursor.ahead("load average")) {
            return Remarks.put(Kind.OTHER, event);
        }
        event.put(Field.REASON, Reason.OVERLOADED);
        return Remarks.put(Kind.WARNING, event);
    }
}
