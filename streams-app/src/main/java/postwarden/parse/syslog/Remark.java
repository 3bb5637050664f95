package postwarden.parse.syslog;

import java.util.Locale;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** What logging systems say in common ways: a text of some kind, and how many lines are missing. */
final class Remark {
    private Remark() {}

    /** A line that says no more than its text. */
    static Rule.Reading text(Kind kind) {
        return (cursor, event) -> {
            event.kind(kind).put(Field.TEXT, event.line().message());
            return true;
        };
    }

    /** A line in which one of these stands, in any case of letters. */
    static Rule.Reading containing(Kind kind, String... parts) {
        return (cursor, event) -> {
            String lower = cursor.rest().toLowerCase(Locale.ROOT);
            for (String part : parts) {
                if (lower.contains(part)) {
                    return text(kind).read(cursor, event);
                }
            }
            return false;
        };
    }

    /** Lines are missing; nobody knows how many. */
    static Rule.Reading gap() {
        return text(Kind.LOG_GAP);
    }

    /** Lines are missing, as many as the number that stands here, before a word that begins so. */
    static boolean lost(Cursor cursor, Event.Builder event, String unit) {
        long lost = cursor.number();
        if (lost < 0 || !cursor.sees(unit)) {
            return false;
        }
        event.put(Field.LOST, lost);
        return gap().read(cursor, event);
    }

    /** {@code 37 messages suppressed.} at the end of the text, behind whoever suppressed them. */
    static boolean suppressed(Cursor cursor, Event.Builder event, String ending) {
        String text = cursor.text();
        int end = text.endsWith(".") ? text.length() - 1 : text.length();
        int at = end - ending.length();
        if (at <= cursor.at() || !text.startsWith(ending, at)) {
            return false;
        }
        int digits = at;
        while (digits > cursor.at() && Character.isDigit(text.charAt(digits - 1))) {
            digits--;
        }
        return lost(moved(cursor, digits), event, ending);
    }

    private static Cursor moved(Cursor cursor, int position) {
        cursor.moveTo(position);
        return cursor;
    }
}
