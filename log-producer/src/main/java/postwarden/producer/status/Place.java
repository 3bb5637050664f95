package postwarden.producer.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import postwarden.producer.file.FileKey;

/** What stands at a path now. */
final class Place {
    private Place() {}

    /**
     * The size of the file, in bytes.
     *
     * @param before its size as far as is known; the answer as well when something else stands there, nothing does, or it cannot be seen
     */
    static long sizeOf(Path path, FileKey key, long before) {
        try {
            if (Files.size(path) == before) {
                // Whatever it is; which file it is is told by a map of objects, and most of ten thousand files stand
                // still.
                return before;
            }
            Map<String, Object> now = Files.readAttributes(path, "unix:dev,ino,size");
            boolean same = Long.valueOf(key.inode()).equals(now.get("ino"))
                    && Long.valueOf(key.device()).equals(now.get("dev"));
            return same && now.get("size") instanceof Long size ? size : before;
        } catch (IOException gone) {
            return before;
        }
    }
}
