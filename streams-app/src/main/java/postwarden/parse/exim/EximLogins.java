package postwarden.parse.exim;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Exim's lines about attempts to log in that came to nothing: {@code dovecot_login authenticator failed for client: reply}
 * (smtp_in_auth in smtp_in.c, 4.94 to 4.100). The reply is Exim's own; a user's name may stand behind it.
 */
final class EximLogins {
    static final List<Rule> RULES = List.of(
            new Rule("exim/bad-credentials", "", EximLogins::badCredentials),
            new Rule("exim/auth-unavailable", "", EximLogins::authUnavailable),
            new Rule("exim/auth-cancelled", "", EximLogins::authCancelled),
            new Rule("exim/auth-malformed", "", EximLogins::authMalformed),
            new Rule("exim/auth-library", "", EximLogins::library));

    private static final String FAILED = " authenticator failed for ";

    private EximLogins() {}

    /**
     * {@code … 535 Incorrect authentication data (set_id=user)}. The user is a stranger's text; it stands between the
     * mark behind the client and the bracket that ends the line.
     */
    private static boolean badCredentials(Cursor cursor, Event.Builder event) {
        if (!authenticator(cursor, event) || !cursor.take("535 Incorrect authentication data")) {
            return false;
        }
        if (event.has(Field.AMBIGUOUS) && anotherReply(cursor)) {
            return false;
        }
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        boolean last = cursor.text().endsWith(")");
        if (cursor.take(" (set_id=") && last && !event.has(Field.AMBIGUOUS)) {
            String user = cursor.text().substring(cursor.at(), cursor.text().length() - 1);
            if (!user.isEmpty()) {
                event.put(Field.ACCOUNT, EximText.unprinted(user));
            }
        }
        return true;
    }

    /** Whether the refusal may be a stranger's words, and Exim's own are others behind them. */
    private static boolean anotherReply(Cursor cursor) {
        return cursor.ahead(": 435 ") || cursor.ahead(": 501 ") || cursor.ahead(": 553 ");
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

    /** {@code 501 Invalid base64 data}, {@code 553 Initial data not expected}: nothing was checked. */
    private static boolean authMalformed(Cursor cursor, Event.Builder event) {
        if (!authenticator(cursor, event) || (cursor.peek() != '5' && cursor.peek() != '4')) {
            return false;
        }
        event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.SYNTAX).put(Field.TEXT, cursor.rest());
        return true;
    }

    /** {@code cram authenticator (CRAM-MD5): Cyrus SASL permanent failure: …}: an attempt's line of its own follows. */
    private static boolean library(Cursor cursor, Event.Builder event) {
        String name = cursor.word();
        if (name.isEmpty() || !cursor.take(" authenticator (") || !cursor.ahead(" SASL ")) {
            return false;
        }
        event.kind(Kind.OTHER).put(Field.AUTH_MECHANISM, name).put(Field.TEXT, cursor.text());
        return true;
    }

    /** Reads {@code dovecot_login authenticator failed for client: }; a local session has a user instead of a client. */
    private static boolean authenticator(Cursor cursor, Event.Builder event) {
        String name = cursor.word();
        if (name.isEmpty() || !cursor.take(FAILED)) {
            return false;
        }
        boolean known = EximPeer.read(cursor, event, ": 5", ": 4") || EximPeer.skipLocal(cursor);
        if (!known || !cursor.take(": ")) {
            return false;
        }
        event.put(Field.AUTH_MECHANISM, name).put(Field.STAGE, Stage.AUTH);
        return true;
    }
}
