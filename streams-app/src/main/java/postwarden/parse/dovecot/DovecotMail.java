package postwarden.parse.dovecot;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Dovecot's mail processes, behind {@code imap(user)<pid><session>: } and the like.
 *
 * <p>A message that LMTP saved is {@code other}: the mail server that handed it over logs the delivery.
 */
final class DovecotMail {
    static final List<Rule> RULES = List.of(
            new Rule("mail/disconnected", "Disconnected", DovecotMail::ended),
            new Rule("mail/logged-out", "Logged out", DovecotMail::ended),
            new Rule("mail/closed", "Connection closed", DovecotMail::ended),
            new Rule("lmtp/saved", "", DovecotMail::saved),
            new Rule("lmtp/connect", "Connect from ", DovecotMail::connect),
            new Rule("lmtp/disconnect", "Disconnect from ", DovecotMail::disconnect),
            new Rule("mail/user-ip-limit", "Error: Maximum number of connections from user+IP", DovecotMail::limit),
            new Rule("mail/namespace", "Error: Namespace ", DovecotMail::error),
            new Rule("mail/mailbox-open", "Error: Opening INBOX failed", DovecotMail::error),
            new Rule("mail/quota", "", DovecotMail::quota));

    private DovecotMail() {}

    /** {@code Disconnected: Logged out in=56 out=899 …}, {@code … top=0/0, retr=0/0, del=0/0, size=0}; LMTP says the state. */
    private static boolean ended(Cursor cursor, Event.Builder event) {
        if (!cursor.atEnd() && ": (i".indexOf(cursor.peek()) < 0) {
            return false;
        }
        cursor.take(':');
        cursor.skipSpaces();
        event.kind(Kind.LOGOUT).put(Field.TEXT, cursor.rest());
        return true;
    }

    private static boolean saved(Cursor cursor, Event.Builder event) {
        int id = cursor.text().indexOf("msgid=", cursor.at());
        if (id < 0
                || (!cursor.text().contains(": saved mail to ")
                        && !cursor.text().contains(": stored mail into "))) {
            return false;
        }
        cursor.moveTo(id + "msgid=".length());
        String messageId = cursor.upTo(": s");
        event.kind(Kind.OTHER);
        if (messageId.startsWith("<") && messageId.endsWith(">")) {
            event.put(Field.MESSAGE_ID, messageId.substring(1, messageId.length() - 1));
        }
        return true;
    }

    private static boolean connect(Cursor cursor, Event.Builder event) {
        event.kind(Kind.CONNECT);
        return peer(cursor.word(), event);
    }

    private static boolean disconnect(Cursor cursor, Event.Builder event) {
        event.kind(Kind.DISCONNECT);
        String peer = cursor.word();
        return peer(peer.endsWith(":") ? peer.substring(0, peer.length() - 1) : peer, event);
    }

    private static boolean peer(String peer, Event.Builder event) {
        String ip = Addresses.canonical(peer);
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        }
        return true;
    }

    private static boolean quota(Cursor cursor, Event.Builder event) {
        if (!cursor.ahead("Quota exceeded (mailbox for user is full)")) {
            return false;
        }
        event.kind(Kind.OTHER).put(Field.REASON, Reason.MAILBOX_FULL);
        return true;
    }

    /** {@code exceeded (mail_max_userip_connections=10)}. */
    private static boolean limit(Cursor cursor, Event.Builder event) {
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.LIMIT, Limit.USER_IP_CONNECTIONS)
                .put(Field.REASON, Reason.TOO_MANY_CONNECTIONS)
                .put(Field.ORIGIN, Origin.LOCAL);
        cursor.upTo("mail_max_userip_connections=");
        long limit = cursor.number();
        if (limit >= 0) {
            event.put(Field.LIMIT_VALUE, limit);
        }
        return true;
    }

    private static boolean error(Cursor cursor, Event.Builder event) {
        event.kind(Kind.ERROR).put(Field.TEXT, cursor.text());
        return true;
    }
}
