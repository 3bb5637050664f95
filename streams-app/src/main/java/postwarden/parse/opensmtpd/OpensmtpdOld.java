package postwarden.parse.opensmtpd;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;

/** What OpenSMTPD wrote until 5.9: {@code smtp-in: New session 08d856b172f69c5c from host a.example [192.0.2.1]}. */
final class OpensmtpdOld {
    private final Replies replies;
    private final OpensmtpdDelivery deliveries;

    OpensmtpdOld(Replies replies, OpensmtpdDelivery deliveries) {
        this.replies = replies;
        this.deliveries = deliveries;
    }

    List<Rule> rules() {
        return List.of(
                new Rule("opensmtpd/old-connect", "smtp-in: New session ", OpensmtpdOld::connect),
                new Rule("opensmtpd/old-message", "smtp-in: Accepted message ", OpensmtpdOld::message),
                new Rule("opensmtpd/old-command", "smtp-in: Failed command on session ", this::failedCommand),
                new Rule("opensmtpd/old-tls", "smtp-in: Started TLS on session ", OpensmtpdOld::tls),
                new Rule("opensmtpd/old-closed", "smtp-in: Closing session ", ended(Kind.DISCONNECT)),
                new Rule(
                        "opensmtpd/old-lost",
                        "smtp-in: Received disconnect from session ",
                        ended(Kind.LOST_CONNECTION)),
                new Rule("opensmtpd/old-dropped", "smtp-in: Disconnecting session ", ended(Kind.LOST_CONNECTION)),
                new Rule("opensmtpd/old-auth", "smtp-in: Accepted authentication for user ", login(Kind.AUTH_SUCCESS)),
                new Rule(
                        "opensmtpd/old-auth-failed",
                        "smtp-in: Authentication failed for user ",
                        login(Kind.AUTH_FAILURE)),
                new Rule("opensmtpd/old-relay", "relay: ", this::delivery),
                new Rule("opensmtpd/old-delivery", "delivery: ", this::delivery),
                new Rule("opensmtpd/out-trouble", "smtp-out: ", this::outgoing),
                Remarks.beginning("opensmtpd/old-note", Kind.OTHER, "smtp-in: ", "bounce: "));
    }

    private static boolean connect(Cursor cursor, Event.Builder event) {
        event.put(Field.SESSION, OpensmtpdParser.session(cursor)).put(Field.SERVICE, "smtp");
        event.kind(Kind.CONNECT);
        if (!cursor.take(" from host ")) {
            return false;
        }
        String host = cursor.upTo(" [");
        String ip = Addresses.canonical(cursor.upTo(']'));
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        }
        if (!host.startsWith("<") && Addresses.canonical(host).isEmpty()) {
            event.put(Field.CLIENT_HOSTNAME, host);
        }
        return true;
    }

    private static boolean message(Cursor cursor, Event.Builder event) {
        event.kind(Kind.RECEIVED).put(Field.SERVICE, "smtp").put(Field.QUEUE_ID, cursor.word());
        cursor.take(" on session ");
        event.put(Field.SESSION, OpensmtpdParser.session(cursor));
        cursor.take(':');
        OpensmtpdSessions.content(cursor, event);
        return true;
    }

    /** {@code …: "MAIL FROM:<a@example.com>" => 421 4.3.0: Temporary Error}. */
    private boolean failedCommand(Cursor cursor, Event.Builder event) {
        event.put(Field.SESSION, OpensmtpdParser.session(cursor)).put(Field.SERVICE, "smtp");
        String text = cursor.text();
        int end = text.indexOf("\" => ", cursor.at());
        if (!cursor.take(": \"") || end < 0) {
            return false;
        }
        if (text.indexOf("\" => ", end + 1) >= 0) {
            event.kind(Kind.REJECT);
            return true;
        }
        String said = text.substring(end + "\" => ".length());
        new OpensmtpdSessions(replies).refused(text.substring(cursor.at(), end), said, event);
        return true;
    }

    private static boolean tls(Cursor cursor, Event.Builder event) {
        event.put(Field.SESSION, OpensmtpdParser.session(cursor)).put(Field.SERVICE, "smtp");
        cursor.take(": ");
        return OpensmtpdSessions.tls(cursor, event);
    }

    private static Rule.Reading ended(Kind kind) {
        return (cursor, event) -> {
            event.kind(kind).put(Field.SESSION, OpensmtpdParser.session(cursor)).put(Field.SERVICE, "smtp");
            if (kind == Kind.LOST_CONNECTION) {
                event.put(Field.REASON, Reason.CONNECTION_LOST);
            }
            return true;
        };
    }

    /** {@code … for user sam on session 08d856b172f69c5c}: the user is as it was typed. */
    private static Rule.Reading login(Kind kind) {
        return (cursor, event) -> {
            int end = cursor.text().lastIndexOf(" on session ");
            if (end < cursor.at()) {
                return false;
            }
            event.kind(kind)
                    .put(Field.SERVICE, "smtp")
                    .put(Field.ACCOUNT, cursor.text().substring(cursor.at(), end));
            cursor.moveTo(end + " on session ".length());
            event.put(Field.SESSION, OpensmtpdParser.session(cursor));
            if (kind == Kind.AUTH_FAILURE) {
                event.put(Field.REASON, Reason.AUTHENTICATION);
            }
            return true;
        };
    }

    /** {@code Ok for 4296f4901a2b3c4d: session=…, from=<a>, to=<b>, rcpt=<->, …, delay=1s, stat=250 …}. */
    private boolean delivery(Cursor cursor, Event.Builder event) {
        String result = cursor.upTo(" for ");
        String envelope = OpensmtpdParser.session(cursor);
        if (envelope.isEmpty() || !cursor.take(':')) {
            return false;
        }
        event.kind(Kind.DELIVERY).put(Field.QUEUE_ID, envelope);
        event.put(Field.TRANSPORT, cursor.text().startsWith("relay") ? "smtp" : "local");
        if (cursor.take(" session=")) {
            event.put(Field.SESSION, cursor.upTo(','));
        }
        if (!OpensmtpdDelivery.addresses(cursor, event)) {
            return true;
        }
        cursor.take(" rcpt=-,");
        while (cursor.take(' ') && !cursor.take("stat=")) {
            part(cursor.upTo(','), event);
        }
        deliveries.outcome(result, cursor.rest(), event);
        return true;
    }

    private static void part(String text, Event.Builder event) {
        if (text.startsWith("relay=")) {
            OpensmtpdDelivery.relay(text.substring("relay=".length()), event);
        } else if (text.startsWith("delay=")) {
            double seconds = OpensmtpdDelivery.seconds(text.substring("delay=".length()));
            event.put(Field.DELAY, Math.max(0, seconds));
        }
    }

    /** {@code Error on session …: …}, {@code Failed to resolve MX for …: …}; the rest is of no interest. */
    private boolean outgoing(Cursor cursor, Event.Builder event) {
        boolean error = cursor.sees("Error on ")
                || cursor.sees("Failed to ")
                || cursor.sees("No MX ")
                || cursor.sees("No valid route");
        if (!error) {
            return Remarks.put(Kind.OTHER, event);
        }
        event.kind(Kind.DELIVERY_TROUBLE).put(Field.REASON, replies.reason(-1, "", cursor.rest()));
        event.put(Field.TEXT, event.line().message());
        return true;
    }
}
