package postwarden.parse.postfix;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Stages;

/**
 * Why Postfix could not deliver, in its own words (Postfix 3.10, smtp_trouble.c, smtp_connect.c, smtp_addr.c). A host is
 * taken only from the place where Postfix writes it, and only when the line has not named one before.
 */
final class PostfixTrouble {
    private static final String ASKED = " (in reply to ";

    private final Replies replies;

    PostfixTrouble(Replies replies) {
        this.replies = replies;
    }

    /** Puts reason, stage, reply, origin and the guilty host into the event. */
    void explain(String text, Event.Builder event) {
        Cursor cursor = new Cursor(text);
        cursor.take("delivery temporarily suspended: ");
        event.put(Field.REPLY_TEXT, cursor.at() == 0 ? text : text.substring(cursor.at()));
        if (!spoken(cursor, event) && !connection(cursor, event) && !local(cursor, event)) {
            replies.describe(event, cursor.rest());
        }
    }

    /** The other side said something. */
    private boolean spoken(Cursor cursor, Event.Builder event) {
        int start = cursor.at();
        boolean login = cursor.take("SASL authentication failed; server ")
                || cursor.take("SASL [CACHED] authentication failed; server ");
        boolean handshake = cursor.take("TLS is required, but host ");
        if (!login && !handshake && !cursor.take("host ")) {
            return false;
        }
        Peer host = Peer.read(cursor);
        boolean refused = cursor.take(" refused to talk to me: ");
        if (!host.certain() || !(refused || cursor.take(" refused to start TLS: ") || cursor.take(" said: "))) {
            cursor.moveTo(start);
            return false;
        }
        putHost(host, event);
        String reply = cursor.rest();
        int asked = reply.lastIndexOf(ASKED);
        if (refused) {
            event.put(Field.STAGE, Stage.CONNECT);
        } else if (login) {
            event.put(Field.STAGE, Stage.AUTH);
        } else if (handshake) {
            event.put(Field.STAGE, Stage.STARTTLS);
        } else if (asked >= 0) {
            Stages.ofPhrase(reply.substring(asked + ASKED.length())).ifPresent(stage -> event.put(Field.STAGE, stage));
        }
        event.put(Field.ORIGIN, Origin.REMOTE);
        replies.describe(event, asked < 0 ? reply : reply.substring(0, asked));
        return true;
    }

    /** The connection did not come about, or broke. */
    private boolean connection(Cursor cursor, Event.Builder event) {
        int start = cursor.at();
        if (cursor.take("connect to ")) {
            Peer host = Peer.read(cursor);
            if (host.certain() && cursor.take(": ")) {
                putHost(host, event);
                put(event, Stage.CONNECT, replies.reason(-1, "", cursor.rest()));
                return true;
            }
        } else if (cursor.take("conversation with ")) {
            return broken(cursor, event, " timed out while ", Reason.TIMED_OUT);
        } else if (cursor.take("lost connection with ")) {
            return broken(cursor, event, " while ", Reason.CONNECTION_LOST);
        }
        cursor.moveTo(start);
        return false;
    }

    private static boolean broken(Cursor cursor, Event.Builder event, String words, Reason reason) {
        Peer host = Peer.read(cursor);
        if (host.certain()) {
            putHost(host, event);
        }
        if (cursor.take(words)) {
            Stages.ofPhrase(cursor.rest()).ifPresent(stage -> event.put(Field.STAGE, stage));
        }
        event.put(Field.REASON, reason);
        return true;
    }

    /** This host gave up for a reason of its own. */
    private static boolean local(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        if (cursor.take("TLS is required, but was not offered by host ")) {
            putHost(Peer.read(cursor), event);
            put(event, Stage.STARTTLS, Reason.TLS);
        } else if (cursor.take("SMTPUTF8 is required, but was not offered by host ")) {
            putHost(Peer.read(cursor), event);
            event.put(Field.REASON, Reason.SYNTAX);
        } else if (cursor.take("local data error while talking to ")) {
            putHost(Peer.read(cursor), event);
            event.put(Field.REASON, Reason.TEMPORARY_ERROR);
        } else if (cursor.take("message size ")) {
            event.put(Field.REASON, Reason.MESSAGE_TOO_LARGE);
        } else if (cursor.sees("client TLS configuration problem")
                || cursor.sees("TLSA lookup error for ")
                || cursor.sees("Sender requires verified TLS, ")) {
            put(event, Stage.STARTTLS, Reason.TLS);
        } else if (cursor.sees("SMTPUTF8 ")) {
            event.put(Field.REASON, Reason.SYNTAX);
        } else if (cursor.sees("mail forwarding loop for ") || cursor.sees("alias database loop for ")) {
            event.put(Field.REASON, Reason.MAIL_LOOP);
        } else if (cursor.sees("unable to find primary relay for ") || text.endsWith(": host not found")) {
            event.put(Field.REASON, Reason.DNS_NOT_FOUND);
        } else if (cursor.sees("mail system configuration error") || cursor.sees("server configuration error")) {
            event.put(Field.REASON, Reason.SERVER_CONFIGURATION);
        } else if (cursor.sees("Cannot start TLS") || cursor.sees("Server certificate not ")) {
            put(event, Stage.STARTTLS, Reason.TLS);
        } else if (cursor.sees("TLS is required")) {
            put(event, Stage.STARTTLS, Reason.TLS);
        } else if (cursor.sees("SASL authentication failed")) {
            put(event, Stage.AUTH, Reason.AUTHENTICATION);
        } else if (cursor.sees("Command time limit exceeded")) {
            event.put(Field.REASON, Reason.TIMED_OUT);
        } else if (cursor.sees("mail for ") && text.endsWith(" loops back to myself")) {
            event.put(Field.REASON, Reason.MAIL_LOOP);
        } else if (cursor.sees("Domain ") && text.endsWith("(nullMX)")) {
            event.put(Field.REASON, Reason.DNS_NOT_FOUND);
        } else if (cursor.sees("Host or domain name not found. ") || cursor.sees("unable to look up host ")) {
            boolean temporary = text.endsWith(" try again") || text.endsWith("Temporary failure in name resolution");
            event.put(Field.REASON, temporary ? Reason.DNS_TEMPORARY : Reason.DNS_NOT_FOUND);
        } else {
            return false;
        }
        return true;
    }

    private static void put(Event.Builder event, Stage stage, Reason reason) {
        event.put(Field.STAGE, stage).put(Field.REASON, reason);
    }

    private static void putHost(Peer host, Event.Builder event) {
        if (host.certain() && !event.has(Field.RELAY_HOST) && !event.has(Field.RELAY_IP)) {
            host.asRelay(event);
        }
    }
}
