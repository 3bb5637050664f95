package postwarden.parse.rule;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;

/** Rules for messages that are known and of no further interest: they carry kind and text, and name nobody. */
public final class Remarks {
    private Remarks() {}

    /** A rule for messages that go on with one of these beginnings. */
    public static Rule beginning(String name, Kind kind, String... beginnings) {
        List<String> known = List.of(beginnings);
        return new Rule(name, "", (cursor, event) -> known.stream().anyMatch(cursor::sees) && put(kind, event));
    }

    /** A rule for messages in which one of these parts stands. */
    public static Rule holding(String name, Kind kind, String... parts) {
        List<String> known = List.of(parts);
        return new Rule(name, "", (cursor, event) -> known.stream().anyMatch(cursor::ahead) && put(kind, event));
    }

    /** A rule for messages that go on with this beginning and hold this part behind it. */
    public static Rule framed(String name, Kind kind, String beginning, String part) {
        return new Rule(name, beginning, (cursor, event) -> cursor.ahead(part) && put(kind, event));
    }

    /** Puts kind and text; always true, to end a reading with. */
    public static boolean put(Kind kind, Event.Builder event) {
        event.kind(kind).put(Field.TEXT, event.line().message());
        return true;
    }
}
