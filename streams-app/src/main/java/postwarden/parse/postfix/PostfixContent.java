package postwarden.parse.postfix;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * What header and body checks decided (Postfix 3.7, cleanup_message.c):
 * {@code reject: header Subject: … from host[ip]; from=<a> to=<b> proto=ESMTP helo=<c>: 5.7.1 text}. The header's text is
 * a stranger's and stands before the client, so a line that holds the mark behind the client twice names nobody.
 */
final class PostfixContent {
    private static final String MARK = "; from=<";
    private static final String FROM = " from ";

    private final Replies replies;

    PostfixContent(Replies replies) {
        this.replies = replies;
    }

    Rule.Reading decided(Kind kind) {
        return (cursor, event) -> {
            if (!cursor.take("header ") && !cursor.take("body ")) {
                return false;
            }
            event.kind(kind).put(Field.ORIGIN, Origin.LOCAL);
            String text = cursor.text();
            int mark = text.indexOf(MARK, cursor.at());
            if (mark < 0 || text.indexOf(MARK, mark + 1) >= 0) {
                event.put(Field.AMBIGUOUS, true);
                return true;
            }
            client(cursor, mark, event);
            Envelope.split(text.substring(mark), event);
            reply(text.substring(mark), kind, event);
            return true;
        };
    }

    /** The client stands between the last {@code from} and the mark; {@code local} stands for a local submission. */
    private static void client(Cursor cursor, int mark, Event.Builder event) {
        int from = cursor.text().lastIndexOf(FROM, mark);
        cursor.moveTo(Math.max(cursor.at(), from + FROM.length()));
        if (cursor.sees("local;")) {
            return;
        }
        Peer client = Peer.read(cursor);
        if (client.certain() && cursor.at() != mark) {
            event.put(Field.AMBIGUOUS, true);
        } else {
            client.asClient(event);
        }
    }

    private void reply(String envelope, Kind kind, Event.Builder event) {
        int helo = Math.max(0, envelope.lastIndexOf(" helo=<"));
        int said = helo == 0 ? envelope.lastIndexOf(">: ") : envelope.indexOf(">: ", helo);
        if (said < 0) {
            return;
        }
        String text = envelope.substring(said + 3);
        if (kind != Kind.REJECT) {
            event.put(kind == Kind.OTHER ? Field.TEXT : Field.REPLY_TEXT, text);
            return;
        }
        Reason reason = replies.describe(event, text);
        if (reason == Reason.SPAM || reason == Reason.VIRUS) {
            event.kind(reason == Reason.SPAM ? Kind.SPAM : Kind.VIRUS);
        } else if (text.startsWith("4")) {
            event.kind(Kind.DEFER_REJECT);
        }
    }
}
