package postwarden.parse.dovecot;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Cursor;

/**
 * Whose mail process wrote a line: {@code (user)<pid><session>: } by 2.3's {@code mail_log_prefix}, {@code (user): } by
 * 2.2's, {@code (pid): }, LMTP's {@code (pid, user): }, or the address and session that an administrator adds to it. The
 * user has logged in or has a mailbox here, so this is no stranger's text.
 */
final class Owner {
    private Owner() {}

    /** Moves behind the brackets and their colon, and puts the user; false when no brackets stand here. */
    static boolean read(Cursor cursor, Field field, Event.Builder event) {
        String text = cursor.text();
        int start = cursor.at();
        if (!cursor.take('(')) {
            return false;
        }
        int plain = text.indexOf("): ", start);
        int close = text.indexOf(")<", start);
        boolean groups = close >= 0 && (plain < 0 || close < plain);
        int end = groups ? close : plain;
        if (end < 0) {
            cursor.moveTo(start);
            return false;
        }
        user(text.substring(start + 1, end), field, event);
        cursor.moveTo(end + 1);
        if (groups) {
            groups(cursor, event);
        }
        cursor.take(": ");
        return true;
    }

    private static void user(String inside, Field field, Event.Builder event) {
        int comma = inside.indexOf(',');
        String first = comma < 0 ? inside : inside.substring(0, comma);
        String user =
                isNumber(first) && comma >= 0 ? inside.substring(comma + 1).strip() : first;
        if (!user.isEmpty() && !isNumber(user) && !user.equals("init") && !user.equals("default")) {
            event.put(field, user);
        }
    }

    /** {@code <pid><session>}, either of which may be missing. */
    private static void groups(Cursor cursor, Event.Builder event) {
        while (cursor.take('<')) {
            String group = cursor.upTo('>');
            if (!group.isEmpty() && !isNumber(group)) {
                event.put(Field.SESSION, group);
            }
        }
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
