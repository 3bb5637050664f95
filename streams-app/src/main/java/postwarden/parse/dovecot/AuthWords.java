package postwarden.parse.dovecot;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * What Dovecot's password databases and mechanisms say of a login (sources 2.2 to 2.4: auth-request.c, passdb-*.c,
 * mech-*.c, lib-sasl), read where their words begin. Whom it is about stands in the event already.
 */
final class AuthWords {
    /** The rule for all words that are not known. */
    static final String OTHER = "auth/note";

    private static final String FOR_BIND = " (for LDAP bind)";
    private static final String PAM_FAILED = "pam_authenticate() failed: ";

    /** How a line ends that tells of one database of several: another may still accept what this one refused. */
    private static final List<String> GOES_ON = List.of(" - trying the next passdb", " - trying the next userdb");

    static final List<Rule> RULES = List.of(
            new Rule("auth/next-database", "", AuthWords::goesOn),
            rule("auth/mismatch", AuthMeaning.REFUSED, "Password mismatch", "password mismatch"),
            rule("auth/unknown-user", AuthMeaning.REFUSED, "unknown user", "Unknown user", "User unknown"),
            new Rule("auth/pam-failed", PAM_FAILED, AuthWords::pam),
            rule(
                    "auth/refused",
                    AuthMeaning.REFUSED,
                    "invalid credentials",
                    "Invalid credentials",
                    "Login failed (status=",
                    "Login attempt with empty password",
                    "user not authenticated: ",
                    "[AUTHENTICATIONFAILED]",
                    "oauth2 failed: "),
            rule(
                    "auth/bad-characters",
                    AuthMeaning.MALFORMED,
                    "Username character disallowed",
                    "Username contains ",
                    "Username+password combination too long",
                    "Attempted login with password having illegal chars",
                    "NULs in "),
            rule(
                    "auth/bad-data",
                    AuthMeaning.MALFORMED,
                    "Invalid ",
                    "invalid input",
                    "invalid challenge",
                    "invalid digest size",
                    "invalid hex in digest",
                    "malformed data",
                    "missing digest",
                    "no initial response",
                    "Response payload is missing",
                    "Client requested "),
            rule(
                    "auth/empty-user",
                    AuthMeaning.MALFORMED,
                    "Empty username",
                    "empty username",
                    "Username not known",
                    "username not known",
                    "Username or token missing",
                    "Missing "),
            rule(
                    "auth/disabled",
                    AuthMeaning.DENIED,
                    "User is disabled",
                    "user disabled",
                    "User found from deny passdb",
                    "pam_acct_mgmt() failed: ",
                    "invalid password field",
                    "allow_nets check failed",
                    "allow_real_nets check failed",
                    "Attempted master login",
                    "User not authorized to log in as ",
                    "login user: ",
                    "Cross-realm authentication not supported"),
            rule("auth/policy", AuthMeaning.POLICY, "Authentication failure due to policy"),
            rule("auth/timeout", AuthMeaning.TIMEOUT, "Request timed out waiting for client"),
            rule("auth/penalty", AuthMeaning.NOTE, "Auth penalty"),
            new Rule(OTHER, "", AuthWords::other));

    /** What PAM says when it could not look, rather than that it refused (Linux-PAM, pam_strerror.c). */
    private static final List<String> PAM_BROKEN = List.of(
            "Authentication service cannot retrieve",
            "System error",
            "Module is unknown",
            "Critical error",
            "Failed to load module",
            "Symbol not found",
            "Error in service module",
            "Memory buffer error",
            "Conversation ",
            "The return value should be ignored",
            "Bad item passed",
            "General failure",
            "Insufficient credentials to access");

    private AuthWords() {}

    private static Rule rule(String name, AuthMeaning meaning, String... beginnings) {
        return new Rule(name, "", (cursor, event) -> {
            for (String words : beginnings) {
                if (cursor.take(words)) {
                    meaning.put(event);
                    hash(meaning, cursor, event);
                    return true;
                }
            }
            return false;
        });
    }

    /** Not refused yet; a user of the second database leaves such a line with every login. */
    private static boolean goesOn(Cursor cursor, Event.Builder event) {
        return GOES_ON.stream().anyMatch(cursor.text()::endsWith) && other(cursor, event);
    }

    private static void hash(AuthMeaning meaning, Cursor cursor, Event.Builder event) {
        cursor.take(FOR_BIND);
        if (meaning == AuthMeaning.REFUSED && !event.has(Field.AMBIGUOUS)) {
            GivenPassword.hash(cursor.text(), cursor.at(), event);
        }
    }

    private static boolean pam(Cursor cursor, Event.Builder event) {
        boolean broken =
                PAM_BROKEN.stream().anyMatch(cursor::sees) || cursor.text().endsWith(" missing?)");
        (broken ? AuthMeaning.BROKEN : AuthMeaning.REFUSED).put(event);
        String likely = "Authentication failure (";
        if (cursor.take(likely) && (cursor.take("Password mismatch?)") || cursor.take("password mismatch?)"))) {
            hash(AuthMeaning.REFUSED, cursor, event);
        }
        return true;
    }

    private static boolean other(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER).put(Field.TEXT, GivenPassword.cut(cursor.text()));
        return true;
    }
}
