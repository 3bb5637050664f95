package postwarden.parse.exim;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Exim's lines about connections that it refused before a greeting, and about messages that wait for a queue run because a
 * limit was reached (daemon.c, smtp_in.c, exim.c, 4.94 to 4.100).
 */
final class EximLimits {
    static final List<Rule> RULES = List.of(
            new Rule("exim/refused", "Connection from ", EximLimits::refused),
            new Rule("exim/reserve", "temporarily refused connection from ", EximLimits::reserve),
            new Rule("exim/host-refused", "refused connection from ", EximLimits::hostRefused),
            new Rule("exim/ip-options", "connection from ", EximLimits::ipOptions),
            new Rule("exim/queue-only", "no immediate delivery: ", EximLimits::queueOnly),
            new Rule("exim/queued-by", "no immediate delivery: queued", EximLimits::queuedBy));

    private EximLimits() {}

    private static boolean refused(Cursor cursor, Event.Builder event) {
        EximPeer peer = EximPeer.read(cursor, " refused: ").orElse(null);
        if (peer == null || !cursor.take(" refused: ")) {
            return false;
        }
        peer.putInto(event);
        if (cursor.take("too many connections from that IP address")) {
            limit(event, Limit.CLIENT_CONCURRENCY, Reason.TOO_MANY_CONNECTIONS);
        } else if (cursor.take("too many connections")) {
            limit(event, Limit.SERVER_CONNECTIONS, Reason.TOO_MANY_CONNECTIONS);
        } else if (cursor.take("load average = ")) {
            load(cursor, event);
        } else {
            return false;
        }
        return true;
    }

    private static boolean reserve(Cursor cursor, Event.Builder event) {
        EximPeer peer =
                EximPeer.read(cursor, ": not in reserve list", " (tcp wrappers").orElse(null);
        if (peer == null) {
            return false;
        }
        peer.putInto(event);
        if (cursor.take(": not in reserve list and load average = ")) {
            load(cursor, event);
            return true;
        }
        if (cursor.take(": not in reserve list: connected=")) {
            limit(event, Limit.SERVER_RESERVE, Reason.TOO_MANY_CONNECTIONS);
            EximText.count(cursor, event, Field.OBSERVED);
            if (cursor.take(" max=")) {
                EximText.count(cursor, event, Field.LIMIT_VALUE);
            }
            return true;
        }
        return cursor.take(" (tcp wrappers errno=") && accessDenied(event, Kind.DEFER_REJECT);
    }

    private static boolean hostRefused(Cursor cursor, Event.Builder event) {
        return EximPeer.read(cursor, event) && cursor.take(" (") && accessDenied(event, Kind.REJECT);
    }

    private static boolean ipOptions(Cursor cursor, Event.Builder event) {
        return EximPeer.read(cursor, event) && cursor.take(" refused (IP options)") && accessDenied(event, Kind.REJECT);
    }

    private static boolean queueOnly(Cursor cursor, Event.Builder event) {
        if (cursor.take("too many connections (")) {
            EximText.count(cursor, event, Field.OBSERVED);
            if (cursor.take(", max ")) {
                EximText.count(cursor, event, Field.LIMIT_VALUE);
            }
        } else if (cursor.take("more than ")) {
            EximText.count(cursor, event, Field.LIMIT_VALUE);
        } else if (cursor.take("load average ")) {
            number(cursor, event);
        } else {
            return false;
        }
        event.kind(Kind.CONNECTION_LIMIT).put(Field.LIMIT, Limit.QUEUE_ONLY).put(Field.ORIGIN, Origin.LOCAL);
        return true;
    }

    /** An access control list or a user said so: no limit. */
    private static boolean queuedBy(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER).put(Field.TEXT, "queued" + cursor.rest());
        return true;
    }

    private static void limit(Event.Builder event, Limit limit, Reason reason) {
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.LIMIT, limit)
                .put(Field.REASON, reason)
                .put(Field.STAGE, Stage.CONNECT)
                .put(Field.ORIGIN, Origin.LOCAL);
    }

    private static void load(Cursor cursor, Event.Builder event) {
        limit(event, Limit.SERVER_LOAD, Reason.OVERLOADED);
        number(cursor, event);
    }

    private static void number(Cursor cursor, Event.Builder event) {
        double load = cursor.decimal();
        if (!Double.isNaN(load)) {
            event.put(Field.LOAD, load);
        }
    }

    private static boolean accessDenied(Event.Builder event, Kind kind) {
        event.kind(kind)
                .put(Field.REASON, Reason.ACCESS_DENIED)
                .put(Field.STAGE, Stage.CONNECT)
                .put(Field.ORIGIN, Origin.LOCAL);
        return true;
    }
}
