package postwarden.parse.dovecot;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Dovecot's authentication service: {@code passwd-file(user,ip,<session>): Password mismatch}, and PAM's line in its name.
 *
 * <p>The user is a stranger's text and stands first; client and session are read from the right of the bracket that the
 * known text follows, and nobody is named where that text follows more than one.
 */
final class DovecotAuth {
    static final List<Rule> RULES = List.of(
            new Rule("auth/worker-repeats", "(", DovecotAuth::workerRepeats),
            new Rule("auth/mismatch", "", subject("Password mismatch", DovecotAuth::failure)),
            new Rule("auth/unknown-user", "", subject("unknown user", DovecotAuth::failure)),
            new Rule("auth/pam-failed", "", subject("pam_authenticate() failed: ", DovecotAuth::failure)),
            new Rule("auth/ldap-invalid", "", subject("invalid credentials", DovecotAuth::failure)),
            new Rule("auth/bad-characters", "", subject("Username character disallowed", DovecotAuth::abuse)),
            new Rule("auth/bad-data", "", subject("Invalid base64 data", DovecotAuth::abuse)),
            new Rule("auth/empty-user", "", subject("Empty username", DovecotAuth::abuse)),
            new Rule("auth/disabled", "", subject("User is disabled", DovecotAuth::failure)),
            new Rule("auth/policy", "", subject("Authentication failure due to policy", DovecotAuth::abuse)),
            new Rule("auth/penalty", "", subject("Auth penalty", DovecotAuth::penalty)),
            new Rule("auth/pam", "pam_unix(dovecot:auth): authentication failure;", DovecotAuth::pam),
            new Rule("auth/pam-unknown", "pam_unix(dovecot:auth): check pass; user unknown", DovecotAuth::pamNote),
            new Rule("auth/client-gone", "Error: auth client ", DovecotAuth::clientGone),
            new Rule("auth/worker-failed", "Error: auth worker: Aborted ", DovecotAuth::error),
            new Rule("auth/worker-limit", "Warning: auth workers: Auth request was queued for ", DovecotAuth::error),
            new Rule("auth/database", "Error: ", DovecotAuth::database));

    /** Beginnings of errors of the databases behind (sources 2.3: db-sql.c, db-ldap.c, passdb-pam.c). */
    private static final List<String> DATABASES =
            List.of("mysql(", "pgsql(", "sqlite(", "ldap(", "LDAP: ", "sql(", "passwd-file ", "pam(");

    private DovecotAuth() {}

    /** A reading for lines in which a user and a client stand before these words. */
    private static Rule.Reading subject(String words, Rule.Reading meaning) {
        return (cursor, event) -> {
            String text = cursor.text();
            int end = text.indexOf(words, cursor.at());
            int open = text.indexOf('(', cursor.at());
            boolean since24 = cursor.peek() == '(';
            if (end < 0
                    || open < 0
                    || open > end
                    || !(since24 ? text.startsWith(": ", end - 2) : text.startsWith("): ", end - 3))) {
                return false;
            }
            meaning.read(cursor, event);
            // A user, or a password that is logged in clear, may hold the words as well.
            if (text.indexOf(words, end + 1) >= 0) {
                event.put(Field.AMBIGUOUS, true);
            } else if (since24) {
                owner(text.substring(open + 1, end), event);
            } else {
                identity(text.substring(open + 1, end - 3), event);
            }
            return true;
        };
    }

    /** Reads {@code user,ip,sasl:plain)<session>: Info: sql: } from the right. */
    private static void owner(String words, Event.Builder event) {
        int close = words.lastIndexOf(")<");
        int end = words.indexOf('>', close + 2);
        if (close < 0 || end < 0) {
            event.put(Field.AMBIGUOUS, true);
            return;
        }
        event.put(Field.SESSION, words.substring(close + 2, end));
        int mechanism = words.lastIndexOf(",sasl:", close);
        if (mechanism >= 0) {
            event.put(Field.AUTH_MECHANISM, words.substring(mechanism + ",sasl:".length(), close));
        }
        identity(words.substring(0, mechanism < 0 ? close : mechanism), event);
    }

    /** Reads {@code user,ip,<session>} from the right. */
    private static void identity(String words, Event.Builder event) {
        String left = words;
        int session = left.lastIndexOf(",<");
        if (session >= 0 && left.endsWith(">")) {
            event.put(Field.SESSION, left.substring(session + 2, left.length() - 1));
            left = left.substring(0, session);
        }
        int comma = left.lastIndexOf(',');
        String ip = comma < 0 ? "" : Addresses.canonical(left.substring(comma + 1));
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
            left = left.substring(0, comma);
        }
        if (!left.isEmpty() && !left.equals("?")) {
            event.put(Field.ACCOUNT, left);
        }
    }

    /** Since 2.4 the worker says first what the authentication process then says for itself; counted there. */
    private static boolean workerRepeats(Cursor cursor, Event.Builder event) {
        if (!cursor.ahead(">: request [")) {
            return false;
        }
        event.kind(Kind.OTHER);
        return true;
    }

    private static boolean failure(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        return true;
    }

    private static boolean abuse(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_ABUSE).put(Field.STAGE, Stage.AUTH);
        return true;
    }

    private static boolean penalty(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER);
        return true;
    }

    /**
     * {@code … ruser=user rhost=1.2.3.4  user=user}: the first user is a stranger's text, the second stands only when that
     * user exists, so the last {@code rhost=} is PAM's.
     */
    private static boolean pam(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        int host = cursor.text().lastIndexOf(" rhost=");
        if (host < 0) {
            return true;
        }
        cursor.moveTo(host + " rhost=".length());
        String ip = Addresses.canonical(cursor.word());
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        }
        cursor.skipSpaces();
        if (cursor.take("user=")) {
            event.put(Field.ACCOUNT, cursor.rest());
        }
        return true;
    }

    private static boolean pamNote(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER);
        return true;
    }

    private static boolean clientGone(Cursor cursor, Event.Builder event) {
        if (!cursor.ahead(" disconnected with ")) {
            return false;
        }
        event.kind(Kind.OTHER).put(Field.TEXT, "auth client " + cursor.rest());
        return true;
    }

    private static boolean error(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_ERROR).put(Field.REASON, Reason.TEMPORARY_ERROR).put(Field.TEXT, cursor.text());
        return true;
    }

    private static boolean database(Cursor cursor, Event.Builder event) {
        return DATABASES.stream().anyMatch(cursor::sees) && error(cursor, event);
    }
}
