package postwarden.parse.dovecot;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Dovecot's login processes (sources login-common, 2.2 to 2.4): {@code Login: user=<…>, …}, the same elements behind the
 * reason for which a client was let go ({@link LetGo}), and what is said of proxies and of the way to the authentication
 * service.
 */
final class DovecotLogin {
    static final List<Rule> RULES = List.of(
            new Rule("login/login", "Login: ", DovecotLogin::login),
            new Rule("login/logged-in", "Logged in: ", DovecotLogin::login),
            new Rule(
                    "login/user-ip-limit",
                    "",
                    LetGo.limit(Limit.USER_IP_CONNECTIONS, "Maximum number of connections from user+IP exceeded")),
            new Rule("login/proxy-limit", "", LetGo.limit(Limit.USER_IP_CONNECTIONS, "connection limit reached")),
            // The client that has waited longest without a login goes.
            new Rule(
                    "login/queue-full",
                    "",
                    LetGo.limit(Limit.SERVER_PROCESSES, "Connection queue full", "client_limit and process_limit")),
            new Rule("login/auth-unavailable", "", LetGo::unavailable),
            new Rule("login/auth-failed", "", LetGo::authFailed),
            new Rule("login/tls-failed", "", LetGo::tlsFailed),
            // Refused by policy before any credentials were looked at.
            new Rule(
                    "login/not-allowed",
                    "",
                    LetGo.abuse(
                            Reason.AUTHENTICATION,
                            "tried to use ",
                            "cert required",
                            "Login failed: Plaintext",
                            "Login failed: Cleartext",
                            "Login failed: SSL required",
                            "Plaintext authentication disabled",
                            "Unsupported authentication mechanism",
                            "APOP failed: ")),
            new Rule(
                    "login/denied",
                    "",
                    LetGo.abuse(
                            Reason.ACCESS_DENIED,
                            "(authorization failed",
                            "(user disabled",
                            "(password expired",
                            "(login disabled",
                            "(anonymous logins disabled")),
            new Rule(
                    "login/malformed",
                    "",
                    LetGo.abuse(Reason.SYNTAX, "sent invalid base64 in response", "contain control characters")),
            new Rule("login/invalid-commands", "", LetGo::invalidCommands),
            new Rule("login/no-attempts", "", LetGo::noAttempts),
            new Rule("login/proxy-started", "proxy(", DovecotLogin::proxyStarted),
            new Rule("login/proxy-ended", "proxy(", DovecotLogin::proxyEnded),
            new Rule("login/proxy-refused", "proxy(", DovecotLogin::proxyRefused),
            new Rule("login/inactive", "", LetGo::inactive),
            new Rule("login/left", "", LetGo::left),
            new Rule("login/id", "", DovecotLogin::id),
            new Rule("login/access", "access(", DovecotLogin::access),
            new Rule("login/auth-slow", "Warning: Auth process not responding", DovecotLogin::authSlow),
            new Rule(
                    "login/auth-connection",
                    "Error: Timeout waiting for handshake from auth server",
                    DovecotLogin::authSlow),
            new Rule("login/error", "Error: ", DovecotLogin::error),
            new Rule("login/other", "", DovecotLogin::other));

    private DovecotLogin() {}

    private static boolean login(Cursor cursor, Event.Builder event) {
        cursor.moveTo(cursor.at() - 2);
        if (LoginElements.start(cursor.text(), cursor.at()) != cursor.at()) {
            return false;
        }
        event.kind(Kind.AUTH_SUCCESS);
        LoginElements.read(cursor.text(), cursor.at(), event);
        return true;
    }

    /** {@code ID sent: name=…}: the client's own words, which may look like elements; they name nobody. */
    private static boolean id(Cursor cursor, Event.Builder event) {
        if (!cursor.sees("ID sent") && !cursor.sees("Pre-login ")) {
            return false;
        }
        event.kind(Kind.OTHER).put(Field.TEXT, "ID sent");
        return true;
    }

    /** {@code access(tcpwrap): Client refused (rip=192.0.2.1)} (login_access_sockets). */
    private static boolean access(Cursor cursor, Event.Builder event) {
        cursor.upTo("): ");
        if (!cursor.take("Client refused (rip=")) {
            return false;
        }
        event.kind(Kind.REJECT).put(Field.REASON, Reason.ACCESS_DENIED).put(Field.ORIGIN, Origin.LOCAL);
        String ip = Addresses.canonical(cursor.upTo(')'));
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        }
        return true;
    }

    /** The login went well there: {@code proxy(user,10.0.0.2:143): Started proxying to <10.0.0.2>: user=<…>}. */
    private static boolean proxyStarted(Cursor cursor, Event.Builder event) {
        String reason = LetGo.reason(cursor);
        if (!reason.contains("): Started proxying to ") && !reason.contains("): started proxying to ")) {
            return false;
        }
        event.kind(Kind.AUTH_SUCCESS);
        return elements(cursor, event);
    }

    /** {@code proxy(user): disconnecting 1.2.3.4 (Disconnected by server)}, {@code proxy(…): Disconnected by client (…)}. */
    private static boolean proxyEnded(Cursor cursor, Event.Builder event) {
        if (!cursor.ahead("): disconnecting ") && !cursor.ahead("): Disconnected by ")) {
            return false;
        }
        event.kind(Kind.LOGOUT);
        return elements(cursor, event);
    }

    /** {@code proxy(…): Login failed: } and what the other server said, which is not said to be about credentials. */
    private static boolean proxyRefused(Cursor cursor, Event.Builder event) {
        if (!cursor.ahead("): Login failed")) {
            return false;
        }
        event.kind(Kind.OTHER).put(Field.TEXT, "proxy: Login failed");
        return true;
    }

    private static boolean authSlow(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_ERROR).put(Field.REASON, Reason.TIMED_OUT).put(Field.TEXT, cursor.text());
        return elements(cursor, event);
    }

    private static boolean error(Cursor cursor, Event.Builder event) {
        event.kind(Kind.ERROR).put(Field.TEXT, GivenPassword.cut(cursor.text()));
        return elements(cursor, event);
    }

    /** Reads whom it is about, if that is said. */
    private static boolean elements(Cursor cursor, Event.Builder event) {
        int start = LoginElements.start(cursor.text(), cursor.at());
        if (start >= 0) {
            LoginElements.read(cursor.text(), start, event);
        }
        return true;
    }

    /** Anything else that is said of a client, such as a plugin's words. */
    private static boolean other(Cursor cursor, Event.Builder event) {
        if (LoginElements.start(cursor.text(), cursor.at()) < 0 || Levels.isWorse(cursor)) {
            return false;
        }
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.text());
        return true;
    }
}
