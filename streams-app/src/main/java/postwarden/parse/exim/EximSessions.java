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
 * Exim's lines about SMTP sessions: their beginning, their end, and connections refused for a limit.
 *
 * <p>Each session's end is one event: {@code closed by QUIT} a disconnect; {@code lost}, {@code closed by EOF} and
 * {@code unexpected disconnection} a lost connection; a command or data timeout a timeout. {@code no MAIL in SMTP
 * connection} comes beside one of these and says what the session did, so it is a statistic and never an end.
 */
final class EximSessions {
    static final List<Rule> RULES = List.of(
            new Rule("exim/connect", "SMTP connection from ", EximSessions::connect),
            new Rule("exim/closed", "SMTP connection from ", EximSessions::closed),
            new Rule("exim/lost", "SMTP connection from ", EximSessions::lost),
            new Rule("exim/no-mail", "no MAIL in SMTP connection from ", EximSessions::noMail),
            new Rule("exim/unexpected-end", "unexpected ", EximSessions::unexpectedEnd),
            new Rule("exim/command-timeout", "SMTP command timeout on ", EximSessions::commandTimeout),
            new Rule("exim/data-timeout", "SMTP data timeout (message abandoned) on ", EximSessions::dataTimeout),
            new Rule("exim/refused", "Connection from ", EximSessions::refused),
            new Rule("exim/reserve", "temporarily refused connection from ", EximSessions::reserve),
            new Rule("exim/host-refused", "refused connection from ", EximSessions::hostRefused),
            new Rule("exim/ip-options", "connection from ", EximSessions::ipOptions),
            new Rule("exim/queue-only", "no immediate delivery: ", EximSessions::queueOnly),
            new Rule("exim/tls-error", "TLS error on connection from ", EximSessions::tlsError),
            new Rule("exim/tls-error-out", "TLS error on connection to ", EximSessions::tlsErrorOut),
            new Rule("exim/tls-client-cert", "TLS client disconnected cleanly", EximSessions::tlsDisconnected));

    private static final String COUNT = " (TCP/IP connection count = ";

    private EximSessions() {}

    private static boolean connect(Cursor cursor, Event.Builder event) {
        EximPeer peer = EximPeer.read(cursor, COUNT).orElse(null);
        if (peer == null || !cursor.take(COUNT)) {
            return false;
        }
        peer.putInto(event);
        event.kind(Kind.CONNECT).put(Field.OBSERVED, cursor.number());
        return true;
    }

    private static boolean closed(Cursor cursor, Event.Builder event) {
        EximPeer peer = peerOrLocal(cursor, " closed ", " D=");
        duration(cursor, event);
        if (!cursor.take(" closed by QUIT")
                && !cursor.take(" closed by DROP in ACL")
                && !cursor.take(" closed after SIGTERM")) {
            return false;
        }
        event.kind(Kind.DISCONNECT);
        return ended(cursor, event, peer);
    }

    private static boolean lost(Cursor cursor, Event.Builder event) {
        EximPeer peer = peerOrLocal(cursor, " lost", " closed by EOF", " D=");
        duration(cursor, event);
        if (cursor.take(" lost while reading message data")) {
            event.put(Field.STAGE, Stage.DATA);
            cursor.take(" (header)");
        } else if (!cursor.take(" lost") && !cursor.take(" closed by EOF")) {
            return false;
        }
        event.kind(Kind.LOST_CONNECTION);
        return ended(cursor, event, peer);
    }

    private static boolean noMail(Cursor cursor, Event.Builder event) {
        if (!EximPeer.read(cursor, event)) {
            return false;
        }
        event.kind(Kind.STATS);
        while (cursor.take(' ')) {
            if (cursor.take("C=")) {
                commands(cursor.word(), event);
            } else if (cursor.take("A=")) {
                mechanism(cursor.word(), event);
            } else if (cursor.take("X=")) {
                tls(cursor.word(), event);
            } else if (cursor.sees("D=")) {
                cursor.moveTo(cursor.at() - 1);
                duration(cursor, event);
            } else {
                cursor.word();
            }
        }
        return true;
    }

    private static boolean unexpectedEnd(Cursor cursor, Event.Builder event) {
        if (!cursor.take("disconnection while reading SMTP command from ")
                && !cursor.take("EOF while reading SMTP command from ")) {
            return false;
        }
        EximPeer peer = peerOrLocal(cursor);
        event.kind(Kind.LOST_CONNECTION);
        return ended(cursor, event, peer);
    }

    private static boolean commandTimeout(Cursor cursor, Event.Builder event) {
        return timeout(cursor, event);
    }

    private static boolean dataTimeout(Cursor cursor, Event.Builder event) {
        event.put(Field.STAGE, Stage.DATA);
        return timeout(cursor, event);
    }

