package postwarden.parse.dovecot;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Dovecot's login processes (sources login-common, 2.2 to 2.4): {@code Login: user=<…>, …}, and the same elements behind
 * the reason for which a client was let go: {@code Disconnected: … (auth failed, 1 attempts in 2 secs): user=<…>}.
 *
 * <p>The reason's beginning has changed often ({@code Aborted login}, {@code Disconnected}, {@code Login aborted} since
 * 2.4); what the rules go by is in its brackets and has not. Only what stands before the elements is looked at, and
 * nothing behind {@code last failure: }, which is another server's text.
 */
final class DovecotLogin {
    private static final Says AUTH_FAILED =
            says("(auth failed", "(proxy dest auth failed)", "(proxy dest authentication failure");

    /** The authentication service was at fault; the default {@code auth failed} may follow, and says nothing then. */
    private static final Says UNAVAILABLE = says(
            "Auth process broken",
            "internal failure",
            "temporary failure",
            "auth process communication failure",
            "temporary authentication failure",
            "(proxy dest ",
            "Timeout while finishing login",
            "Logging in timed out");

    static final List<Rule> RULES = List.of(
            new Rule("login/login", "Login: ", DovecotLogin::login),
            new Rule("login/logged-in", "Logged in: ", DovecotLogin::login),
            new Rule(
                    "login/user-ip-limit",
                    "",
                    limit(Limit.USER_IP_CONNECTIONS, says("Maximum number of connections from user+IP exceeded"))),
            new Rule("login/proxy-limit", "", limit(Limit.USER_IP_CONNECTIONS, says("connection limit reached"))),
            // The client that has waited longest without a login goes.
            new Rule(
                    "login/queue-full",
                    "",
                    limit(Limit.SERVER_PROCESSES, says("Connection queue full", "client_limit and process_limit"))),
            new Rule("login/auth-unavailable", "", DovecotLogin::unavailable),
            new Rule("login/auth-failed", "", DovecotLogin::authFailed),
            new Rule("login/tls-failed", "", DovecotLogin::tlsFailed),
            // Refused by policy before any credentials were looked at.
            new Rule(
                    "login/not-allowed",
                    "",
                    abuse(
                            Reason.AUTHENTICATION,
                            says(
                                    "tried to use ",
                                    "cert required",
                                    "Login failed: Plaintext",
                                    "Login failed: Cleartext",
                                    "Login failed: SSL required",
                                    "Plaintext authentication disabled",
                                    "Unsupported authentication mechanism",
                                    "APOP failed: "))),
            new Rule(
                    "login/denied",
                    "",
                    abuse(
                            Reason.ACCESS_DENIED,
                            says(
                                    "(authorization failed",
                                    "(user disabled",
                                    "(password expired",
                                    "(login disabled",
                                    "(anonymous logins disabled"))),
            new Rule(
                    "login/malformed",
                    "",
                    abuse(Reason.SYNTAX, says("sent invalid base64 in response", "contain control characters"))),
            new Rule("login/invalid-commands", "", DovecotLogin::invalidCommands),
            new Rule("login/no-attempts", "", DovecotLogin::noAttempts),
            new Rule("login/proxy-started", "proxy(", DovecotLogin::proxyStarted),
            new Rule("login/proxy-ended", "proxy(", DovecotLogin::proxyEnded),
            new Rule("login/proxy-refused", "proxy(", DovecotLogin::proxyRefused),
            new Rule("login/inactive", "", DovecotLogin::inactive),
            new Rule("login/left", "", DovecotLogin::left),
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

    /** Any of some phrases, in the reason. */
    @FunctionalInterface
    private interface Says {
        boolean in(String reason);
    }

    private static Says says(String... phrases) {
        return reason -> {
            for (String phrase : phrases) {
                if (reason.contains(phrase)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** What stands before the client's elements; empty when there are none. */
    private static String reason(Cursor cursor) {
        int end = LoginElements.start(cursor.text(), cursor.at());
        if (end < 0) {
            return "";
        }
        String reason = cursor.text().substring(cursor.at(), end);
        int foreign = reason.indexOf("last failure: ");
        return foreign < 0 ? reason : reason.substring(0, foreign);
    }

    private static boolean login(Cursor cursor, Event.Builder event) {
        cursor.moveTo(cursor.at() - 2);
        if (LoginElements.start(cursor.text(), cursor.at()) != cursor.at()) {
            return false;
        }
        event.kind(Kind.AUTH_SUCCESS);
        LoginElements.read(cursor.text(), cursor.at(), event);
        return true;
    }

    private static Rule.Reading limit(Limit limit, Says phrases) {
        return (cursor, event) -> {
            String reason = reason(cursor);
            if (!phrases.in(reason)) {
                return false;
            }
            event.kind(Kind.CONNECTION_LIMIT)
                    .put(Field.LIMIT, limit)
                    .put(
                            Field.REASON,
                            limit == Limit.SERVER_PROCESSES ? Reason.OVERLOADED : Reason.TOO_MANY_CONNECTIONS)
                    .put(Field.ORIGIN, Origin.LOCAL);
            number(reason, "mail_max_userip_connections=", Field.LIMIT_VALUE, event);
            return ended(cursor, reason, event);
        };
    }

    private static Rule.Reading abuse(Reason why, Says phrases) {
        return (cursor, event) -> {
            String reason = reason(cursor);
            if (!phrases.in(reason)) {
                return false;
            }
            event.kind(Kind.AUTH_ABUSE).put(Field.REASON, why);
            return ended(cursor, reason, event);
        };
    }

    private static boolean unavailable(Cursor cursor, Event.Builder event) {
        String reason = reason(cursor);
        if (!UNAVAILABLE.in(reason) || reason.contains("(proxy dest auth")) {
            return false;
        }
        event.kind(Kind.AUTH_ERROR).put(Field.REASON, Reason.TEMPORARY_ERROR);
        return ended(cursor, reason, event);
    }

    private static boolean authFailed(Cursor cursor, Event.Builder event) {
        String reason = reason(cursor);
        if (!AUTH_FAILED.in(reason)) {
            return false;
        }
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION).put(Field.ATTEMPTS, 1);
        number(reason, "(auth failed, ", Field.ATTEMPTS, event);
        return ended(cursor, reason, event);
    }

    private static boolean tlsFailed(Cursor cursor, Event.Builder event) {
        String reason = reason(cursor);
        boolean certificate = reason.contains("invalid cert")
                || reason.contains("untrusted cert")
                || reason.contains("didn't send a cert");
        boolean handshake = reason.contains("disconnected during TLS handshake");
        int tail = cursor.text().lastIndexOf(", lip=");
        boolean before = (reason.contains("no auth attempts") || reason.contains("before auth was ready"))
                && tail >= 0
                && (cursor.text().indexOf(", TLS handshaking", tail) >= 0
                        || cursor.text().indexOf("SSL_accept", tail) >= 0);
        if (!certificate && !handshake && !before) {
            return false;
        }
        event.kind(Kind.TLS_ERROR).put(Field.REASON, Reason.TLS).put(Field.STAGE, Stage.STARTTLS);
        return ended(cursor, "", event);
    }

    private static boolean noAttempts(Cursor cursor, Event.Builder event) {
        String reason = reason(cursor);
        if (!reason.contains("no auth attempts") && !reason.contains("before auth was ready")) {
            return false;
        }
        event.kind(Kind.NO_AUTH);
        return ended(cursor, reason, event);
    }

    private static boolean invalidCommands(Cursor cursor, Event.Builder event) {
        if (!says("Too many invalid", "Too many bad").in(reason(cursor))) {
            return false;
        }
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.TOO_MANY_ERRORS);
        return ended(cursor, "", event);
    }

    private static boolean inactive(Cursor cursor, Event.Builder event) {
        if (!reason(cursor).contains("Inactivity")) {
            return false;
        }
        event.kind(Kind.TIMEOUT);
        return ended(cursor, "", event);
    }

    /** Left in the middle of a login, or the process was shut down: nobody knows whether the credentials were right. */
    private static boolean left(Cursor cursor, Event.Builder event) {
        String reason = reason(cursor);
        boolean during = says(
                        "while authenticating",
                        "while finishing login",
                        "didn't finish SASL auth",
                        "aborted authentication",
                        "auth aborted by client")
                .in(reason);
        boolean ended = says(
                        "Disconnected", "Aborted login", "Login aborted", "closed connection", "quit the connection")
                .in(reason);
        if (!during && !ended) {
            return false;
        }
        event.kind(Kind.LOST_CONNECTION);
        if (during) {
            event.put(Field.STAGE, Stage.AUTH);
        }
        return ended(cursor, reason, event);
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
        String reason = reason(cursor);
        if (!reason.contains("): Started proxying to ") && !reason.contains("): started proxying to ")) {
            return false;
        }
        event.kind(Kind.AUTH_SUCCESS);
        return ended(cursor, "", event);
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

    private static boolean ended(Cursor cursor, String reason, Event.Builder event) {
        number(reason, "attempts in ", Field.DURATION, event);
        number(reason, "waited ", Field.DURATION, event);
        LoginElements.read(cursor.text(), LoginElements.start(cursor.text(), cursor.at()), event);
        return true;
    }

    /** Puts the number behind a mark in the reason. */
    private static void number(String reason, String mark, Field field, Event.Builder event) {
        int found = reason.indexOf(mark);
        if (found < 0) {
            return;
        }
        Cursor cursor = new Cursor(reason);
        cursor.moveTo(found + mark.length());
        long number = cursor.number();
        if (number >= 0 && field == Field.DURATION) {
            event.put(field, (double) number);
        } else if (number >= 0) {
            event.put(field, number);
        }
    }
}
