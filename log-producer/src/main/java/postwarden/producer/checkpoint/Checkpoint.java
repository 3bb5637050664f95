package postwarden.producer.checkpoint;

import java.util.List;
import java.util.Map;

/**
 * What a run leaves to the next one.
 *
 * @param files every input that is known, at the place in front of which all is acknowledged
 * @param unfinished families whose generations could not be looked through in peace: what changed since then, in milliseconds since the
 *     epoch, may be unread, however young the generations are that are known
 */
public record Checkpoint(List<FileState> files, Map<String, Long> unfinished) {
    /** Nothing is known. */
    public static final Checkpoint NOTHING = new Checkpoint(List.of(), Map.of());

    public Checkpoint {
        files = List.copyOf(files);
        unfinished = Map.copyOf(unfinished);
    }
}
