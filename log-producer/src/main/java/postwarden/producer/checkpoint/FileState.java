package postwarden.producer.checkpoint;

import postwarden.producer.file.FileKey;
import postwarden.producer.file.Print;

/**
 * What is kept about one file between two runs.
 *
 * @param fileId identity of its content
 * @param family folder and family name
 * @param path where it stood last
 * @param key where the file system kept it
 * @param beginning print of its beginning
 * @param offset first byte that is not known to be in Kafka, in bytes, >= 0
 * @param fragment index of the fragment that begins there, 0 at the start of a line
 * @param mark print of the bytes in front of the offset
 * @param modifiedMillis its last change, milliseconds since the epoch, as of the last look
 * @param seenMillis when it was seen last, milliseconds since the epoch
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
        long seenMillis) {
    private static final long ROUGHLY_MILLIS = 30_000;

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
                seenMillis);
    }

    /** The same content as it was seen now; the time is kept roughly, so that a quiet file writes no checkpoints. */
    public FileState seen(String newPath, FileKey newKey, long newModifiedMillis, long nowMillis) {
        boolean same = path.equals(newPath) && key.equals(newKey) && modifiedMillis == newModifiedMillis;
        return same && Math.abs(nowMillis - seenMillis) < ROUGHLY_MILLIS
                ? this
                : seenAnew(newPath, newKey, newModifiedMillis, nowMillis);
    }

    private FileState seenAnew(String newPath, FileKey newKey, long newModifiedMillis, long nowMillis) {
        return new FileState(
                fileId, family, newPath, newKey, beginning, offset, fragment, mark, newModifiedMillis, nowMillis);
    }
}
