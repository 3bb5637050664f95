package postwarden.parse.postfix;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Cursor;

/** A login at smtpd that did not succeed: {@code host[ip]: SASL PLAIN authentication failed: why, sasl_username=who}. */
final class PostfixLogin {
    private static final String ACCOUNT = ", sasl_username=";

    private PostfixLogin() {}

    static boolean failed(Cursor cursor, Event.Builder event) {
        Peer client = Peer.read(cursor);
        if (!client.certain() || !cursor.take(": SASL ")) {
            return false;
        }
        String mechanism = cursor.word();
        if (!cursor.take(" authentication failed") && !cursor.take(" authentication aborted")) {
            return false;
        }
        client.asClient(event);
        String said = cursor.take(": ") ? cursor.rest() : "";
        int account = said.indexOf(ACCOUNT);
        String why = account < 0 ? said : said.substring(0, account);
        event.put(Field.AUTH_MECHANISM, mechanism).put(Field.STAGE, Stage.AUTH);
        putCause(why, event);
        putAccount(account < 0 ? "" : said.substring(account + ACCOUNT.length()), event);
        return true;
    }

    private static void putCause(String why, Event.Builder event) {
        if (!why.isEmpty()) {
            event.put(Field.REPLY_TEXT, why);
        }
        if (isServiceTrouble(why)) {
            event.kind(Kind.AUTH_ERROR).put(Field.REASON, Reason.TEMPORARY_ERROR);
        } else if (why.startsWith("Invalid authentication mechanism")) {
            event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.SYNTAX);
        } else {
            event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        }
    }

    /** Nobody's guess: the service that checks passwords did not answer (Cyrus SASL and Dovecot words). */
    private static boolean isServiceTrouble(String why) {
        return why.startsWith("Connection lost to authentication server")
                || why.startsWith("Temporary authentication failure")
                || why.startsWith("generic failure")
                || why.startsWith("authentication server unavailable");
    }

    private static void putAccount(String account, Event.Builder event) {
        if (!account.isEmpty() && !account.equals("(unavailable)")) {
            event.put(Field.ACCOUNT, account);
        }
    }
}
