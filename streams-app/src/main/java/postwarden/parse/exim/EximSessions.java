package postwarden.parse.exim;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Stage;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Exim's lines about SMTP sessions: their beginning and their end (smtp_in.c, receive.c, daemon.c, 4.94 to 4.100).
 *
 * <p>Each session's end is one event: {@code closed by QUIT} a disconnect; {@code lost}, {@code closed by EOF} and
 * {@code unexpected disconnection} a lost connection; a command or data timeout a timeout. {@code no MAIL in SMTP
 * connection} comes beside one of these and says what the session did, so it is a statistic and never an end.
 */
final class EximSessions {
    static final List<Rule> RULES = List.of(
            new Rule("exim/connect", "SMTP connection ", EximSessions::connect),
            new Rule("exim/closed", "SMTP connection ", EximSessions::closed),
            new Rule("exim/lost", "SMTP connection ", EximSessions::lost),
            new Rule("exim/no-mail", "no MAIL in ", EximSessions::noMail),
            new Rule("exim/unexpected-end", "unexpected ", EximSessions::unexpectedEnd),
            new Rule("exim/input-error", "Error or EOF on input from ", EximSessions::inputError),
            new Rule("exim/command-timeout", "SMTP command timeout on ", EximSessions::commandTimeout),
            new Rule("exim/data-timeout", "SMTP data timeout (message abandoned) on ", EximSessions::dataTimeout),
            new Rule("exim/local-timeout", "timed out while reading local message", EximSessions::localTimeout),
            new Rule("exim/reset-after-quit", "[", EximSessions::resetAfterQuit));

    private static final String COUNT = " (TCP/IP connection count = ";

    private EximSessions() {}

    private static boolean connect(Cursor cursor, Event.Builder event) {
        if (!from(cursor)) {
            return false;
        }
        EximPeer peer = EximPeer.read(cursor, COUNT).orElse(null);
        if (peer == null) {
            return connectUncounted(cursor, event);
        }
        cursor.take(COUNT);
        peer.putInto(event);
        event.kind(Kind.CONNECT);
        EximText.count(cursor, event, Field.OBSERVED);
        return true;
    }

    /** A session that another process began (inetd, the ODMR client, a local user's {@code exim -bs}): no count. */
    private static boolean connectUncounted(Cursor cursor, Event.Builder event) {
        EximPeer peer = peerOrLocal(cursor);
        if (!cursor.atEnd()) {
            return false;
        }
        peer.putInto(event);
        event.kind(Kind.CONNECT);
        return true;
    }

    private static boolean closed(Cursor cursor, Event.Builder event) {
        if (!from(cursor)) {
            return false;
        }
        EximPeer peer = peerOrLocal(cursor, " closed ", " D=");
        duration(cursor, event);
        if (!cursor.take(" closed by QUIT")
                && !cursor.take(" closed by DROP in ACL")
                && !cursor.take(" closed after SIG")
                && !cursor.take(" closed SIG")) {
            return false;
        }
        event.kind(Kind.DISCONNECT);
        return ended(cursor, event, peer);
    }

    private static boolean lost(Cursor cursor, Event.Builder event) {
        if (!from(cursor)) {
            return false;
        }
        EximPeer peer = peerOrLocal(cursor, " lost", " closed by EOF", " D=");
        duration(cursor, event);
        if (cursor.take(" lost while reading message data")) {
            event.put(Field.STAGE, Stage.DATA);
            cursor.take(" (header)");
        } else if (!cursor.take(" lost") && !cursor.take(" closed by EOF")) {
            return false;
        }
        event.kind(Kind.LOST_CONNECTION);
        skipError(cursor);
        return ended(cursor, event, peer);
    }

    private static boolean noMail(Cursor cursor, Event.Builder event) {
        if (cursor.take("TFO")) {
            cursor.take('*');
            cursor.take(' ');
        }
        if (!cursor.take("SMTP connection from ")) {
            return false;
        }
        EximPeer peer = peerOrLocal(cursor, " D=");
        peer.putInto(event);
        event.kind(Kind.STATS);
        while (cursor.take(' ')) {
            if (cursor.take("C=")) {
                EximCommands.put(cursor.word(), event);
            } else if (cursor.take("A=") && peer.certain()) {
                EximArrival.login(cursor.word(), event);
            } else if (cursor.take("X=")) {
                EximTls.put(cursor.word(), event);
            } else if (cursor.take("D=")) {
                EximText.seconds(cursor, event, Field.DURATION);
            } else if (cursor.take("DN=")) {
                EximText.quoted(cursor);
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
        if (cursor.take("TFO")) {
            cursor.take('*');
            cursor.take(' ');
        }
        EximPeer peer = peerOrLocal(cursor);
        event.kind(Kind.LOST_CONNECTION);
        skipError(cursor);
        return ended(cursor, event, peer);
    }

    private static boolean inputError(Cursor cursor, Event.Builder event) {
        event.kind(Kind.LOST_CONNECTION);
        return ended(cursor, event, peerOrLocal(cursor));
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
        if (cursor.take("local process")) {
            cursor.moveTo(cursor.at() - 1);
        }
        EximPeer peer = peerOrLocal(cursor);
        event.kind(Kind.TIMEOUT);
        if (cursor.take(" F=")) {
            EximText.address(cursor, event, Field.SENDER);
        }
        return ended(cursor, event, peer);
    }

    private static boolean localTimeout(Cursor cursor, Event.Builder event) {
        event.kind(Kind.TIMEOUT).put(Field.STAGE, Stage.DATA);
        return true;
    }

    /** The session had ended with QUIT; how the client took its leave is of no further interest. */
    private static boolean resetAfterQuit(Cursor cursor, Event.Builder event) {
        cursor.moveTo(cursor.at() - 1);
        EximPeer peer = EximPeer.read(cursor, " after QUIT, client reset TCP ").orElse(null);
        if (peer == null) {
            return false;
        }
        peer.putInto(event);
        event.kind(Kind.OTHER);
        return true;
    }

    /** Since 4.98 a connection's id may stand before {@code from}. */
    private static boolean from(Cursor cursor) {
        if (cursor.take("Ci=")) {
            cursor.word();
            cursor.take(' ');
        }
        return cursor.take("from ");
    }

    /** A client, or nobody where a process of this host speaks SMTP on a pipe and only its user stands there. */
    private static EximPeer peerOrLocal(Cursor cursor, String... behind) {
        EximPeer peer = EximPeer.read(cursor, behind).orElse(null);
        if (peer == null) {
            EximPeer.skipLocal(cursor);
            return new EximPeer("", "", "", -1, "", -1, true);
        }
        return peer;
    }

    private static boolean ended(Cursor cursor, Event.Builder event, EximPeer peer) {
        peer.putInto(event);
        duration(cursor, event);
        return true;
    }

    private static void duration(Cursor cursor, Event.Builder event) {
        if (cursor.take(" D=")) {
            EximText.seconds(cursor, event, Field.DURATION);
        }
    }

    /** An error of the system may stand before the time: {@code  (error: Connection reset by peer) D=2s}. */
    private static void skipError(Cursor cursor) {
        if (cursor.sees(" (error: ") || cursor.sees(" (read error")) {
            int time = cursor.text().lastIndexOf(" D=");
            cursor.moveTo(Math.max(time, cursor.at()));
        }
    }
}
