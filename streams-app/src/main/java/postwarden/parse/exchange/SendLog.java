package postwarden.parse.exchange;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * The SMTP send protocol log: here the remote side is the relay, and nobody is a client. Which recipient a refusal is about only message
 * tracking says.
 */
final class SendLog {
    private final Replies replies;
    private final RuleList rules;

    SendLog(Replies replies) {
        this.replies = replies;
        rules = new RuleList(List.of(
                new Rule("exchange-send/connected", "+", SmtpNotes::other),
                new Rule("exchange-send/disconnected", "-", SmtpNotes::other),
                new Rule("exchange-send/deferred", "<4", this::refused),
                new Rule("exchange-send/refused", "<5", this::refused),
                new Rule("exchange-send/reply", "<", SmtpNotes::other),
                new Rule("exchange-send/command", ">", SmtpNotes::command),
                new Rule("exchange-send/tls", "*TLS protocol ", SmtpNotes::tls),
                new Rule("exchange-send/tls-failed", "*TLS negotiation failed", SmtpNotes::tlsError),
                new Rule("exchange-send/not-connected", "*", SendLog::notConnected),
                new Rule("exchange-send/given-up", "*Message or connection acked with status ", this::givenUp),
                new Rule("exchange-send/note", "*", SmtpNotes::other)));
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
        row.remote().put(event, Field.RELAY_IP, Field.RELAY_PORT);
        return rules.read(new Cursor(row.words()), event);
    }

    private boolean refused(Cursor cursor, Event.Builder event) {
        String text = cursor.text().substring(1);
        if (Replies.code(text) < 0) {
            return false;
        }
        event.kind(Kind.DELIVERY_TROUBLE).put(Field.ORIGIN, Origin.REMOTE);
        replies.describe(event, text);
        return true;
    }

    /** {@code Failed to connect to 192.0.2.1:25 … SocketError} and {@code … Win32 error code: 10060}, as the versions word it. */
    private static boolean notConnected(Cursor cursor, Event.Builder event) {
        if (!cursor.sees("Failed to connect")
                && !cursor.sees("Failed connection to")
                && !cursor.ahead("SocketError: Failed")) {
            return false;
        }
        boolean refused = cursor.ahead("ConnectionRefused") || cursor.ahead("10061");
        boolean late = cursor.ahead("TimedOut") || cursor.ahead("10060");
        event.kind(Kind.DELIVERY_TROUBLE).put(Field.TEXT, cursor.rest());
        if (refused || late) {
            event.put(Field.REASON, refused ? Reason.CONNECTION_REFUSED : Reason.CONNECTION_TIMED_OUT);
        }
        return true;
    }

    /** {@code Message or connection acked with status Retry and response 451 4.4.0 DNS query failed}. */
    private boolean givenUp(Cursor cursor, Event.Builder event) {
        cursor.word();
        if (!cursor.take(" and response ")) {
            return false;
        }
        event.kind(Kind.DELIVERY_TROUBLE);
        replies.describe(event, cursor.rest());
        return true;
    }
}
