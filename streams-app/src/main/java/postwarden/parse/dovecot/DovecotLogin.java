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
 * Dovecot's login processes: {@code Login: user=<…>, method=…, rip=…, lip=…, mpid=…, TLS, session=<…>}, and the same
 * behind the reason for which a client was let go: {@code Disconnected: … (auth failed, 1 attempts in 2 secs): user=<…>}.
 *
 * <p>The reason's beginning has changed often ({@code Aborted login}, {@code Disconnected}, and {@code Login aborted}
 * since 2.4, which adds {@code (auth_failed)}); what the rules go by is in brackets and has not.
 */
final class DovecotLogin {
    static final List<Rule> RULES = List.of(
            new Rule("login/login", "Login: ", DovecotLogin::login),
            new Rule("login/logged-in", "Logged in: ", DovecotLogin::login),
            new Rule("login/user-ip-limit", "", DovecotLogin::userIpLimit),
            new Rule("login/queue-full", "", DovecotLogin::queueFull),
            new Rule("login/auth-failed", "", DovecotLogin::authFailed),
            new Rule("login/tls-failed", "", DovecotLogin::tlsFailed),
            new Rule("login/invalid-commands", "", DovecotLogin::invalidCommands),
            new Rule("login/no-attempts", "", DovecotLogin::noAttempts),
            new Rule("login/not-allowed", "", DovecotLogin::notAllowed),
            new Rule("login/auth-unavailable", "", DovecotLogin::authUnavailable),
            new Rule("login/inactive", "", DovecotLogin::inactive),
            new Rule("login/left", "", DovecotLogin::left),
            new Rule("login/proxy", "proxy(", DovecotLogin::proxy),
            new Rule("login/auth-slow", "Warning: Auth process not responding", DovecotLogin::authSlow),
            new Rule(
                    "login/auth-connection",
                    "Error: Timeout waiting for handshake from auth server",
                    DovecotLogin::authSlow),
            new Rule("login/anvil", "Error: anvil: ", DovecotLogin::error));

    /** What the client's part begins with; old versions leave the user out where there is none. */
    private static final List<String> CLIENT = List.of(": user=<", ": method=", ": rip=");

    private DovecotLogin() {}

    private static boolean login(Cursor cursor, Event.Builder event) {
        if (!cursor.take("user=<")) {
            return false;
        }
        event.kind(Kind.AUTH_SUCCESS);
        client(cursor, event);
        return true;
    }

