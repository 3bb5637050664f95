package postwarden.producer.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import postwarden.producer.file.FileKey;

/**
 * What stands at a path now at which a file was seen.
 *
 * @param size of the file, in bytes; as far as was known where something else stands there, nothing does, or it cannot be seen
 * @param newcomer size of the file that stands there in its place, in bytes; 0 for none
 * @param there whether the file is what stands there
 */
record Place(long size, long newcomer, boolean there) {
    /**
     * Looks at a path.
     *
     * @param before the file's size as far as is known
     * @param open files that are known: none of them is a newcomer
     */
    static Place of(Path path, FileKey key, long before, Set<FileKey> open) {
        try {
            if (Files.size(path) == before) {
                // Whatever it is; which file it is is told by a map of objects, and most of ten thousand files stand
                // still.
                return new Place(before, 0, true);
            }
            Map<String, Object> now = Files.readAttributes(path, "unix:dev,ino,size");
            FileKey there = new FileKey(number(now, "dev"), number(now, "ino"));
            long size = number(now, "size");
            if (there.equals(key)) {
                return new Place(size, 0, true);
            }
            return new Place(before, open.contains(there) ? 0 : size, false);
        } catch (IOException gone) {
            return new Place(before, 0, false);
        }
    }

    private static long number(Map<String, Object> all, String name) {
        return all.get(name) instanceof Long number ? number : 0;
    }
}
