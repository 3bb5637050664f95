package postwarden.producer.receive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a spool on disk: {@code 0001795300000000-5f0c3a91.spool}, a number that grows, begun with the time, and a random one, so
 * that a name never comes back even when the clock is set back. Written by one thread; lines in them hold passwords that are not cut
 * yet, so nobody else may read them.
 */
final class SegmentFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentFiles.class);
    private static final FileAttribute<Set<PosixFilePermission>> OWN_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWN_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int DIGITS = 16;
    private static final int RANDOM_BYTES = 4;
    private static final int STRETCH = 65_536;

    private final Path directory;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private @Nullable FileChannel out;
    private @Nullable Segment segment;
    private long size;
    private long lastNumber;

    /** Makes the directory if it is missing. */
    SegmentFiles(Path directory, Clock clock) throws IOException {
        this.directory = directory;
        this.clock = clock;
        Files.createDirectories(directory, OWN_DIRECTORY);
    }

    /** The files of an earlier run and how many bytes of whole lines they have; a line that was torn is cut off. */
    SortedMap<Segment, Long> left() throws IOException {
        SortedMap<Segment, Long> left = new TreeMap<>((a, b) -> Long.compare(a.number(), b.number()));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*" + Segment.SUFFIX)) {
            for (Path file : all) {
                Segment known = new Segment(file, number(file));
                left.put(known, mended(file));
                lastNumber = Math.max(lastNumber, known.number());
            }
        }
        return left;
    }

    /** How many bytes the file that was written last has. */
    long size() {
        return size;
    }

    /**
     * Writes whole lines behind the others, and waits until the disk has them. When that fails, what is there is as before.
     *
     * @param batch the lines
     * @param largest the size from which on a new file is begun
     */
    Segment append(byte[] batch, long largest) throws IOException {
        if (out == null || segment == null || size >= largest) {
            begin();
        }
        return written(batch);
    }

    private Segment written(byte[] batch) throws IOException {
        FileChannel channel = Objects.requireNonNull(out);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(batch);
            while (bytes.hasRemaining()) {
                channel.write(bytes, size + bytes.position());
            }
            channel.force(false);
        } catch (IOException e) {
            // What the kernel keeps of a write that the disk refused is not known: the next try writes the same bytes
            // to the same place.
            channel.truncate(size);
            throw e;
        }
        size += batch.length;
        return Objects.requireNonNull(segment);
    }

    private void begin() throws IOException {
        close();
        long number = Math.max(lastNumber + 1, clock.millis());
        byte[] tail = new byte[RANDOM_BYTES];
        random.nextBytes(tail);
        String digits = String.format("%0" + DIGITS + "d", number);
        Path path = directory.resolve(digits + '-' + HexFormat.of().formatHex(tail) + Segment.SUFFIX);
        out = FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWN_FILE);
        // A new name is on the disk only when its directory is.
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
        segment = new Segment(path, number);
        lastNumber = number;
        size = 0;
    }

    @Override
    public void close() throws IOException {
        FileChannel open = out;
        out = null;
        if (open != null) {
            open.close();
        }
    }

    private static long number(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        boolean number = name.length() > DIGITS
                && name.chars().limit(DIGITS).allMatch(c -> c >= '0' && c <= '9')
                && name.charAt(DIGITS) == '-';
        if (!number) {
            throw new IOException(file + ": no file of a spool; move it elsewhere");
        }
        return Long.parseLong(name.substring(0, DIGITS));
    }

    /** Cuts a torn line off; answers the size. What is read was confirmed by the disk, and so is never cut. */
    private static long mended(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = endOfLastLine(channel);
            if (end < channel.size()) {
                LOG.warn("{}: {} bytes of a line that was never stored whole are cut off", file, channel.size() - end);
                channel.truncate(end);
            }
            channel.force(true);
            return end;
        }
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(STRETCH);
        for (long to = channel.size(); to > 0; to = Math.max(0, to - STRETCH)) {
            long from = Math.max(0, to - STRETCH);
            bytes.clear().limit((int) (to - from));
            int count = channel.read(bytes, from);
            for (int i = count - 1; i >= 0; i--) {
                if (bytes.get(i) == '\n') {
                    return from + i + 1;
                }
            }
        }
        return 0;
    }
}
