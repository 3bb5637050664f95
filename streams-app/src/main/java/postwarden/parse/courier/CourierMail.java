package postwarden.parse.courier;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.event.Status;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Mail in and out (Courier 1.4: courieresmtpd.c, cdmsgq.C, cdmsgq3.C, comctlfile.c). The ESMTP server writes the client
 * first: {@code error,relay=::ffff:192.0.2.1,port=40000,msg="535 Authentication failed.",cmd: AUTH LOGIN}. A delivery has
 * sender and recipient at its left, the other side's words at its right. With {@code ESMTP_LOG_DIALOG} the server logs what
 * clients say as lines of their own, which nothing tells from these: that is for searching errors, never for a watched
 * host.
 */
final class CourierMail {
    private static final String ADDRESS = ">,addr=<";

    private final Replies replies;

    CourierMail(Replies replies) {
        this.replies = replies;
    }

    List<Rule> rules() {
        return List.of(
                new Rule("courier/esmtp-connect", "started,ip=[", CourierMail::connect),
                new Rule("courier/esmtp-error", "error,relay=", this::error),
                new Rule("courier/received", "newmsg,id=", CourierMail::received),
                new Rule("courier/started", "started,id=", CourierMail::started),
                new Rule("courier/completed", "completed,id=", CourierMail::completed),
                new Rule("courier/delivery", "id=", this::delivery));
    }

    private static boolean connect(Cursor cursor, Event.Builder event) {
        String ip = Addresses.canonical(cursor.upTo(']'));
        if (ip.isEmpty()) {
            return false;
        }
        event.kind(Kind.CONNECT).put(Field.CLIENT_IP, ip);
        port(cursor, ",port=[", event);
        return true;
    }

    private static void port(Cursor cursor, String mark, Event.Builder event) {
        long port = cursor.take(mark) ? cursor.number() : -1;
        if (port >= 0) {
            event.put(Field.CLIENT_PORT, port);
        }
    }

    private boolean error(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        String ip = Addresses.canonical(cursor.upTo(','));
        cursor.moveTo(cursor.at() - 1);
        if (ip.isEmpty()) {
            return false;
        }
        event.put(Field.CLIENT_IP, ip);
        port(cursor, ",port=", event);
        int message = text.indexOf(",msg=\"", cursor.at());
        boolean identified = cursor.sees(",ident=");
        if (message == cursor.at() || (identified && message >= 0 && message == text.lastIndexOf(",msg=\""))) {
            cursor.moveTo(message + ",msg=\"".length());
            refused(cursor.upTo("\",cmd: "), event);
        } else if (message < 0 || !identified) {
            address(cursor, event);
        } else {
            event.kind(Kind.OTHER).put(Field.TEXT, text);
        }
        return true;
    }

    /** What the server answered to a command; the command stands behind it. */
    private void refused(String said, Event.Builder event) {
        if (said.startsWith("535 Authentication failed") || said.startsWith("535 Authentication rejected")) {
            boolean failed = said.startsWith("535 Authentication failed");
            event.kind(failed ? Kind.AUTH_FAILURE : Kind.AUTH_ABUSE).put(Field.STAGE, Stage.AUTH);
            event.put(Field.REPLY_CODE, 535).put(Field.REPLY_TEXT, said).put(Field.REASON, Reason.AUTHENTICATION);
        } else if (Replies.code(said) < 0) {
            event.kind(Kind.LOST_CONNECTION).put(Field.TEXT, said).put(Field.REASON, replies.reason(-1, "", said));
        } else {
            reject(said, event);
        }
    }

    /** {@code ,from=<a>,to=<b>: 550 User unknown.}; the identd's answer stands before, without commas and colons. */
    private void address(Cursor cursor, Event.Builder event) {
        if (cursor.text().indexOf('"', cursor.at()) >= 0) {
            event.kind(Kind.REJECT).put(Field.ORIGIN, Origin.LOCAL);
            return;
        }
        if (cursor.take(",ident=")) {
            cursor.upTo(',');
            cursor.moveTo(cursor.at() - 1);
        }
        if (cursor.take(",from=<")) {
            event.put(Field.SENDER, cursor.upTo('>'));
        }
        if (cursor.take(",to=<")) {
            event.put(Field.RECIPIENT, cursor.upTo('>'));
        }
        cursor.upTo(": ");
        reject(cursor.rest(), event);
    }

    private void reject(String said, Event.Builder event) {
        Reason reason = replies.describe(event, said);
        event.put(Field.ORIGIN, Origin.LOCAL);
        event.kind(
                switch (reason) {
                    case GREYLISTED -> Kind.GREYLIST;
                    case BLOCKLISTED -> Kind.DNSBL;
                    case SPAM -> Kind.SPAM;
                    case VIRUS -> Kind.VIRUS;
                    case SYNTAX -> Kind.PROTOCOL_ABUSE;
                    default -> said.startsWith("4") ? Kind.DEFER_REJECT : Kind.REJECT;
                });
    }

