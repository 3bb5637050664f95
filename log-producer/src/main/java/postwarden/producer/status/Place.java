package postwarden.producer.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import postwarden.producer.file.FileKey;

/** What stands at a path now. */
final class Place {
    private Place() {}

    /** The size of the file, in bytes; empty when something else stands there, nothing does, or it cannot be seen. */
    static OptionalLong sizeOf(Path path, FileKey key) {
        try {
            Map<String, Object> now = Files.readAttributes(path, "unix:dev,ino,size");
            boolean same = Long.valueOf(key.inode()).equals(now.get("ino"))
                    && Long.valueOf(key.device()).equals(now.get("dev"));
            return same && now.get("size") instanceof Long size ? OptionalLong.of(size) : OptionalLong.empty();
        } catch (IOException gone) {
            return OptionalLong.empty();
        }
    }
}
