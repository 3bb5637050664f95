package postwarden.parse.courier;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.CutLines;
import postwarden.parse.rule.Rule;

/**
 * Sessions of the IMAP and POP3 servers: {@code LOGIN FAILED, user=sam, ip=[::ffff:192.0.2.1], port=[40000]} (1.4,
 * libs/imap, libs/tcpd). The user is a stranger's text and stands before the address, behind which Courier writes only
 * numbers and words of its own, so the address is read from the right.
 */
final class CourierSessions {
    private static final String IP = "ip=[";
    private static final String USER = "user=";

    static final List<Rule> RULES = List.of(
            new Rule("courier/login-failed", "LOGIN FAILED, ", CourierSessions::failed),
            new Rule("courier/login", "LOGIN, ", named(Kind.AUTH_SUCCESS, Kind.AUTH_SUCCESS)),
            new Rule("courier/logout", "LOGOUT, ", named(Kind.LOGOUT, Kind.DISCONNECT)),
            new Rule("courier/disconnected", "DISCONNECTED, ", named(Kind.DISCONNECT, Kind.DISCONNECT)),
            new Rule("courier/gone", "Disconnected, ", named(Kind.DISCONNECT, Kind.DISCONNECT)),
            new Rule("courier/timeout", "TIMEOUT, ", named(Kind.TIMEOUT, Kind.TIMEOUT)),
            new Rule("courier/connection", "Connection, ", named(Kind.CONNECT, Kind.CONNECT)),
            new Rule("courier/tls-failed", IP, CourierSessions::tlsFailed),
            new Rule("courier/client-limit", "Maximum connection limit reached for ", CourierSessions::clientLimit),
            new Rule("courier/total-limit", "", CourierSessions::totalLimit));

    private CourierSessions() {}

    private static boolean failed(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        if (text.indexOf(IP, cursor.at()) < 0) {
            return false;
        }
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        if (CutLines.possible(text)) {
            event.put(Field.AMBIGUOUS, true);
            return true;
        }
        if (cursor.sees("method=")) {
            cursor.take("method=");
            event.put(Field.AUTH_MECHANISM, cursor.upTo(", "));
        }
        address(cursor, event);
        return true;
    }

    /** {@code ip=[192.0.2.1], An unexpected TLS packet was received.} (libs/tcpd/starttls.c): the address stands first. */
    private static boolean tlsFailed(Cursor cursor, Event.Builder event) {
        String ip = Addresses.canonical(cursor.upTo("], "));
        if (ip.isEmpty() || cursor.atEnd()) {
            return false;
        }
        event.kind(Kind.TLS_ERROR).put(Field.REASON, Reason.TLS).put(Field.CLIENT_IP, ip);
        return true;
    }

    /** A session with a user, or one that nobody has logged in to. */
    private static Rule.Reading named(Kind withUser, Kind without) {
        return (cursor, event) -> {
            if (!cursor.ahead(IP)) {
                return false;
            }
            event.kind(cursor.sees(USER) ? withUser : without);
            address(cursor, event);
            int time = cursor.text().lastIndexOf(", time=");
            cursor.moveTo(time + ", time=".length());
            long seconds = time < 0 ? -1 : cursor.number();
            if (seconds >= 0) {
                event.put(Field.DURATION, seconds);
            }
            return true;
        };
    }

    /** {@code user=sam, ip=[192.0.2.1], port=[40000], …}, or without the user. */
    private static void address(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int start = cursor.at();
        int open = text.lastIndexOf(IP);
        int close = text.indexOf(']', Math.max(open, 0));
        String ip = open < start || close < 0 ? "" : Addresses.canonical(text.substring(open + IP.length(), close));
        if (ip.isEmpty()) {
            return;
        }
        event.put(Field.CLIENT_IP, ip);
        if (text.startsWith(USER, start) && text.startsWith(", ", open - 2) && open - 2 >= start + USER.length()) {
            event.put(Field.ACCOUNT, text.substring(start + USER.length(), open - 2));
        }
        cursor.moveTo(close + 1);
        long port = cursor.take(", port=[") ? cursor.number() : -1;
        if (port >= 0) {
            event.put(Field.CLIENT_PORT, port);
        }
    }

    /** {@code Maximum connection limit reached for ::ffff:192.0.2.1}; a limit of the address (maxperip). */
    private static boolean clientLimit(Cursor cursor, Event.Builder event) {
        String ip = Addresses.canonical(cursor.rest().strip());
        if (ip.isEmpty()) {
            return false;
        }
        limit(event, Limit.CLIENT_CONCURRENCY);
        event.put(Field.CLIENT_IP, ip);
        return true;
    }

    /** {@code 40 maximum active connections.}, and before that {@code 36 active connections.} */
    private static boolean totalLimit(Cursor cursor, Event.Builder event) {
        long count = cursor.number();
        if (count >= 0 && cursor.take(" maximum active connections")) {
            limit(event, Limit.SERVER_CONNECTIONS);
            event.put(Field.LIMIT_VALUE, count);
            return true;
        }
        if (count >= 0 && cursor.take(" active connections")) {
            event.kind(Kind.WARNING)
                    .put(Field.OBSERVED, count)
                    .put(Field.TEXT, event.line().message());
            return true;
        }
        return false;
    }

    private static void limit(Event.Builder event, Limit limit) {
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.LIMIT, limit)
                .put(Field.REASON, Reason.TOO_MANY_CONNECTIONS)
                .put(Field.ORIGIN, Origin.LOCAL);
    }
}