    /** {@code newmsg,id=ID, auth=sam: dns; helo (host [::ffff:192.0.2.1])}; HELO before the client, who ends the line. */
    private static boolean received(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        String id = cursor.upTo(": ");
        int auth = id.indexOf(", auth=");
        event.kind(Kind.RECEIVED).put(Field.QUEUE_ID, auth < 0 ? id : id.substring(0, auth));
        if (auth >= 0) {
            event.put(Field.ACCOUNT, id.substring(auth + ", auth=".length()));
        }
        int open = text.lastIndexOf('[');
        int name = text.lastIndexOf(" (", Math.max(open, 0));
        if (!text.endsWith("])") || name < cursor.at() || !cursor.take("dns; ")) {
            return true;
        }
        String ip = Addresses.canonical(text.substring(open + 1, text.length() - 2));
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip).put(Field.HELO, text.substring(cursor.at(), name));
            String host = text.substring(name + 2, open).strip();
            if (!host.isEmpty() && host.indexOf('@') < 0) {
                event.put(Field.CLIENT_HOSTNAME, host);
            }
        }
        return true;
    }

    /** {@code started,id=ID,from=<a>,module=esmtp,host=example.org,addr=<b>}. */
    private static boolean started(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        event.kind(Kind.QUEUE_ACTIVE).put(Field.QUEUE_ID, cursor.upTo(','));
        if (cursor.take("from=<") && text.indexOf('"') < 0) {
            event.put(Field.SENDER, cursor.upTo('>'));
            if (cursor.take(",module=")) {
                event.put(Field.TRANSPORT, cursor.upTo(','));
            }
            cursor.upTo(",addr=<");
            event.put(Field.RECIPIENT, cursor.upTo('>'));
        }
        return true;
    }

    private static boolean completed(Cursor cursor, Event.Builder event) {
        event.kind(Kind.REMOVED).put(Field.QUEUE_ID, cursor.rest());
        return true;
    }

    /** {@code id=ID,from=<a>,addr=<b>,size=12,success: text}, {@code …,status: deferred}, {@code …: 550 text}. */
    private boolean delivery(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        String id = cursor.upTo(',');
        int address = text.indexOf(ADDRESS);
        if (!cursor.take("from=<") || address < 0) {
            return false;
        }
        event.kind(Kind.DELIVERY).put(Field.QUEUE_ID, id);
        String sender = text.substring(cursor.at(), address);
        cursor.moveTo(address + ADDRESS.length());
        String recipient = cursor.upTo('>');
        if (sender.indexOf('"') >= 0 || recipient.indexOf('"') >= 0) {
            event.kind(Kind.OTHER).put(Field.AMBIGUOUS, true).put(Field.TEXT, text);
            return true;
        }
        event.put(Field.SENDER, sender).put(Field.RECIPIENT, recipient);
        if (cursor.take(",size=")) {
            event.put(Field.SIZE, Math.max(0, cursor.number()));
        }
        return outcome(cursor, event);
    }

    private boolean outcome(Cursor cursor, Event.Builder event) {
        if (cursor.take(",success: ")) {
            event.put(Field.STATUS, Status.SENT);
            relay(cursor.rest(), event);
        } else if (cursor.take(",status: success")) {
            event.put(Field.STATUS, Status.SENT);
        } else if (cursor.take(",status: deferred")) {
            event.put(Field.STATUS, Status.DEFERRED);
        } else if (cursor.take(",status: failure")) {
            event.put(Field.STATUS, Status.BOUNCED);
        } else if (cursor.take(": ")) {
            // What becomes of the recipient is told by the next line; a 250 is what a success was answered with.
            String said = cursor.rest();
            int code = Replies.code(said);
            event.kind(code > 0 && code < 400 ? Kind.OTHER : Kind.DELIVERY_TROUBLE);
            replies.describe(event, said);
        } else {
            return false;
        }
        return true;
    }

    /** {@code delivered: mx.example.org [::ffff:192.0.2.1]}. */
    private static void relay(String said, Event.Builder event) {
        event.put(Field.REPLY_TEXT, said);
        int open = said.lastIndexOf(" [");
        String ip =
                open < 0 || !said.endsWith("]") ? "" : Addresses.canonical(said.substring(open + 2, said.length() - 1));
        if (said.startsWith("delivered: ") && !ip.isEmpty()) {
            event.put(Field.RELAY_IP, ip).put(Field.RELAY_HOST, said.substring("delivered: ".length(), open));
        }
    }
}
