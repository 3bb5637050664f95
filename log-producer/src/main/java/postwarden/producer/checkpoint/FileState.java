package postwarden.producer.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import postwarden.producer.file.FileKey;
import postwarden.producer.file.Print;

/**
 * What is kept about one file between two runs.
 *
 * @param fileId identity of its content
 * @param family folder and family name
 * @param path where it stood last; empty when it was rotated away before it was known
 * @param key where the file system kept it
 * @param beginning print of its beginning
 * @param offset first byte that is not known to be in Kafka, in bytes, >= 0
 * @param fragment index of the fragment that begins there, 0 at the start of a line
 * @param mark print of the bytes in front of the offset
 * @param modifiedMillis its last change, milliseconds since the epoch, as of the last look
 * @param seenMillis when it was seen last, milliseconds since the epoch
 * @param place where an input that is no log file goes on, in words of its own, such as a journal's cursor; empty for a log file, and
 *     then not written, so that an agent from before there were such inputs reads this checkpoint too
 */
public record FileState(
        String fileId,
        String family,
        String path,
        FileKey key,
        Print beginning,
        long offset,
        int fragment,
        Print mark,
        long modifiedMillis,
        long seenMillis,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String place) {
    private static final long ROUGHLY_MILLIS = 30_000;

    public FileState {
        // Jackson gives null where a checkpoint does not have it.
        place = Objects.requireNonNullElse(place, "");
        // A log that was not rotated is named as its family is; of ten thousand files the second copies are a megabyte.
        family = family.equals(path) ? path : family;
    }

    /** A log file. */
    public FileState(
            String fileId,
            String family,
            String path,
            FileKey key,
            Print beginning,
            long offset,
            int fragment,
            Print mark,
            long modifiedMillis,
            long seenMillis) {
        this(fileId, family, path, key, beginning, offset, fragment, mark, modifiedMillis, seenMillis, "");
    }

    /** Whether it is a log file, which is looked for by its content. */
    public boolean ofLogFile() {
        return place.isEmpty();
    }

    /** The same file further on, or further back. */
    FileState at(Position position) {
        return new FileState(
                fileId,
                family,
                path,
                key,
                beginning,
                position.offset(),
                position.fragment(),
                position.mark(),
                modifiedMillis,
                seenMillis,
                position.place().isEmpty() ? place : position.place());
    }

    /** The same content as it was seen now; the time is kept roughly, so that a quiet file writes no checkpoints. */
    public FileState seen(String newPath, FileKey newKey, long newModifiedMillis, long nowMillis) {
        boolean same = path.equals(newPath) && key.equals(newKey) && modifiedMillis == newModifiedMillis;
        return same && Math.abs(nowMillis - seenMillis) < ROUGHLY_MILLIS
                ? this
                : seenAnew(newPath, newKey, newModifiedMillis, nowMillis);
    }

    /** The same, seen at another time. */
    FileState seenAt(long millis) {
        return millis == seenMillis ? this : seenAnew(path, key, modifiedMillis, millis);
    }

    private FileState seenAnew(String newPath, FileKey newKey, long newModifiedMillis, long nowMillis) {
        return new FileState(
                fileId,
                family,
                newPath,
                newKey,
                beginning,
                offset,
                fragment,
                mark,
                newModifiedMillis,
                nowMillis,
                place);
    }
}