    private static boolean timeout(Cursor cursor, Event.Builder event) {
        cursor.take("TLS ");
        if (!cursor.take("connection from ")) {
            return false;
        }
        EximPeer peer = peerOrLocal(cursor);
        event.kind(Kind.TIMEOUT);
        if (cursor.take(" F=")) {
            event.put(Field.SENDER, EximText.address(cursor));
        }
        return ended(cursor, event, peer);
    }

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
            event.put(Field.OBSERVED, cursor.number());
            if (cursor.take(" max=")) {
                event.put(Field.LIMIT_VALUE, cursor.number());
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
            event.put(Field.OBSERVED, cursor.number());
            if (cursor.take(", max ")) {
                event.put(Field.LIMIT_VALUE, cursor.number());
            }
        } else if (cursor.take("more than ")) {
            event.put(Field.LIMIT_VALUE, cursor.number());
        } else if (cursor.take("load average ")) {
            event.put(Field.LOAD, cursor.decimal());
        } else {
            return false;
        }
        event.kind(Kind.CONNECTION_LIMIT).put(Field.LIMIT, Limit.QUEUE_ONLY).put(Field.ORIGIN, Origin.LOCAL);
        return true;
    }

    private static boolean tlsError(Cursor cursor, Event.Builder event) {
        if (!EximPeer.read(cursor, event)) {
            return false;
        }
        event.kind(Kind.TLS_ERROR).put(Field.STAGE, Stage.STARTTLS).put(Field.REASON, Reason.TLS);
        cursor.take(' ');
        event.put(Field.TEXT, cursor.rest());
        return true;
    }

    private static boolean tlsErrorOut(Cursor cursor, Event.Builder event) {
        EximRelay relay = EximRelay.read(cursor).orElse(null);
        if (relay == null) {
            return false;
        }
        relay.putInto(event);
        event.kind(Kind.TLS_ERROR).put(Field.STAGE, Stage.STARTTLS).put(Field.REASON, Reason.TLS);
        cursor.take(' ');
        event.put(Field.TEXT, cursor.rest());
        return true;
    }

    private static boolean tlsDisconnected(Cursor cursor, Event.Builder event) {
        event.kind(Kind.TLS_ERROR).put(Field.STAGE, Stage.STARTTLS).put(Field.REASON, Reason.TLS);
        return true;
    }

    /** A client, or nobody where a process of this host speaks SMTP on a pipe and only its user stands there. */
    private static EximPeer peerOrLocal(Cursor cursor, String... behind) {
        EximPeer peer = EximPeer.read(cursor, behind).orElse(null);
        if (peer == null) {
            cursor.word();
            return new EximPeer("", "", "", -1, "", -1, false);
        }
        return peer;
    }

    private static boolean ended(Cursor cursor, Event.Builder event, EximPeer peer) {
        if (!peer.ip().isEmpty()) {
            peer.putInto(event);
        }
        duration(cursor, event);
        return true;
    }

    private static void duration(Cursor cursor, Event.Builder event) {
        if (cursor.take(" D=")) {
            double seconds = EximText.seconds(cursor.word());
            if (seconds >= 0) {
                event.put(Field.DURATION, seconds);
            }
        }
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
        event.put(Field.LOAD, cursor.decimal());
    }

    private static boolean accessDenied(Event.Builder event, Kind kind) {
        event.kind(kind)
                .put(Field.REASON, Reason.ACCESS_DENIED)
                .put(Field.STAGE, Stage.CONNECT)
                .put(Field.ORIGIN, Origin.LOCAL);
        return true;
    }

    private static void mechanism(String authenticator, Event.Builder event) {
        int colon = authenticator.indexOf(':');
        event.put(Field.AUTH_MECHANISM, colon < 0 ? authenticator : authenticator.substring(0, colon));
    }

    /** {@code TLS1.3:CIPHER:256}. */
    static void tls(String words, Event.Builder event) {
        int colon = words.indexOf(':');
        if (colon > 0) {
            event.put(Field.TLS_VERSION, words.substring(0, colon)).put(Field.CIPHER, words.substring(colon + 1));
        }
    }

    /** Counts what {@code EHLO,QUIT} names; Exim lists the last twenty commands, done or not. */
    private static void commands(String list, Event.Builder event) {
        String[] names = list.split(",", -1);
        event.put(Field.COMMANDS, Integer.toString(names.length));
        count(event, Field.EHLO, names, "EHLO", "HELO");
        count(event, Field.AUTH, names, "AUTH", "AUTH");
        count(event, Field.MAIL, names, "MAIL", "MAIL");
        count(event, Field.RCPT, names, "RCPT", "RCPT");
        count(event, Field.DATA, names, "DATA", "BDAT");
        count(event, Field.QUIT, names, "QUIT", "QUIT");
    }

    private static void count(Event.Builder event, Field field, String[] names, String one, String other) {
        int count = 0;
        for (String name : names) {
            count += name.equals(one) || name.equals(other) ? 1 : 0;
        }
        if (count > 0) {
            event.put(field, Integer.toString(count));
        }
    }
}
