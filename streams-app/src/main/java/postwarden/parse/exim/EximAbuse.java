package postwarden.parse.exim;

import java.util.List;
import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Exim's lines about clients that break the protocol or fail to authenticate. Most of them quote the client before they
 * name it, so the client is searched for, and named only where no quoted text could pass for it.
 */
final class EximAbuse {
    static final List<Rule> RULES = List.of(
            new Rule("exim/dropped", "SMTP call from ", EximAbuse::dropped),
            new Rule("exim/early-connect", "SMTP protocol synchronization error (", EximAbuse::earlyConnect),
            new Rule("exim/early-command", "SMTP protocol synchronization error (", EximAbuse::earlyCommand),
            new Rule("exim/protocol-error", "SMTP protocol error in \"", EximAbuse::commandError),
            new Rule("exim/syntax-error", "SMTP syntax error in \"", EximAbuse::commandError),
            new Rule("exim/etrn", "ETRN ", EximAbuse::etrn),
            new Rule("exim/bad-credentials", "", EximAbuse::badCredentials),
            new Rule("exim/auth-unavailable", "", EximAbuse::authUnavailable),
            new Rule("exim/auth-cancelled", "", EximAbuse::authCancelled),
            new Rule("exim/auth-malformed", "", EximAbuse::authMalformed));

    private static final String FAILED = " authenticator failed for ";

    private EximAbuse() {}

    private static boolean dropped(Cursor cursor, Event.Builder event) {
        if (!EximPeer.read(cursor, event, " dropped: ") || !cursor.take(" dropped: ")) {
            return false;
        }
        event.kind(Kind.PROTOCOL_ABUSE)
                .put(Field.REASON, Reason.TOO_MANY_ERRORS)
                .put(Field.TEXT, cursor.rest());
        return true;
    }

    /** {@code (input sent without waiting for greeting): rejected connection from H=client input="…"}. */
    private static boolean earlyConnect(Cursor cursor, Event.Builder event) {
        String what = cursor.upTo("): ");
        if (!cursor.take("rejected connection from ") || !EximPeer.read(cursor, event)) {
            return false;
        }
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.STAGE, Stage.GREETING).put(Field.TEXT, what);
        return true;
    }

    /** {@code (next input sent too soon…): rejected "command" H=client next input="…"}. */
    private static boolean earlyCommand(Cursor cursor, Event.Builder event) {
        String what = cursor.upTo("): ");
        if (!cursor.take("rejected \"")) {
            return false;
        }
        return quotedThenClient(cursor, event, what);
    }

    private static boolean commandError(Cursor cursor, Event.Builder event) {
        Optional<EximPeer> peer = EximPeer.find(cursor, "\" H=");
        if (peer.isEmpty()) {
            return false;
        }
        peer.get().putInto(event);
        cursor.take(' ');
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.SYNTAX).put(Field.TEXT, cursor.rest());
        return true;
    }

    private static boolean etrn(Cursor cursor, Event.Builder event) {
        Optional<EximPeer> peer = EximPeer.find(cursor, " received from ");
        if (peer.isEmpty()) {
            return false;
        }
        peer.get().putInto(event);
        event.kind(Kind.OTHER).put(Field.TEXT, "ETRN");
        return true;
    }

    private static boolean quotedThenClient(Cursor cursor, Event.Builder event, String what) {
        Optional<EximPeer> peer = EximPeer.find(cursor, "\" H=");
        if (peer.isEmpty()) {
            return false;
        }
        peer.get().putInto(event);
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.TEXT, what);
        return true;
    }

    /**
     * {@code … 535 Incorrect authentication data (set_id=user)}. The user is a stranger's text; it stands between the
     * mark behind the client and the bracket that ends the line.
     */
    private static boolean badCredentials(Cursor cursor, Event.Builder event) {
        if (!authenticator(cursor, event) || !cursor.take("535 Incorrect authentication data")) {
            return false;
        }
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        boolean last = cursor.text().endsWith(")");
        if (cursor.take(" (set_id=") && last && !event.has(Field.AMBIGUOUS)) {
            String user = cursor.text().substring(cursor.at(), cursor.text().length() - 1);
            if (!user.isEmpty()) {
                event.put(Field.ACCOUNT, user);
            }
        }
        return true;
    }

    /** The authentication service failed: nobody's guess. */
    private static boolean authUnavailable(Cursor cursor, Event.Builder event) {
        if (!authenticator(cursor, event) || !cursor.sees("435 ")) {
            return false;
        }
        event.kind(Kind.AUTH_ERROR).put(Field.REASON, Reason.TEMPORARY_ERROR).put(Field.TEXT, cursor.rest());
        return true;
    }

    private static boolean authCancelled(Cursor cursor, Event.Builder event) {
        if (!authenticator(cursor, event) || !cursor.sees("501 Authentication cancelled")) {
            return false;
        }
        event.kind(Kind.NO_AUTH);
        return true;
    }

    private static boolean authMalformed(Cursor cursor, Event.Builder event) {
        if (!authenticator(cursor, event) || (!cursor.sees("501 ") && !cursor.sees("535 Auth"))) {
            return false;
        }
        event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.SYNTAX).put(Field.TEXT, cursor.rest());
        return true;
    }

    /** Reads {@code dovecot_login authenticator failed for client: }. */
    private static boolean authenticator(Cursor cursor, Event.Builder event) {
        String name = cursor.word();
        if (!cursor.take(FAILED) || !EximPeer.read(cursor, event, ": 5", ": 4") || !cursor.take(": ")) {
            return false;
        }
        event.put(Field.AUTH_MECHANISM, name).put(Field.STAGE, Stage.AUTH);
        return true;
    }
}
