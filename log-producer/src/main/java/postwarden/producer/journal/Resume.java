package postwarden.producer.journal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where reading a journal goes on: behind an entry that was sent, or at one that was not.
 *
 * @param cursor of the entry
 * @param behind whether that entry itself was sent
 */
public record Resume(Cursor cursor, boolean behind) {
    private static final String BEHIND = "behind ";
    private static final String AT = "at ";

    /** In words for a checkpoint. */
    public String words() {
        return (behind ? BEHIND : AT) + cursor.text();
    }

    /** From the words of a checkpoint; nothing when they are none of these. */
    public static Optional<Resume> of(String words) {
        boolean behind = words.startsWith(BEHIND);
        boolean at = words.startsWith(AT);
        @Nullable
        Cursor cursor = behind || at ? Cursor.of(words.substring(behind ? BEHIND.length() : AT.length())) : null;
        return cursor == null ? Optional.empty() : Optional.of(new Resume(cursor, behind));
    }
}
