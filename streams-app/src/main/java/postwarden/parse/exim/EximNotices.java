package postwarden.parse.exim;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Exim's lines of no further interest, by how they begin or what they hold: what went wrong on this host, what its
 * configuration should say otherwise, and remarks (every other {@code log_write} of the sources of 4.94 to 4.100).
 *
 * <p>An access control list, a filter or an embedded Perl program may log any words ({@code logwrite}, {@code log_message}).
 * So what begins like no line of Exim's is such text; what begins like one and cannot be read is not recognised.
 */
final class EximNotices {
    static final List<Rule> RULES = List.of(
            new Rule("exim/continued", "[", EximNotices::continued),
            new Rule("exim/envelope", "Envelope-", EximNotices::envelope),
            new Rule("exim/header", "", EximNotices::header),
            new Rule("exim/separator", "----------", EximNotices::silent),
            new Rule("exim/truncated", "*** truncated ***", EximNotices::silent),
            new Rule("exim/error", "", (cursor, event) -> begins(cursor, event, EximFaults.ERRORS, Kind.ERROR)),
            new Rule("exim/warning", "", (cursor, event) -> begins(cursor, event, EximFaults.WARNINGS, Kind.WARNING)),
            new Rule("exim/life", "", (cursor, event) -> begins(cursor, event, EximRemarks.LIFE, Kind.LIFECYCLE)),
            new Rule("exim/note", "", (cursor, event) -> begins(cursor, event, EximRemarks.NOTES, Kind.OTHER)),
            new Rule(
                    "exim/error-within",
                    "",
                    (cursor, event) -> holds(cursor, event, EximFaults.ERRORS_WITHIN, Kind.ERROR)),
            new Rule(
                    "exim/note-within",
                    "",
                    (cursor, event) -> holds(cursor, event, EximRemarks.NOTES_WITHIN, Kind.OTHER)),
            new Rule("exim/free-text", "", EximNotices::freeText));

    private EximNotices() {}

    private static boolean silent(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER);
        return true;
    }

    /** What syslog could not take in one piece goes on here: anybody's text. */
    private static boolean continued(Cursor cursor, Event.Builder event) {
        cursor.moveTo(cursor.at() - 1);
        return EximStart.read(cursor).part() == EximStart.Part.CONTINUED && silent(cursor, event);
    }

    /** The reject log's copy of a message: {@code Envelope-from: <…>}, {@code Envelope-to: <…>}. */
    private static boolean envelope(Cursor cursor, Event.Builder event) {
        return (cursor.take("from: <") || cursor.take("to: <")) && silent(cursor, event);
    }

    /** The reject log's copy of a header: a letter or a star for its kind, a space, {@code Name: text}. */
    private static boolean header(Cursor cursor, Event.Builder event) {
        char kind = cursor.peek();
        boolean known = kind == '*' || (kind >= 'A' && kind <= 'Z') || (kind >= 'a' && kind <= 'z');
        int at = cursor.at() + 2;
        if (!known || !cursor.text().startsWith(" ", at - 1)) {
            return false;
        }
        int end = at;
        while (end < cursor.text().length() && " :".indexOf(cursor.text().charAt(end)) < 0) {
            end++;
        }
        return end > at && end < cursor.text().length() && cursor.text().charAt(end) == ':' && silent(cursor, event);
    }

    private static boolean begins(Cursor cursor, Event.Builder event, EximTexts texts, Kind kind) {
        if (!texts.begin(cursor)) {
            return false;
        }
        event.kind(kind).put(Field.TEXT, cursor.rest());
        return true;
    }

    private static boolean holds(Cursor cursor, Event.Builder event, EximTexts texts, Kind kind) {
        if (!texts.stand(cursor)) {
            return false;
        }
        event.kind(kind).put(Field.TEXT, cursor.rest());
        return true;
    }

    private static boolean freeText(Cursor cursor, Event.Builder event) {
        if (EximTexts.TEMPLATES.begin(cursor) || EximTexts.TEMPLATES_WITHIN.stand(cursor)) {
            return false;
        }
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.rest());
        return true;
    }
}
