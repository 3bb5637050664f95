package postwarden.producer.follow;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of a log that rotation has compressed with gzip (RFC 1952), as they were before. They come in their order; of those that
 * have passed the first and the latest are kept, and others are reached by beginning again, which only a line of many fragments needs.
 */
final class Unpacked implements Bytes {
    /** How many bytes are kept of the beginning, for prints and the first host, and of the latest. */
    private static final int KEPT = 65_536;

    private static final int STRETCH = 65_536;
    /**
     * How many times its size a file may unpack to: logs shrink to a tenth, a flood of like lines to a fiftieth; nearer to gzip's 1032
     * is only what was made to fill a disk or a topic.
     */
    private static final int MOST_RATIO = 500;

    private final Path path;
    private final long most;
    private final byte[] head = new byte[KEPT];
    private final byte[] latest = new byte[KEPT];
    private InputStream stream;
    private int headLength;
    private int latestLength;
    private long at;
    private boolean ended;

    private Unpacked(Path path, long most) throws IOException {
        this.path = path;
        this.most = most;
        this.stream = begin(path);
    }

    /** @throws Damaged when it is no compressed file, or ends within its first bytes */
    static Unpacked open(Stat stat) throws IOException {
        Unpacked unpacked = new Unpacked(stat.path(), stat.size() * MOST_RATIO + KEPT);
        boolean whole = false;
        try {
            unpacked.fillHead();
            whole = true;
            return unpacked;
        } finally {
            if (!whole) {
                unpacked.close();
            }
        }
    }

    /** The file cannot be unpacked any further, and will not change. */
    static final class Damaged extends IOException {
        private static final long serialVersionUID = 1L;

        Damaged(String what) {
            super(what);
        }
    }

    /**
     * How many bytes the file says that it unpacks to, modulo 2^32: what its last member says, so a file of several members is larger.
     */
    static long statedSize(Path path) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.read(last, Math.max(0, channel.size() - Integer.BYTES));
        }
        return Integer.toUnsignedLong(last.getInt(0));
    }

    @Override
    public long size() {
        return ended ? at : at + 1;
    }

    @Override
    public int read(byte[] into, int length, long from) throws IOException {
        int count = 0;
        while (count < length) {
            long place = from + count;
            int more = length - count;
            int read = place < headLength
                    ? kept(head, place, headLength - place, into, count, more)
                    : place < at && place >= at - latestLength
                            ? kept(latest, place - (at - latestLength), at - place, into, count, more)
                            : further(place, into, count, more);
            if (read == 0) {
                break;
            }
            count += read;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private static int kept(byte[] kept, long start, long available, byte[] into, int offset, int length) {
        int count = (int) Math.min(available, length);
        System.arraycopy(kept, (int) start, into, offset, count);
        return count;
    }

    private int further(long place, byte[] into, int offset, int length) throws IOException {
        if (place < at) {
            stream.close();
            stream = begin(path);
            at = 0;
            latestLength = 0;
            ended = false;
        }
        byte[] passed = new byte[STRETCH];
        while (at < place && !ended) {
            next(passed, 0, (int) Math.min(STRETCH, place - at));
        }
        return at == place ? next(into, offset, length) : 0;
    }

    private void fillHead() throws IOException {
        while (headLength < KEPT && !ended) {
            headLength += next(head, headLength, KEPT - headLength);
        }
    }

    /** Unpacks on; 0 at the end. */
    private int next(byte[] into, int offset, int length) throws IOException {
        if (ended) {
            return 0;
        }
        int count;
        try {
            count = stream.read(into, offset, length);
        } catch (IOException damaged) {
            throw new Damaged("cannot be unpacked behind byte " + at + ": " + damaged.getMessage());
        }
        if (count < 0) {
            ended = true;
            return 0;
        }
        at += count;
        if (at > most) {
            throw new Damaged("unpacks to more than " + MOST_RATIO + " times its size");
        }
        keepLatest(into, offset, count);
        return count;
    }

    private void keepLatest(byte[] from, int offset, int count) {
        int fresh = Math.min(count, KEPT);
        int old = Math.min(latestLength, KEPT - fresh);
        System.arraycopy(latest, latestLength - old, latest, 0, old);
        System.arraycopy(from, offset + count - fresh, latest, old, fresh);
        latestLength = old + fresh;
    }

    private static InputStream begin(Path path) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(path), STRETCH);
        try {
            return new GZIPInputStream(file, STRETCH);
        } catch (IOException noGzip) {
            file.close();
            throw new Damaged("cannot be unpacked: " + noGzip.getMessage());
        }
    }
}
