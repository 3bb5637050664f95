package postwarden.parse.proftpd;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;

/**
 * Logins to ProFTPD (1.3.8: mod_auth.c, mod_tls.c, contrib/mod_sftp). The user is what a stranger typed, so what follows
 * it is looked for from the right.
 */
final class ProftpdLogin {
    private static final String FAILED = " (Login failed): ";
    private static final String NO_USER = ": no such user found from ";

    /** Reasons behind {@code (Login failed)} that are no word on what the client gave. */
    private static final List<String> NOT_THE_CLIENTS_FAULT = List.of(
            "Unavailable authentication service",
            "Failed initializing authentication service",
            "Failure setting credentials",
            "Unavailable credentials",
            "Unable to retrieve user information");

    /** Reasons that are a rule of this host, whatever the password. */
    private static final List<String> BY_POLICY = List.of(
            "Limit access denies",
            "Limit configuration denies",
            "keyboard-interactive authentication disabled",
            "cipher algorithm ",
            "unsupported public key algorithm",
            "unsupported host key algorithm",
            "blocked by ");

    static final List<Rule> RULES = List.of(
            new Rule("proftpd/login", "USER ", ProftpdLogin::succeeded),
            new Rule("proftpd/anonymous-login", "ANON ", ProftpdLogin::succeeded),
            new Rule("proftpd/login-failed", "USER ", ProftpdLogin::failed),
            new Rule("proftpd/anonymous-failed", "ANON ", ProftpdLogin::failed),
            new Rule("proftpd/no-such-user", "USER ", ProftpdLogin::noSuchUser),
            new Rule("proftpd/no-alias", "USER ", ProftpdLogin::noAlias),
            new Rule("proftpd/denied", "USER ", ProftpdLogin::denied),
            new Rule("proftpd/anonymous-denied", "ANON ", ProftpdLogin::denied),
            new Rule("proftpd/no-password-needed", "USER ", ends(": Authenticated without password")),
            new Rule("proftpd/empty-password", "Refusing empty password from user '", ProftpdLogin::emptyPassword),
            new Rule("proftpd/root", "SECURITY VIOLATION: ", ProftpdLogin::root),
            new Rule("proftpd/too-many-attempts", "Maximum login attempts (", ProftpdLogin::tooManyAttempts),
            Remarks.beginning(
                    "proftpd/login-note",
                    Kind.OTHER,
                    "ROOT FTP login successful",
                    "ROOT SFTP login successful",
                    "ANON AUTH: User "),
            Remarks.beginning(
                    "proftpd/login-warning",
                    Kind.WARNING,
                    "no such user '",
                    "PAM(",
                    "client-provided password size exceeds ",
                    "account for user '",
                    "login restricted for user '",
                    "password expired for user '",
                    "AIX ",
                    "sia_ses_"));

    private ProftpdLogin() {}

    /** {@code USER sam: Login successful.}; also {@code TLS/X509 … authentication successful}. */
    private static boolean succeeded(Cursor cursor, Event.Builder event) {
        String text = withoutDot(cursor.text());
        int end = text.lastIndexOf(": ");
        String said = end < cursor.at() ? "" : text.substring(end + 2);
        if (!said.equals("Login successful") && !(said.startsWith("TLS/X509 ") && said.endsWith(" successful"))) {
            return false;
        }
        String user = text.substring(cursor.at(), end);
        boolean anonymous = text.startsWith("ANON ", cursor.at() - "ANON ".length());
        event.kind(Kind.AUTH_SUCCESS).put(Field.ACCOUNT, anonymous && user.isEmpty() ? "anonymous" : user);
        return true;
    }

    /** {@code USER sam (Login failed): Incorrect password}. */
    private static boolean failed(Cursor cursor, Event.Builder event) {
        int end = cursor.text().lastIndexOf(FAILED);
        if (end < cursor.at() || cursor.text().lastIndexOf(NO_USER) > end) {
            return false;
        }
        String user = cursor.text().substring(cursor.at(), end);
        String why = cursor.text().substring(end + FAILED.length());
        if (NOT_THE_CLIENTS_FAULT.stream().anyMatch(why::startsWith)) {
            event.kind(Kind.AUTH_ERROR).put(Field.REASON, Reason.TEMPORARY_ERROR);
        } else if (BY_POLICY.stream().anyMatch(why::startsWith)) {
            event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.ACCESS_DENIED);
        } else {
            event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        }
        event.put(Field.ACCOUNT, user);
        return true;
    }

    /** {@code USER sam: no such user found from host [192.0.2.1] to 192.0.2.25:21}. */
    private static boolean noSuchUser(Cursor cursor, Event.Builder event) {
        return unknown(NO_USER, cursor, event);
    }

    private static boolean noAlias(Cursor cursor, Event.Builder event) {
        return unknown(": user is not a UserAlias from ", cursor, event);
    }

    private static boolean unknown(String words, Cursor cursor, Event.Builder event) {
        int end = cursor.text().lastIndexOf(words);
        if (end < cursor.at()) {
            return false;
        }
        event.kind(Kind.AUTH_FAILURE)
                .put(Field.REASON, Reason.AUTHENTICATION)
                .put(Field.ACCOUNT, cursor.text().substring(cursor.at(), end));
        cursor.moveTo(cursor.text().lastIndexOf(" to "));
        if (cursor.take(" to ")) {
            server(cursor.rest().trim(), event);
        }
        return true;
    }

    private static void server(String addressAndPort, Event.Builder event) {
        int colon = addressAndPort.lastIndexOf(':');
        String ip = colon < 0 ? "" : Addresses.canonical(addressAndPort.substring(0, colon));
        if (!ip.isEmpty()) {
            long port = new Cursor(addressAndPort.substring(colon + 1)).number();
            event.put(Field.SERVER_IP, ip).put(Field.SERVER_PORT, port);
        }
    }

    /** {@code USER sam: Limit access denies login.}, said after the password was found right. */
    private static boolean denied(Cursor cursor, Event.Builder event) {
        for (String words : List.of(
                ": Limit access denies login",
                ": Limit configuration denies login",
                ": AnonRejectPasswords denies login")) {
            if (withoutDot(cursor.text()).endsWith(words)) {
                event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.ACCESS_DENIED);
                event.put(
                        Field.ACCOUNT,
                        cursor.text().substring(cursor.at(), cursor.text().lastIndexOf(words)));
                return true;
            }
        }
        return false;
    }

    /** The attempt's outcome is on another line. */
    private static Rule.Reading ends(String words) {
        return (cursor, event) -> cursor.text().endsWith(words) && Remarks.put(Kind.OTHER, event);
    }

    private static boolean emptyPassword(Cursor cursor, Event.Builder event) {
        String user = cursor.rest();
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        event.put(Field.ACCOUNT, user.endsWith("'") ? user.substring(0, user.length() - 1) : user);
        return true;
    }

    /** {@code SECURITY VIOLATION: root login attempted.}: root may not log in, whatever the password. */
    private static boolean root(Cursor cursor, Event.Builder event) {
        if (!cursor.take("Root login attempted") && !cursor.take("root login attempted")) {
            return false;
        }
        event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.ACCESS_DENIED).put(Field.ACCOUNT, "root");
        return true;
    }

    private static boolean tooManyAttempts(Cursor cursor, Event.Builder event) {
        long limit = cursor.number();
        event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.TOO_MANY_ERRORS).put(Field.LIMIT_VALUE, limit);
        return limit >= 0;
    }

    private static String withoutDot(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
