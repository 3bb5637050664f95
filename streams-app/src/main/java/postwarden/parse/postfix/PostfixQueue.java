package postwarden.parse.postfix;

import java.util.ArrayList;
import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** A message's life in the queue: Postfix's cleanup, qmgr, pickup, bounce and postsuper (Postfix 3.10). */
final class PostfixQueue {
    private static final String SIZE = ">, size=";

    private PostfixQueue() {}

    static List<Rule> rules(List<Rule> access, PostfixContent content) {
        List<Rule> rules = new ArrayList<>(List.of(
                new Rule("cleanup/message-id", "message-id=", PostfixQueue::messageId),
                new Rule("cleanup/resent-message-id", "resent-message-id=", PostfixQueue::messageId),
                new Rule("qmgr/active", "from=<", PostfixQueue::active),
                new Rule("qmgr/expired", "from=<", PostfixQueue::expired),
                new Rule("qmgr/removed", "removed", whole(Kind.REMOVED)),
                new Rule("postsuper/held", "placed on hold", whole(Kind.HELD)),
                PostfixNotices.other("postsuper/released", "released from hold"),
                PostfixNotices.other("postsuper/requeued", "requeued"),
                PostfixNotices.other("postsuper/expired", "expired"),
                new Rule("cleanup/removed", "removed (", (cursor, event) -> {
                    event.kind(Kind.REMOVED);
                    return true;
                }),
                PostfixNotices.other("postsuper/sum-requeued", "Requeued: "),
                PostfixNotices.other("postsuper/sum-deleted", "Deleted: "),
                PostfixNotices.other("postsuper/sum-expired", "Force-expired: "),
                PostfixNotices.other("postsuper/sum-held", "Placed on hold: "),
                PostfixNotices.other("postsuper/sum-released", "Released from hold: "),
                PostfixNotices.other("postsuper/sum-renamed", "Renamed to match inode number: "),
                PostfixNotices.other("bounce/not-sent", "not sending trace/success notification for "),
                PostfixNotices.other("bounce/none", "status=deferred ("),
                PostfixNotices.other("delivery/passed", "passing <"),
                PostfixNotices.other("qmgr/skipped", "skipped, still being delivered"),
                new Rule("pickup/submitted", "uid=", PostfixQueue::submitted),
                notification("bounce/failed", "sender non-delivery notification: "),
                notification("bounce/delayed", "sender delay notification: "),
                notification("bounce/success", "sender delivery status notification: "),
                notification("bounce/postmaster-failed", "postmaster non-delivery notification: "),
                notification("bounce/postmaster-delayed", "postmaster delay notification: "),
                PostfixNotices.warning("qmgr/crowded", "warning: mail for ", Reason.UNKNOWN),
                PostfixNotices.warning("qmgr/advice", "warning: you may need to ", Reason.UNKNOWN),
                PostfixNotices.warning(
                        "qmgr/flushing", "warning: please avoid flushing the whole queue", Reason.UNKNOWN),
                PostfixNotices.error("qmgr/transport", "warning: connect to transport "),
                PostfixNotices.warning("cleanup/close", "warning: mail_stream_cleanup: ", Reason.UNKNOWN)));
        rules.addAll(content.rules());
        rules.addAll(access);
        return rules;
    }

    private static Rule.Reading whole(Kind kind) {
        return (cursor, event) -> {
            event.kind(kind);
            return cursor.atEnd();
        };
    }

    private static boolean messageId(Cursor cursor, Event.Builder event) {
        String id = cursor.rest();
        int start = id.startsWith("<") ? 1 : 0;
        int end = start == 1 && id.endsWith(">") ? id.length() - 1 : id.length();
        event.kind(Kind.MESSAGE_ID).put(Field.MESSAGE_ID, id.substring(start, end));
        return true;
    }

    /** {@code from=<who>, size=4701, nrcpt=1 (queue active)}: read from the right, where only numbers stand. */
    private static boolean active(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int start = cursor.at();
        int end = text.lastIndexOf(SIZE);
        if (end < start) {
            return false;
        }
        cursor.moveTo(end + SIZE.length());
        long size = cursor.number();
        long recipients = cursor.take(", nrcpt=") ? cursor.number() : -1;
        if (size < 0 || recipients < 0 || !cursor.take(" (queue active)") || !cursor.atEnd()) {
            return false;
        }
        event.kind(Kind.QUEUE_ACTIVE)
                .put(Field.SENDER, text.substring(start, end))
                .put(Field.SIZE, size)
                .put(Field.RECIPIENT_COUNT, recipients);
        return true;
    }

    private static boolean expired(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int end = text.lastIndexOf(">, status=");
        if (end < cursor.at() || !text.endsWith("expired, returned to sender")) {
            return false;
        }
        event.kind(Kind.EXPIRED).put(Field.SENDER, text.substring(cursor.at(), end));
        return true;
    }

    /** {@code uid=5001 from=<who>}, perhaps {@code orig_id=…} of a message that was requeued. */
    private static boolean submitted(Cursor cursor, Event.Builder event) {
        long uid = cursor.number();
        if (uid < 0 || !cursor.take(" from=<")) {
            return false;
        }
        String text = cursor.text();
        int end = text.lastIndexOf('>');
        if (end < cursor.at()) {
            return false;
        }
        event.kind(Kind.RECEIVED)
                .put(Field.ACCOUNT, "uid:" + uid)
                .put(Field.PROTOCOL, "local")
                .put(Field.SENDER, text.substring(cursor.at(), end));
        return true;
    }

    private static Rule notification(String name, String prefix) {
        return new Rule(name, prefix, (cursor, event) -> {
            String id = QueueIds.take(cursor);
            if (id.isEmpty() || !cursor.atEnd()) {
                return false;
            }
            event.kind(Kind.BOUNCE_NOTIFICATION).put(Field.NEXT_QUEUE_ID, id);
            return true;
        });
    }
}
