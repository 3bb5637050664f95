package postwarden.parse.sendmail;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Status;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * An attempt to deliver: {@code to=<a>, delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=120345, relay=host. [ip],
 * dsn=5.1.1, reply=550 …, stat=User unknown} (8.18, deliver.c, logdelivery). Recipients stand at the left, the other
 * side's words at the right; what Sendmail writes between begins at the first {@code delay=} behind whole addresses.
 */
final class SendmailDelivery {
    private static final String CONTROL = ", ctladdr=";
    private static final String DELAY = ", delay=";
    private static final String REPLY = ", reply=";
    private static final String STAT = ", stat=";

    private final Replies replies;

    SendmailDelivery(Replies replies) {
        this.replies = replies;
    }

    List<Rule> rules() {
        return List.of(
                new Rule("sendmail/to", "to=", this::to),
                new Rule("sendmail/connection-failed", "makeconnection (", this::connectionFailed),
                new Rule("sendmail/protocol-error", "", this::protocolError));
    }

    private boolean to(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int start = cursor.at();
        int delay = text.indexOf(DELAY, start);
        int stat = delay < 0 ? -1 : text.indexOf(STAT, delay);
        if (stat < 0) {
            return false;
        }
        int control = text.indexOf(CONTROL, start);
        String recipients = text.substring(start, control >= 0 && control < delay ? control : delay);
        event.kind(Kind.DELIVERY);
        if (!Envelopes.areCertain(recipients) && text.indexOf(DELAY, delay + 1) >= 0) {
            event.put(Field.AMBIGUOUS, true);
            return true;
        }
        Envelopes.putRecipients(recipients, event);
        int reply = text.indexOf(REPLY, delay);
        boolean replied = reply >= 0 && reply < stat;
        String dsn = parts(text.substring(delay + 2, replied ? reply : stat), event);
        int last = replied ? text.lastIndexOf(STAT) : stat;
        String said = replied ? text.substring(reply + REPLY.length(), last) : "";
        outcome(text.substring(last + STAT.length()), said, dsn, event);
        return true;
    }

    /** {@code delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=120, relay=host. [ip], dsn=2.0.0}; returns the last. */
    private static String parts(String text, Event.Builder event) {
        Cursor cursor = new Cursor(text);
        String dsn = "";
        while (!cursor.atEnd()) {
            String part = cursor.upTo(", ");
            int equals = part.indexOf('=');
            String value = part.substring(equals + 1);
            switch (part.substring(0, Math.max(equals, 0))) {
                case "delay" -> seconds(event, Field.DELAY, value);
                case "xdelay" -> seconds(event, Field.DELIVERY_TIME, value);
                case "mailer" -> event.put(Field.TRANSPORT, value);
                case "relay" -> SendmailPeer.of(value).asRelay(event);
                case "dsn" -> dsn = value;
                default -> {
                    // pri, ntries, stage and the like: of no interest.
                }
            }
        }
        if (!dsn.isEmpty()) {
            event.put(Field.DSN, dsn);
        }
        return dsn;
    }

    private static void seconds(Event.Builder event, Field field, String value) {
        double seconds = Intervals.seconds(value);
        if (seconds >= 0) {
            event.put(field, seconds);
        }
    }

    private void outcome(String stat, String reply, String dsn, Event.Builder event) {
        Status status = status(stat, dsn);
        event.put(Field.STATUS, status);
        String words = words(stat);
        String said = reply.isEmpty() ? words : reply;
        if (said.isEmpty()) {
            return;
        }
        if (status == Status.SENT) {
            event.put(Field.REPLY_TEXT, said);
            return;
        }
        Reason reason = replies.describe(event, said);
        if (reason == Reason.UNKNOWN && !reply.isEmpty()) {
            event.put(Field.REASON, replies.reason(-1, dsn, words));
        } else if (reason == Reason.UNKNOWN) {
            event.put(Field.REASON, stat.equals("queued") ? Reason.NOT_TRIED : replies.reason(-1, dsn, words));
        }
        if (!reply.isEmpty() && event.has(Field.RELAY_IP)) {
            event.put(Field.ORIGIN, Origin.REMOTE);
        }
    }

    /** {@code Sent (250 ok)}, {@code Deferred: Connection refused by host}: what stands behind the first word. */
    private static String words(String stat) {
        if (stat.startsWith("Sent (") && stat.endsWith(")")) {
            return stat.substring("Sent (".length(), stat.length() - 1);
        }
        return stat.startsWith("Deferred: ") ? stat.substring("Deferred: ".length()) : stat;
    }

    private static Status status(String stat, String dsn) {
        if (stat.equals("Sent") || stat.startsWith("Sent (") || dsn.startsWith("2")) {
            return Status.SENT;
        }
        if (stat.startsWith("Cannot send message for ") || stat.startsWith("Cannot send message within ")) {
            return Status.EXPIRED;
        }
        boolean waits = stat.startsWith("Deferred") || stat.equals("queued") || stat.equals("quarantined");
        return waits || dsn.startsWith("4") ? Status.DEFERRED : Status.BOUNCED;
    }

    /** {@code makeconnection (host. [192.0.2.1].25 (2)) failed: Connection refused}: the next host is tried. */
    private boolean connectionFailed(Cursor cursor, Event.Builder event) {
        String peer = cursor.upTo("].");
        cursor.upTo(") failed: ");
        if (cursor.atEnd()) {
            return false;
        }
        event.kind(Kind.DELIVERY_TROUBLE);
        SendmailPeer.of(peer + "]").asRelay(event);
        replies.describe(event, cursor.rest());
        return true;
    }

    /** {@code host.: SMTP RCPT protocol error: 250 …}: the other side answered what no answer is. */
    private boolean protocolError(Cursor cursor, Event.Builder event) {
        if (!cursor.ahead(" protocol error: ")) {
            return false;
        }
        String host = cursor.upTo(": SMTP ");
        cursor.word();
        if (!cursor.take(" protocol error: ")) {
            return false;
        }
        event.kind(Kind.DELIVERY_TROUBLE).put(Field.ORIGIN, Origin.REMOTE).put(Field.REPLY_TEXT, cursor.rest());
        SendmailPeer.of(host).asRelay(event);
        return true;
    }
}
