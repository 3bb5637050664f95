package postwarden.parse.uwimap;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Logins (2007, env_unix.c, imapd.c, ipop3d.c): {@code Login failed user=sam auth=sam host=a.example [192.0.2.1]}. The
 * user is a stranger's text before the client, so it is taken only where each mark stands once.
 */
final class UwImapLogins {
    static final List<Rule> RULES = List.of(
            new Rule("uw-imap/login-failed", "Login failed", refused(Kind.AUTH_FAILURE, Reason.AUTHENTICATION)),
            new Rule(
                    "uw-imap/login-excessive",
                    "Login excessive login failures",
                    refused(Kind.AUTH_ABUSE, Reason.TOO_MANY_ERRORS)),
            new Rule("uw-imap/login-disabled", "Login disabled", refused(Kind.AUTH_ABUSE, Reason.ACCESS_DENIED)),
            new Rule(
                    "uw-imap/login-too-long",
                    "Login SYSTEM BREAK-IN ATTEMPT",
                    refused(Kind.AUTH_ABUSE, Reason.ACCESS_DENIED)),
            new Rule("uw-imap/override-failed", "Failed ", UwImapLogins::overrideFailed),
            new Rule("uw-imap/mechanism", "AUTHENTICATE ", UwImapLogins::mechanism),
            new Rule("uw-imap/login", "Login user=", UwImapLogins::login),
            new Rule("uw-imap/admin-login", "Admin Login user=", UwImapLogins::login),
            new Rule("uw-imap/apop", "APOP user=", UwImapLogins::login),
            new Rule("uw-imap/auth", "Auth user=", UwImapLogins::login),
            new Rule("uw-imap/authenticated", "Authenticated user=", UwImapLogins::login),
            new Rule("uw-imap/preauthenticated", "Preauthenticated user=", UwImapLogins::login),
            new Rule("uw-imap/anonymous", "Login anonymous=", UwImapLogins::anonymous),
            new Rule("uw-imap/sasl-anonymous", "Authenticated anonymous=", UwImapLogins::anonymous));

    private static final String AUTH = " auth=";
    /** The templates write {@code user=%.64s auth=%.64s} of who was refused, {@code user=%.80s} else. */
    private static final int CUT_OF_REFUSED = 64;

    private static final int CUT_OF_USERS = 80;

    /** These refuse a password through the function that says {@code Login failed}, in a line of its own. */
    private static final Set<String> WITH_A_LINE_OF_THEIR_OWN = Set.of("PLAIN", "LOGIN");

    private static final Set<String> OTHERS = Set.of("CRAM-MD5", "GSSAPI", "GSS-SPNEGO", "EXTERNAL");

    private UwImapLogins() {}

    /** {@code  user=sam auth=sam host=…}; some packages have {@code domain=} between. */
    private static Rule.Reading refused(Kind kind, Reason reason) {
        return (cursor, event) -> {
            String text = cursor.text();
            Tail tail = Tail.of(text);
            if (!cursor.take(" user=") || !tail.present()) {
                return false;
            }
            event.kind(kind).put(Field.REASON, reason);
            tail.put(event);
            int auth = text.indexOf(AUTH, cursor.at());
            if (auth >= 0 && auth == text.lastIndexOf(AUTH) && tail.isOnly(text)) {
                String user = text.substring(cursor.at(), auth);
                int domain = user.indexOf(" domain=");
                account(domain < 0 ? user : user.substring(0, domain), event);
            }
            return true;
        };
    }

    /** {@code Failed boss override of user=sam host=…}: the password was right, but he may not act for others. */
    private static boolean overrideFailed(Cursor cursor, Event.Builder event) {
        Tail tail = Tail.of(cursor.text());
        String actor = cursor.upTo(" override of user=");
        if (cursor.atEnd() || !tail.present()) {
            return false;
        }
        event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.ACCESS_DENIED);
        tail.put(event);
        if (!cursor.ahead(" override of user=") && tail.isOnly(cursor.text())) {
            account(actor, event);
        }
        return true;
    }

    /** {@code AUTHENTICATE CRAM-MD5 failure host=…}, {@code AUTHENTICATE FOO invalid host=…}. */
    private static boolean mechanism(Cursor cursor, Event.Builder event) {
        Tail tail = Tail.of(cursor.text());
        String name = cursor.word().toUpperCase(Locale.ROOT);
        if (!tail.present() || !(cursor.ahead(" failure host=") || cursor.ahead(" invalid host="))) {
            return false;
        }
        if (cursor.sees(" failure host=") && OTHERS.contains(name)) {
            event.kind(Kind.AUTH_FAILURE)
                    .put(Field.REASON, Reason.AUTHENTICATION)
                    .put(Field.AUTH_MECHANISM, name);
        } else if (cursor.sees(" failure host=") && WITH_A_LINE_OF_THEIR_OWN.contains(name)) {
            event.kind(Kind.NO_AUTH).put(Field.AUTH_MECHANISM, name);
        } else {
            event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.SYNTAX);
        }
        tail.put(event);
        return true;
    }

    private static boolean login(Cursor cursor, Event.Builder event) {
        Tail tail = Tail.of(cursor.text());
        if (tail.start() < cursor.at()) {
            return false;
        }
        event.kind(Kind.AUTH_SUCCESS);
        account(cursor.text().substring(cursor.at(), tail.start()), event);
        tail.put(event);
        return true;
    }

    /** The text behind {@code anonymous=} is what the guest typed as his password. */
    private static boolean anonymous(Cursor cursor, Event.Builder event) {
        Tail tail = Tail.of(cursor.text());
        if (!tail.present()) {
            return false;
        }
        event.kind(Kind.AUTH_SUCCESS).put(Field.ACCOUNT, "anonymous");
        tail.put(event);
        return true;
    }

    private static void account(String user, Event.Builder event) {
        boolean cut = user.length() == CUT_OF_REFUSED || user.length() == CUT_OF_USERS;
        if (!user.isEmpty() && !user.equals("???") && !cut) {
            event.put(Field.ACCOUNT, user);
        }
    }
}
