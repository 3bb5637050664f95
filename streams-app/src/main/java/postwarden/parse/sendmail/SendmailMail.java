package postwarden.parse.sendmail;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.CutLines;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;

/**
 * A message accepted: {@code from=<a>, size=1234, class=0, nrcpts=1, msgid=<b>, proto=ESMTP, daemon=MTA, relay=host [ip]}
 * (8.18, headers.c, logsender), and its life in the queue. Sender and message id are a stranger's text and stand before
 * the client, so the client is read from the right.
 */
final class SendmailMail {
    private static final String RELAY = ", relay=";
    private static final String SIZE = ", size=";

    static final List<Rule> RULES = List.of(
            new Rule("sendmail/from", "from=", SendmailMail::from),
            new Rule("sendmail/done", "done; delay=", SendmailMail::done),
            new Rule("sendmail/bounce", "", SendmailMail::bounce),
            new Rule("sendmail/clone", "", SendmailMail::cloned),
            new Rule("sendmail/quarantine", "quarantine=", (cursor, event) -> Remarks.put(Kind.HELD, event)));

    /** What stands between the new queue id and the reason of a message about a message (savemail.c). */
    private static final List<String> NOTICES =
            List.of("DSN: ", "return to sender: ", "sender notify: ", "postmaster notify: ", "return receipt: ");

    private SendmailMail() {}

    private static boolean from(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int relay = text.lastIndexOf(RELAY);
        int size = text.indexOf(SIZE, cursor.at());
        if (size < 0 || relay < size) {
            return false;
        }
        event.kind(Kind.RECEIVED);
        if (text.lastIndexOf(", proto=", relay) >= 0) {
            event.put(Field.SERVICE, service(text, relay));
        }
        if (CutLines.possible(text)) {
            event.put(Field.AMBIGUOUS, true);
            return true;
        }
        SendmailPeer peer = SendmailPeer.of(text.substring(relay + RELAY.length()));
        if (peer.asClient(event) && !peer.user().isEmpty()) {
            event.put(Field.ACCOUNT, peer.user());
        }
        protocol(text, relay, event);
        if (text.indexOf(SIZE, size + 1) < 0) {
            event.put(Field.SENDER, Envelopes.address(text.substring(cursor.at(), size)));
            cursor.moveTo(size);
            numbers(cursor, event);
        }
        return true;
    }

    /** {@code , size=1234, class=0, nrcpts=1, msgid=<a>}; a message without recipients was not accepted. */
    private static void numbers(Cursor cursor, Event.Builder event) {
        cursor.take(SIZE);
        put(event, Field.SIZE, cursor.number());
        cursor.upTo(", nrcpts=");
        long recipients = cursor.number();
        put(event, Field.RECIPIENT_COUNT, recipients);
        if (recipients == 0) {
            Remarks.put(Kind.OTHER, event);
        }
        if (!cursor.take(", msgid=<")) {
            return;
        }
        String id = cursor.upTo('>');
        if (cursor.sees(", ") && id.indexOf(' ') < 0) {
            event.put(Field.MESSAGE_ID, id);
        }
    }

    private static void protocol(String text, int relay, Event.Builder event) {
        int proto = text.lastIndexOf(", proto=", relay);
        if (proto >= 0) {
            int end = text.indexOf(", ", proto + 1);
            event.put(Field.PROTOCOL, text.substring(proto + ", proto=".length(), end));
        }
    }

    /** By the name that the shipped configurations give to the daemons that users submit to. */
    private static String service(String text, int relay) {
        int daemon = text.lastIndexOf(", daemon=", relay);
        return daemon >= 0 && (text.startsWith("MSA", daemon + 9) || text.startsWith("MSP", daemon + 9))
                ? "submission"
                : "smtp";
    }

    private static void put(Event.Builder event, Field field, long value) {
        if (value >= 0) {
            event.put(field, value);
        }
    }

    /** {@code done; delay=00:00:01, ntries=1}: the message leaves the queue. */
    private static boolean done(Cursor cursor, Event.Builder event) {
        double seconds = Intervals.seconds(cursor.upTo(", "));
        event.kind(Kind.REMOVED);
        if (seconds >= 0) {
            event.put(Field.DELAY, seconds);
        }
        return true;
    }

    /** {@code s1GNXHYC005133: DSN: User unknown}: the id of the notice that is sent. */
    private static boolean bounce(Cursor cursor, Event.Builder event) {
        String id = cursor.upTo(": ");
        for (String notice : NOTICES) {
            if (SendmailParser.isId(id) && cursor.take(notice)) {
                event.kind(Kind.BOUNCE_NOTIFICATION)
                        .put(Field.NEXT_QUEUE_ID, id)
                        .put(Field.TEXT, cursor.rest());
                return true;
            }
        }
        return false;
    }

    /** {@code s1GNXHYC005133: clone: owner=owner-list}, {@code clone s1GNXHYC005133, owner=owner-list}. */
    private static boolean cloned(Cursor cursor, Event.Builder event) {
        boolean old = cursor.take("clone ");
        String id = cursor.upTo(old ? ", owner=" : ": clone: owner=");
        if (!SendmailParser.isId(id)) {
            return false;
        }
        event.put(Field.NEXT_QUEUE_ID, id);
        return Remarks.put(Kind.OTHER, event);
    }
}