    private static boolean userIpLimit(Cursor cursor, Event.Builder event) {
        if (!says(cursor, "Maximum number of connections from user+IP exceeded")) {
            return false;
        }
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.LIMIT, Limit.USER_IP_CONNECTIONS)
                .put(Field.REASON, Reason.TOO_MANY_CONNECTIONS)
                .put(Field.ORIGIN, Origin.LOCAL);
        number(cursor, "mail_max_userip_connections=", Field.LIMIT_VALUE, event);
        return ended(cursor, event);
    }

    /** All login processes are busy: the client that has waited longest without a login goes. */
    private static boolean queueFull(Cursor cursor, Event.Builder event) {
        if (!says(cursor, "Connection queue full")) {
            return false;
        }
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.LIMIT, Limit.SERVER_PROCESSES)
                .put(Field.REASON, Reason.OVERLOADED)
                .put(Field.ORIGIN, Origin.LOCAL);
        number(cursor, "attempts in ", Field.DURATION, event);
        number(cursor, "waited ", Field.DURATION, event);
        return ended(cursor, event);
    }

    private static boolean authFailed(Cursor cursor, Event.Builder event) {
        if (!says(cursor, "(auth failed")) {
            return false;
        }
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION).put(Field.ATTEMPTS, 1);
        number(cursor, "(auth failed, ", Field.ATTEMPTS, event);
        number(cursor, "attempts in ", Field.DURATION, event);
        return ended(cursor, event);
    }

    private static boolean tlsFailed(Cursor cursor, Event.Builder event) {
        boolean certificate = says(cursor, "invalid cert") || says(cursor, "didn't send a cert");
        int tail = cursor.text().lastIndexOf(", lip=");
        boolean handshake = tail >= 0
                && (cursor.text().indexOf("TLS handshaking", tail) >= 0
                        || cursor.text().indexOf("SSL_accept", tail) >= 0);
        if (!certificate && !(handshake && says(cursor, "no auth attempts"))) {
            return false;
        }
        event.kind(Kind.TLS_ERROR).put(Field.REASON, Reason.TLS).put(Field.STAGE, Stage.STARTTLS);
        return ended(cursor, event);
    }

    private static boolean noAttempts(Cursor cursor, Event.Builder event) {
        if (!says(cursor, "no auth attempts") && !says(cursor, "before auth was ready")) {
            return false;
        }
        event.kind(Kind.NO_AUTH);
        number(cursor, "attempts in ", Field.DURATION, event);
        number(cursor, "waited ", Field.DURATION, event);
        return ended(cursor, event);
    }

    private static boolean invalidCommands(Cursor cursor, Event.Builder event) {
        if (!says(cursor, "Too many invalid")) {
            return false;
        }
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.TOO_MANY_ERRORS);
        return ended(cursor, event);
    }

    /** Refused by policy before any credentials were looked at. */
    private static boolean notAllowed(Cursor cursor, Event.Builder event) {
        if (!says(cursor, "tried to use disallowed ")
                && !says(cursor, "tried to use disabled ")
                && !says(cursor, "tried to use unsupported auth mechanism")
                && !says(cursor, "cert required")) {
            return false;
        }
        event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.AUTHENTICATION);
        return ended(cursor, event);
    }

    private static boolean authUnavailable(Cursor cursor, Event.Builder event) {
        if (!says(cursor, "internal failure")
                && !says(cursor, "temporary failure")
                && !says(cursor, "Auth process broken")) {
            return false;
        }
        event.kind(Kind.AUTH_ERROR).put(Field.REASON, Reason.TEMPORARY_ERROR);
        return ended(cursor, event);
    }

    private static boolean inactive(Cursor cursor, Event.Builder event) {
        if (!says(cursor, "Inactivity")) {
            return false;
        }
        event.kind(Kind.TIMEOUT);
        return ended(cursor, event);
    }

    /** Left in the middle of a login: nobody knows whether the credentials were right. */
    private static boolean left(Cursor cursor, Event.Builder event) {
        if (reasonEnd(cursor) < 0) {
            return false;
        }
        if (!cursor.sees("Disconnected") && !cursor.sees("Aborted login") && !cursor.sees("Login aborted")) {
            return false;
        }
        boolean during = says(cursor, "while authenticating")
                || says(cursor, "while finishing login")
                || says(cursor, "didn't finish SASL auth");
        event.kind(during ? Kind.LOST_CONNECTION : Kind.DISCONNECT);
        if (during) {
            event.put(Field.STAGE, Stage.AUTH);
        }
        number(cursor, "waited ", Field.DURATION, event);
        return ended(cursor, event);
    }

    private static boolean proxy(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER).put(Field.TEXT, "proxy");
        return true;
    }

    private static boolean authSlow(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_ERROR).put(Field.REASON, Reason.TIMED_OUT).put(Field.TEXT, cursor.text());
        return true;
    }

    private static boolean error(Cursor cursor, Event.Builder event) {
        event.kind(Kind.ERROR).put(Field.TEXT, cursor.text());
        return true;
    }

    /** Whether the phrase stands in the reason: before the user, who may be called anything. */
    private static boolean says(Cursor cursor, String phrase) {
        int found = cursor.text().indexOf(phrase, cursor.at());
        return found >= 0 && found < reasonEnd(cursor);
    }

    /** Where the client's part begins, or -1. */
    private static int reasonEnd(Cursor cursor) {
        for (String beginning : CLIENT) {
            int found = cursor.text().indexOf(beginning, cursor.at());
            if (found >= 0) {
                return found;
            }
        }
        return -1;
    }

    private static boolean ended(Cursor cursor, Event.Builder event) {
        cursor.moveTo(reasonEnd(cursor) + 2);
        if (cursor.take("user=<")) {
            client(cursor, event);
        } else {
            tail(cursor, event);
        }
        return true;
    }

    /**
     * Reads {@code user>, method=PLAIN, rip=…, lip=…, TLS, session=<…>}. The user is a stranger's text and may hold all
     * of this too; what Dovecot writes behind it is its own, so the last {@code rip=} is the client.
     */
    private static void client(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int rip = text.lastIndexOf(", rip=");
        int method = rip < 0 ? -1 : text.lastIndexOf(">, method=", rip);
        int userEnd = method >= cursor.at() && text.indexOf(',', method + 2) == rip ? method : rip - 1;
        if (rip < 0 || userEnd < cursor.at() || text.charAt(userEnd) != '>') {
            event.put(Field.AMBIGUOUS, true);
            return;
        }
        if (userEnd > cursor.at()) {
            event.put(Field.ACCOUNT, text.substring(cursor.at(), userEnd));
        }
        if (userEnd == method) {
            event.put(Field.AUTH_MECHANISM, text.substring(method + ">, method=".length(), rip));
        }
        cursor.moveTo(rip + 2);
        tail(cursor, event);
    }

    private static void tail(Cursor cursor, Event.Builder event) {
        while (!cursor.atEnd()) {
            if (cursor.take("rip=")) {
                address(cursor.upTo(", "), Field.CLIENT_IP, event);
            } else if (cursor.take("lip=")) {
                address(cursor.upTo(", "), Field.SERVER_IP, event);
            } else if (cursor.take("session=<")) {
                event.put(Field.SESSION, cursor.upTo('>'));
                cursor.take(", ");
            } else if (cursor.take("method=")) {
                event.put(Field.AUTH_MECHANISM, cursor.upTo(", "));
            } else {
                String word = cursor.upTo(", ");
                if (word.equals("TLS") || word.startsWith("TLSv")) {
                    event.put(Field.TLS_VERSION, word);
                }
            }
        }
    }

    private static void address(String text, Field field, Event.Builder event) {
        String ip = Addresses.canonical(text);
        if (!ip.isEmpty()) {
            event.put(field, ip);
        }
    }

    /** Puts the number behind a mark in the reason. */
    private static void number(Cursor cursor, String mark, Field field, Event.Builder event) {
        if (!says(cursor, mark)) {
            return;
        }
        int start = cursor.at();
        cursor.moveTo(cursor.text().indexOf(mark, start) + mark.length());
        long number = cursor.number();
        if (number >= 0 && field == Field.DURATION) {
            event.put(field, (double) number);
        } else if (number >= 0) {
            event.put(field, number);
        }
        cursor.moveTo(start);
    }
}
