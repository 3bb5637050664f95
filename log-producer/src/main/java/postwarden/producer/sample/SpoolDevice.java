package postwarden.producer.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which device a folder is on: by the number that stat(2) gives, and, where a file system has a number of its own (btrfs), by the
 * source of its mount.
 */
final class SpoolDevice {
    /** Places in a line of mountinfo (proc(5)). */
    private static final int MOUNT_POINT = 4;

    private static final String SOURCE_FOLLOWS = "-";

    private SpoolDevice() {}

    /**
     * The row of the folder's device.
     *
     * @param devices rows of diskstats: major, minor, name, counters
     * @return empty when no row is it: tmpfs, overlay, a network file system
     */
    static Optional<List<String>> among(List<List<String>> devices, Path folder, Path proc) throws IOException {
        Path real = folder.toRealPath();
        Optional<List<String>> byNumber = row(devices, number(real, "unix:dev"));
        if (byNumber.isPresent()) {
            return byNumber;
        }
        Optional<Path> source = source(real, proc);
        if (source.isEmpty() || !Files.exists(source.get())) {
            return Optional.empty();
        }
        return row(devices, number(source.get().toRealPath(), "unix:rdev"));
    }

    private static Optional<List<String>> row(List<List<String>> devices, long number) {
        // As makedev(3) has it: twelve bits of the major number above eight of the minor, and what goes beyond above
        // both.
        String major = Long.toString(((number >>> 8) & 0xfff) | ((number >>> 32) & ~0xfffL));
        String minor = Long.toString((number & 0xff) | ((number >>> 12) & 0xffffff00L));
        return devices.stream()
                .filter(words -> words.get(0).equals(major) && words.get(1).equals(minor))
                .findFirst();
    }

    private static long number(Path path, String attribute) throws IOException {
        try {
            return Files.getAttribute(path, attribute) instanceof Number number ? number.longValue() : 0;
        } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
            throw new IOException(path + ": this system does not tell devices", notUnix);
        }
    }

    /** The source of the mount with the longest mount point above the folder, of several the last. */
    private static Optional<Path> source(Path folder, Path proc) throws IOException {
        Optional<Path> source = Optional.empty();
        int longest = -1;
        for (String line : ProcFile.lines(proc.resolve("self/mountinfo"))) {
            List<String> words = ProcFile.words(line);
            int dash = words.lastIndexOf(SOURCE_FOLLOWS);
            if (dash < MOUNT_POINT || words.size() < dash + 3) {
                continue;
            }
            Path point = Path.of(words.get(MOUNT_POINT));
            if (folder.startsWith(point) && point.getNameCount() >= longest) {
                longest = point.getNameCount();
                source = words.get(dash + 2).startsWith("/")
                        ? Optional.of(Path.of(words.get(dash + 2)))
                        : Optional.empty();
            }
        }
        return source;
    }
}
