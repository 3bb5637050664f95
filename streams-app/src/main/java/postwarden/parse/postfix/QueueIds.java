package postwarden.parse.postfix;

import postwarden.parse.rule.Cursor;

/**
 * Postfix queue ids: upper-case hexadecimal (microseconds and inode), or, with {@code enable_long_queue_ids}, digits and
 * letters without vowels, at least eleven of them, with a z between time and inode (Postfix 3.7, mail_queue.h).
 */
final class QueueIds {
    private static final int SHORTEST = 6;
    private static final int SHORTEST_LONG = 11;
    private static final int LONGEST = 24;

    private QueueIds() {}

    /** Where the queue id that stands at that position ends; {@code from} when none does. */
    static int end(String text, int from) {
        int at = from;
        int last = Math.min(text.length(), from + LONGEST + 1);
        boolean hex = true;
        boolean separated = false;
        while (at < last && isDigitOrConsonantOr(text.charAt(at), hex)) {
            char c = text.charAt(at);
            hex = hex && (c <= '9' || (c >= 'A' && c <= 'F'));
            separated = separated || c == 'z';
            at++;
        }
        int length = at - from;
        boolean fits = hex ? length >= SHORTEST : separated && length >= SHORTEST_LONG;
        return fits && length <= LONGEST ? at : from;
    }

    /** The queue id that stands here, moving behind it; empty when none does. */
    static String take(Cursor cursor) {
        int start = cursor.at();
        int end = end(cursor.text(), start);
        cursor.moveTo(end);
        return end == start ? "" : cursor.text().substring(start, end);
    }

    private static boolean isDigitOrConsonantOr(char c, boolean vowels) {
        if (c >= '0' && c <= '9') {
            return true;
        }
        boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        return letter && ("AEIOUaeiou".indexOf(c) < 0 || (vowels && (c == 'A' || c == 'E')));
    }
}
