package postwarden.producer.follow;

import java.nio.file.Path;
import postwarden.producer.file.FileKey;

/**
 * A file that is open, as of the last look.
 *
 * @param fileId identity of its content; empty while it has no whole line
 * @param path where it stands, or stood when it was seen last
 * @param key where the file system keeps it
 * @param size in bytes; of a packed file as far as it is unpacked
 * @param position first byte that was not read
 * @param growing whether it is plain and stands at its path, so that a look at the path tells its size
 */
public record OpenFile(String fileId, Path path, FileKey key, long size, long position, boolean growing) {}
