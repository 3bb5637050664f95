package postwarden.parse.exchange;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * The SMTP receive protocol log. A refused login leaves notes and one reply; only the reply counts as the attempt. What the client
 * sent is never repeated beyond its command, because it may hold a password.
 */
final class ReceiveLog {
    /** RFC 4422, section 3.1. */
    private static final int LONGEST_MECHANISM = 20;

    private final Replies replies;
    private final RuleList rules;

    ReceiveLog(Replies replies) {
        this.replies = replies;
        rules = new RuleList(List.of(
                new Rule("exchange-receive/connect", "+", kind(Kind.CONNECT)),
                new Rule("exchange-receive/timed-out", "-", ended("TimedOut", Kind.TIMEOUT)),
                new Rule("exchange-receive/lost", "-", ended("Remote(", Kind.LOST_CONNECTION)),
                new Rule("exchange-receive/disconnect", "-", kind(Kind.DISCONNECT)),
                new Rule("exchange-receive/login", ">235", this::login),
                new Rule("exchange-receive/login-not-proxied", ">535 5.7.3 Unable to proxy", login(Kind.AUTH_ERROR)),
                new Rule("exchange-receive/login-locked", ">", this::locked),
                new Rule(
                        "exchange-receive/login-failed",
                        ">535 5.7.3 Authentication unsuccessful",
                        login(Kind.AUTH_FAILURE)),
                new Rule("exchange-receive/login-failed-short", ">535 5.7.3", this::bareFailure),
                new Rule("exchange-receive/login-error", ">454 4.7.0 Temporary auth", login(Kind.AUTH_ERROR)),
                new Rule(
                        "exchange-receive/login-trouble",
                        ">451 4.7.3 Authentication unsuccessful",
                        login(Kind.AUTH_ERROR)),
                new Rule("exchange-receive/login-type", ">504 5.7.4", login(Kind.REJECT)),
                new Rule(
                        "exchange-receive/server-limit",
                        ">421 4.3.2 The maximum number of concurrent server connections",
                        limit(Limit.SERVER_CONNECTIONS)),
                new Rule(
                        "exchange-receive/client-limit",
                        ">421 4.3.2 The maximum number of concurrent connections",
                        limit(Limit.CLIENT_CONCURRENCY)),
                new Rule(
                        "exchange-receive/message-limit",
                        ">421 4.4.2 Message submission rate for this client",
                        limit(Limit.CLIENT_MESSAGE_RATE)),
                new Rule("exchange-receive/tls-rate", ">454 4.7.0 Cannot accept TLS", this::tlsRate),
                new Rule("exchange-receive/too-many-errors", ">421 4.7.0 Too many errors", reply(Kind.PROTOCOL_ABUSE)),
                new Rule("exchange-receive/unknown-command", ">500 5.3.3", reply(Kind.PROTOCOL_ABUSE)),
                new Rule("exchange-receive/waited", ">451 4.7.0 Timeout waiting", reply(Kind.TIMEOUT)),
                new Rule(
                        "exchange-receive/connection-timed-out",
                        ">421 4.4.1 Connection timed out",
                        reply(Kind.TIMEOUT)),
                new Rule("exchange-receive/dropped", ">421 4.4.2 Connection dropped", reply(Kind.LOST_CONNECTION)),
                new Rule("exchange-receive/deferred", ">4", refused(Kind.DEFER_REJECT)),
                new Rule("exchange-receive/refused", ">5", refused(Kind.REJECT)),
                new Rule("exchange-receive/received", ">250 2.6.0 <", ReceiveLog::received),
                new Rule("exchange-receive/reply", ">", SmtpNotes::other),
                new Rule("exchange-receive/hello", "<EHLO ", ReceiveLog::hello),
                new Rule("exchange-receive/old-hello", "<HELO ", ReceiveLog::hello),
                new Rule("exchange-receive/sender", "<MAIL FROM:", envelope(Field.SENDER, Stage.MAIL)),
                new Rule("exchange-receive/recipient", "<RCPT TO:", envelope(Field.RECIPIENT, Stage.RCPT)),
                new Rule("exchange-receive/auth", "<AUTH ", ReceiveLog::auth),
                new Rule("exchange-receive/command", "<", SmtpNotes::command),
                new Rule("exchange-receive/authenticated", "*authenticated" + SmtpRow.BREAK, ReceiveLog::authenticated),
                new Rule("exchange-receive/tls", "*TLS protocol ", SmtpNotes::tls),
                new Rule("exchange-receive/tls-failed", "*TLS negotiation failed", SmtpNotes::tlsError),
                new Rule("exchange-receive/denied", "*Inbound ", SmtpNotes::warning),
                new Rule("exchange-receive/user", "*User Name: ", SmtpNotes::unsaid),
                new Rule("exchange-receive/tarpit", "*", SmtpNotes::tarpit),
                new Rule("exchange-receive/note", "*", SmtpNotes::other)));
    }

    List<Rule> rules() {
        return rules.rules();
    }

