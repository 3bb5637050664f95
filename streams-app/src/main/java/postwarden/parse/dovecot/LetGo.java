package postwarden.parse.dovecot;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Why a client was let go without a login: {@code Disconnected: … (auth failed, 1 attempts in 2 secs): user=<…>}.
 *
 * <p>The reason's beginning has changed often ({@code Aborted login}, {@code Disconnected}, {@code Login aborted} since
 * 2.4); what the rules go by is in its brackets and has not. Only what stands before the client's elements is looked at,
 * and nothing behind {@code last failure: }, which is another server's text.
 */
final class LetGo {
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

    private static final Says TOO_MANY_INVALID = says("Too many invalid", "Too many bad");
    private static final Says DURING_LOGIN = says(
            "while authenticating",
            "while finishing login",
            "didn't finish SASL auth",
            "aborted authentication",
            "auth aborted by client");
    private static final Says LEFT =
            says("Disconnected", "Aborted login", "Login aborted", "closed connection", "quit the connection");

    private LetGo() {}

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
    static String reason(Cursor cursor) {
        int end = LoginElements.start(cursor.text(), cursor.at());
        if (end < 0) {
            return "";
        }
        String reason = cursor.text().substring(cursor.at(), end);
        int foreign = reason.indexOf("last failure: ");
        return foreign < 0 ? reason : reason.substring(0, foreign);
    }

    /** A limit of connections was reached, told by any of these phrases. */
    static Rule.Reading limit(Limit limit, String... phrases) {
        Says why = says(phrases);
        return (cursor, event) -> {
            String reason = reason(cursor);
            if (!why.in(reason)) {
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

    /** The client is at fault or not welcome, whatever its password; told by any of these phrases. */
    static Rule.Reading abuse(Reason why, String... phrases) {
        Says refused = says(phrases);
        return (cursor, event) -> {
            String reason = reason(cursor);
            if (!refused.in(reason)) {
                return false;
            }
            event.kind(Kind.AUTH_ABUSE).put(Field.REASON, why);
            return ended(cursor, reason, event);
        };
    }

    static boolean unavailable(Cursor cursor, Event.Builder event) {
        String reason = reason(cursor);
        if (!UNAVAILABLE.in(reason) || reason.contains("(proxy dest auth")) {
            return false;
        }
        event.kind(Kind.AUTH_ERROR).put(Field.REASON, Reason.TEMPORARY_ERROR);
        return ended(cursor, reason, event);
    }

    static boolean authFailed(Cursor cursor, Event.Builder event) {
        String reason = reason(cursor);
        if (!AUTH_FAILED.in(reason)) {
            return false;
        }
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION).put(Field.ATTEMPTS, 1);
        number(reason, "(auth failed, ", Field.ATTEMPTS, event);
        return ended(cursor, reason, event);
    }

    static boolean tlsFailed(Cursor cursor, Event.Builder event) {
        String reason = reason(cursor);
        boolean certificate = reason.contains("invalid cert")
                || reason.contains("untrusted cert")
                || reason.contains("didn't send a cert");
        boolean handshake = reason.contains("disconnected during TLS handshake");
        int own = cursor.text().lastIndexOf(", lip=");
        int tail = own >= 0 ? own : cursor.text().lastIndexOf(", rip=");
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

    static boolean noAttempts(Cursor cursor, Event.Builder event) {
        String reason = reason(cursor);
        if (!reason.contains("no auth attempts") && !reason.contains("before auth was ready")) {
            return false;
        }
        event.kind(Kind.NO_AUTH);
        return ended(cursor, reason, event);
    }

    static boolean invalidCommands(Cursor cursor, Event.Builder event) {
        if (!TOO_MANY_INVALID.in(reason(cursor))) {
            return false;
        }
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.TOO_MANY_ERRORS);
        return ended(cursor, "", event);
    }

    static boolean inactive(Cursor cursor, Event.Builder event) {
        if (!reason(cursor).contains("Inactivity")) {
            return false;
        }
        event.kind(Kind.TIMEOUT);
        return ended(cursor, "", event);
    }

    /** Left in the middle of a login, or the process was shut down: nobody knows whether the credentials were right. */
    static boolean left(Cursor cursor, Event.Builder event) {
        String reason = reason(cursor);
        boolean during = DURING_LOGIN.in(reason);
        if (!during && !LEFT.in(reason)) {
            return false;
        }
        event.kind(Kind.LOST_CONNECTION);
        if (during) {
            event.put(Field.STAGE, Stage.AUTH);
        }
        return ended(cursor, reason, event);
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
