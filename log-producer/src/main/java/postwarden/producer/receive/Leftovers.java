package postwarden.producer.receive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Spools of sources that are not configured any more: lines were taken from senders, and nobody sends them on. */
public final class Leftovers {
    private Leftovers() {}

    /**
     * How many bytes stand in each spool that no source uses.
     *
     * @param spools the directory with all spools; it may be missing
     * @param used spools that are used
     * @throws IOException when one cannot be looked at
     */
    public static Map<Path, Long> of(Path spools, Set<Path> used) throws IOException {
        Map<Path, Long> left = new TreeMap<>();
        if (!Files.isDirectory(spools)) {
            return left;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(spools)) {
            for (Path spool : all) {
                long bytes = Files.isDirectory(spool) && !used.contains(spool) ? bytes(spool) : 0;
                if (bytes > 0) {
                    left.put(spool, bytes);
                }
            }
        }
        return left;
    }

    private static long bytes(Path spool) throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> segments = Files.newDirectoryStream(spool, "*" + Segment.SUFFIX)) {
            for (Path segment : segments) {
                bytes += Files.size(segment);
            }
        }
        return bytes;
    }
}
