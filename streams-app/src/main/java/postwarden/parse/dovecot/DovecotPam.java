package postwarden.parse.dovecot;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;

/**
 * What PAM's modules log in the name of Dovecot's authentication (Linux-PAM 1.5, pam_unix):
 * {@code pam_unix(dovecot:auth): authentication failure; … ruser=user rhost=1.2.3.4  user=user}.
 *
 * <p>{@code ruser} is what the client sent, {@code user} stands only when that user exists.
 */
final class DovecotPam {
    /** {@code pam_unix(dovecot:auth): } today, {@code (pam_unix) } before Linux-PAM 0.99. */
    private static final String FAILURE = " authentication failure;";

    private static final String HOST = " rhost=";
    private static final String REMOTE_USER = " ruser=";

    private DovecotPam() {}

    /** Whether one of PAM's modules wrote what stands here; the database {@code pam(user,…)} is Dovecot's own. */
    static boolean isHere(Cursor cursor) {
        return cursor.sees("pam_") || cursor.sees("(pam_") || cursor.sees("PAM ");
    }

    static boolean failed(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int words = text.indexOf(' ', cursor.at());
        if (words < 0 || !text.startsWith(FAILURE, words)) {
            return false;
        }
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        // The remote user may hold the words that stand before a host; PAM's own come last.
        int host = text.lastIndexOf(HOST);
        int remote = text.indexOf(REMOTE_USER, words);
        if (host < words) {
            return true;
        }
        cursor.moveTo(host + HOST.length());
        put(Field.CLIENT_IP, Addresses.canonical(cursor.word()), event);
        cursor.skipSpaces();
        if (cursor.take("user=")) {
            put(Field.ACCOUNT, cursor.rest(), event);
        } else if (cursor.atEnd() && remote >= 0 && text.indexOf(HOST, words) == host) {
            put(Field.ACCOUNT, text.substring(Math.min(remote + REMOTE_USER.length(), host), host), event);
        }
        return true;
    }

    /** {@code check pass; user unknown}, sessions, tokens: the failure itself is a line of its own. */
    static boolean note(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER);
        return true;
    }

    /** {@code PAM unable to dlopen(pam_x.so)}, {@code PAM adding faulty module}. */
    static boolean trouble(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_ERROR)
                .put(Field.REASON, Reason.SERVER_CONFIGURATION)
                .put(Field.TEXT, cursor.text());
        return true;
    }

    private static void put(Field field, String value, Event.Builder event) {
        if (!value.isEmpty()) {
            event.put(field, value);
        }
    }
}