    boolean read(Row columns, Event.Builder event) {
        if (!SmtpRow.fits(columns)) {
            return false;
        }
        SmtpRow row = SmtpRow.of(columns);
        event.put(Field.SESSION, row.session()).put(Field.CONNECTOR, row.connector());
        row.remote().put(event, Field.CLIENT_IP, Field.CLIENT_PORT);
        row.local().put(event, Field.SERVER_IP, Field.SERVER_PORT);
        event.put(Field.SERVICE, service(row.local().port()));
        return rules.read(new Cursor(row.words()), event);
    }

    private static String service(long port) {
        if (port == 587) {
            return "submission";
        }
        return port == 465 ? "submissions" : "smtp";
    }

    private static Rule.Reading kind(Kind kind) {
        return (cursor, event) -> {
            event.kind(kind);
            return true;
        };
    }

    private static Rule.Reading ended(String how, Kind kind) {
        return (cursor, event) -> {
            if (!cursor.ahead(how)) {
                return false;
            }
            event.kind(kind);
            return true;
        };
    }

    private Rule.Reading reply(Kind kind) {
        return (cursor, event) -> {
            event.kind(kind);
            replies.describe(event, cursor.text().substring(1));
            return true;
        };
    }

    private Rule.Reading refused(Kind kind) {
        return (cursor, event) -> {
            if (Replies.code(cursor.text().substring(1)) < 0) {
                return false;
            }
            event.put(Field.ORIGIN, Origin.LOCAL);
            return reply(kind).read(cursor, event);
        };
    }

    private Rule.Reading login(Kind kind) {
        return (cursor, event) -> {
            event.put(Field.STAGE, Stage.AUTH);
            reply(kind).read(cursor, event);
            if (kind != Kind.AUTH_SUCCESS) {
                event.put(Field.REASON, Reason.AUTHENTICATION);
            }
            return true;
        };
    }

    private boolean login(Cursor cursor, Event.Builder event) {
        return login(Kind.AUTH_SUCCESS).read(cursor, event);
    }

    /** The account or its organisation may not log in, whatever the password. */
    private boolean locked(Cursor cursor, Event.Builder event) {
        boolean locked = cursor.sees("535 5.7.3 Authentication unsuccessful. Tenant locked out")
                || cursor.sees("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled");
        return locked && login(Kind.AUTH_ABUSE).read(cursor, event);
    }

    private boolean bareFailure(Cursor cursor, Event.Builder event) {
        return cursor.rest().isBlank() && login(Kind.AUTH_FAILURE).read(cursor, event);
    }

    private Rule.Reading limit(Limit limit) {
        return (cursor, event) -> {
            reply(Kind.CONNECTION_LIMIT).read(cursor, event);
            Reason reason = limit == Limit.CLIENT_MESSAGE_RATE ? Reason.RATE_LIMITED : Reason.TOO_MANY_CONNECTIONS;
            event.put(Field.LIMIT, limit).put(Field.REASON, reason);
            return true;
        };
    }

    private boolean tlsRate(Cursor cursor, Event.Builder event) {
        refused(Kind.DEFER_REJECT).read(cursor, event);
        event.put(Field.STAGE, Stage.STARTTLS).put(Field.REASON, Reason.RATE_LIMITED);
        return true;
    }

    /** {@code 250 2.6.0 <id> [InternalId=110, Hostname=…] Queued mail for delivery}; the id is the sender's, so its end is the last. */
    private static boolean received(Cursor cursor, Event.Builder event) {
        String id = cursor.upToLast("> [InternalId=");
        long number = cursor.number();
        if (number < 0) {
            return false;
        }
        event.kind(Kind.RECEIVED).put(Field.MESSAGE_ID, id).put(Field.QUEUE_ID, Long.toString(number));
        return true;
    }

    private static boolean hello(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER).put(Field.HELO, cursor.rest()).put(Field.STAGE, Stage.HELO);
        return true;
    }

    private static Rule.Reading envelope(Field field, Stage stage) {
        return (cursor, event) -> {
            cursor.skipSpaces();
            event.kind(Kind.OTHER).put(Field.STAGE, stage);
            String address = cursor.take('<') && cursor.ahead(">") ? cursor.upTo('>') : "\"";
            // A quoted local part may hold what ends an address.
            if (address.indexOf('"') < 0) {
                event.put(field, address);
            }
            return true;
        };
    }

    private static boolean auth(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER).put(Field.STAGE, Stage.AUTH);
        String mechanism = cursor.word();
        if (mechanism.length() <= LONGEST_MECHANISM && mechanism.chars().allMatch(ReceiveLog::isMechanism)) {
            event.put(Field.AUTH_MECHANISM, mechanism);
        }
        return true;
    }

    private static boolean isMechanism(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static boolean authenticated(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_SUCCESS).put(Field.ACCOUNT, cursor.rest()).put(Field.STAGE, Stage.AUTH);
        return true;
    }
}
