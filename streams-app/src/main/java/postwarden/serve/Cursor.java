package postwarden.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import postwarden.serve.wire.Json;
import postwarden.serve.wire.Refusal;

/**
 * The last row of a page, from which any instance can go on.
 *
 * @param question tells questions apart: a cursor goes on with its own only
 * @param name of the row
 * @param place its measure, or its instant
 */
record Cursor(String question, String name, String place) {
    Cursor {
        Objects.requireNonNull(question);
        Objects.requireNonNull(name);
        Objects.requireNonNull(place);
    }

    static final Cursor NONE = new Cursor("", "", "");

    /** A name for a question, the same on every instance. */
    static String question(Object... parts) {
        return Tag.of(java.util.Arrays.toString(parts).getBytes(StandardCharsets.UTF_8));
    }

    /** The cursor that a caller hands back. @throws Refusal 400 */
    static Cursor read(String text, String question) {
        if (text.isEmpty()) {
            return NONE;
        }
        try {
            Cursor cursor = Json.read(Base64.getUrlDecoder().decode(text), Cursor.class);
            if (!cursor.question.equals(question)) {
                throw Refusal.bad("cursor is of another question");
            }
            return cursor;
        } catch (IOException | IllegalArgumentException broken) {
            throw Refusal.bad("cursor is none that was given out");
        }
    }

    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(this));
    }

    /** The row's measure. @throws Refusal 400 */
    double measure() {
        try {
            return place.isEmpty() ? 0 : Double.parseDouble(place);
        } catch (NumberFormatException broken) {
            throw Refusal.bad("cursor is none that was given out");
        }
    }
}
