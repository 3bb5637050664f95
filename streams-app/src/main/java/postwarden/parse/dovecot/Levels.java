package postwarden.parse.dovecot;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Dovecot's levels (sources lib/failures.c, 2.2 to 2.4), which begin a message of any of its programs, and what is left to
 * be said where no rule knows more than the level.
 */
final class Levels {
    private static final List<String> WORSE = List.of("Warning: ", "Error: ", "Fatal: ", "Panic: ", "Debug: ");

    static final List<Rule> RULES = List.of(
            new Rule("dovecot/continued", "<line continued> ", Levels::continued),
            new Rule("dovecot/warning", "Warning: ", (cursor, event) -> say(Kind.WARNING, cursor, event)),
            new Rule("dovecot/error", "Error: ", (cursor, event) -> say(Kind.ERROR, cursor, event)),
            new Rule("dovecot/fatal", "Fatal: ", (cursor, event) -> say(Kind.ERROR, cursor, event)),
            new Rule("dovecot/panic", "Panic: ", (cursor, event) -> say(Kind.ERROR, cursor, event)),
            new Rule("dovecot/debug", "Debug: ", Levels::debug),
            new Rule("dovecot/other", "", (cursor, event) -> say(Kind.OTHER, cursor, event)));

    private Levels() {}

    /** Whether a level other than information stands here. */
    static boolean isWorse(Cursor cursor) {
        return WORSE.stream().anyMatch(cursor::sees);
    }

    /** Whether any level stands here: what tells Dovecot's own log from other programs of the same name. */
    static boolean isLevel(Cursor cursor) {
        return isWorse(cursor) || cursor.sees("Info: ");
    }

    private static boolean say(Kind kind, Cursor cursor, Event.Builder event) {
        event.kind(kind).put(Field.TEXT, GivenPassword.cut(cursor.text()));
        return true;
    }

    /** The middle of a message that was too long for one write: who wrote it and what it means stood before. */
    private static boolean continued(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER);
        return true;
    }

    /** May hold credentials in forms that only its writer knows ({@code auth_debug_passwords}), so nothing is kept. */
    private static boolean debug(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER);
        return true;
    }
}
