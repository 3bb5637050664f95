package postwarden.parse.filter;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Cursor;

/**
 * The queue id of the mail daemon that a filter serves, as milters and policy services repeat it: Postfix short and long,
 * Sendmail, Exim.
 */
final class QueueId {
    /** Postfix's shortest: five hexadecimal digits of microseconds and one of the inode. */
    private static final int SHORTEST = 6;
    /** Exim 4.97 and later. */
    private static final int LONGEST = 23;

    private QueueId() {}

    /** Moves behind {@code QID: } and puts the id, where it stands here. */
    static boolean take(Cursor cursor, Event.Builder event) {
        int colon = cursor.text().indexOf(": ", cursor.at());
        if (colon < 0 || colon - cursor.at() > LONGEST) {
            return false;
        }
        String id = cursor.text().substring(cursor.at(), colon);
        if (!isOne(id)) {
            return false;
        }
        event.put(Field.QUEUE_ID, id);
        cursor.moveTo(colon + 2);
        return true;
    }

    /** Letters and digits with at least one digit, hyphens for Exim. */
    static boolean isOne(String id) {
        boolean digit = false;
        for (int at = 0; at < id.length(); at++) {
            char c = id.charAt(at);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (c >= '0' && c <= '9') {
                digit = true;
            } else if (!letter && c != '-') {
                return false;
            }
        }
        return digit && id.length() >= SHORTEST && id.length() <= LONGEST;
    }
}
