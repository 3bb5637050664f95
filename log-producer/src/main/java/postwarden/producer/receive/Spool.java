package postwarden.producer.receive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines on disk between their senders and Kafka. Whoever appends waits while the spool is full; a thread of its own writes what has
 * gathered, and only what the disk has confirmed can be read. So what is read never changes, whatever crashes. Safe for many threads.
 */
public final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    /** How much may be taken from senders and not yet be on the disk, in bytes: what a crash of this process loses, at most. */
    private static final int MOST_PENDING = 1 << 20;

    private static final int FIRST_PENDING = 1 << 16;
    private static final byte[] LINE_FEED = {'#', '0', '1', '2'};
    private static final long RETRY_MILLIS = 1_000;
    /** How long a stopping agent tries to store what it has taken. */
    private static final long END_MILLIS = 5_000;

    private final Path directory;
    private final ReceiveParams params;
    private final ReceiveMetrics metrics;
    private final SegmentFiles files;
    private final Thread writer;
    private final int mostPending;
    private final TreeMap<Long, Stored> stored = new TreeMap<>();

    private byte[] pending = new byte[FIRST_PENDING];
    private int length;
    private int writing;
    private long total;
    private boolean isFull;
    private boolean closing;

    private record Stored(Segment segment, long durable) {}

    /**
     * Opens a spool, with what an earlier run left in it.
     *
     * @param clock files are numbered from its time on
     * @throws IOException when the directory cannot be made or read
     */
    public static Spool open(Path directory, ReceiveParams params, ReceiveMetrics metrics, Clock clock)
            throws IOException {
        SegmentFiles files = new SegmentFiles(directory, clock);
        Spool spool = new Spool(directory, params, metrics, files);
        for (Map.Entry<Segment, Long> left : files.left().entrySet()) {
            spool.stored.put(left.getKey().number(), new Stored(left.getKey(), left.getValue()));
            spool.grown(left.getValue());
        }
        metrics.allowed().addAndGet(params.spool());
        spool.writer.start();
        return spool;
    }

    private Spool(Path directory, ReceiveParams params, ReceiveMetrics metrics, SegmentFiles files) {
        this.directory = directory;
        this.params = params;
        this.metrics = metrics;
        this.files = files;
        mostPending = (int) Math.min(MOST_PENDING, params.segment());
        writer = new Thread(this::write, "write-spool");
        writer.setDaemon(true);
    }

    /**
     * Takes a message as one line; a LF in it becomes {@code #012}, as rsyslog writes it. Waits while there is no room.
     *
     * @throws InterruptedException when the thread is interrupted meanwhile; then the message is not taken
     */
    public synchronized void append(byte[] message, int size) throws InterruptedException {
        int needed = size + 1 + (LINE_FEED.length - 1) * lineFeeds(message, size);
        while (length > 0 && length + needed > mostPending) {
            wait();
        }
        if (length + needed > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(length + needed, Math.min(mostPending, 2 * pending.length)));
        }
        for (int i = 0; i < size; i++) {
            if (message[i] == '\n') {
                System.arraycopy(LINE_FEED, 0, pending, length, LINE_FEED.length);
                length += LINE_FEED.length;
            } else {
                pending[length++] = message[i];
            }
        }
        pending[length++] = '\n';
        metrics.messages().increment();
        notifyAll();
    }

    /** The files that are there, in their order. */
    public synchronized List<Segment> segments() {
        return stored.values().stream().map(Stored::segment).toList();
    }

    /** How many bytes of a file are on the disk; whole lines. */
    public synchronized long durable(Segment segment) {
        Stored known = stored.get(segment.number());
        if (known == null) {
            throw new NoSuchElementException(segment.name() + " is not in the spool any more");
        }
        return known.durable();
    }

    /** Whether nothing is waiting to be written. */
    public synchronized boolean isWritten() {
        return length == 0 && writing == 0;
    }

    /**
     * Removes a file that is sent, and makes room.
     *
     * @throws IOException when it cannot be deleted; it then stays in the spool
     */
    public void remove(Segment segment) throws IOException {
        Files.deleteIfExists(segment.path());
        synchronized (this) {
            Stored gone = stored.remove(segment.number());
            grown(gone == null ? 0 : -gone.durable());
            notifyAll();
        }
    }

    /** Writes what was taken, if that can be done soon, and ends. Nothing may be appended any more. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            writer.join(END_MILLIS);
            if (writer.isAlive()) {
                writer.interrupt();
                writer.join(END_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sayDropped();
        sayGone();
    }

    /** What lies there goes on when it is opened again; until then nobody shows it. */
    private synchronized void sayGone() {
        metrics.spooled().addAndGet(-total);
        metrics.allowed().addAndGet(-params.spool());
    }

    private synchronized void grown(long bytes) {
        total += bytes;
        metrics.spooled().addAndGet(bytes);
    }

    private synchronized void sayDropped() {
        if (length + writing > 0) {
            metrics.dropped().increment((double) length + writing);
            LOG.error("{}: {} bytes that senders gave could not be stored and are lost", directory, length + writing);
        }
    }

    private void write() {
        try (files) {
            for (byte[] batch = take(); batch.length > 0; batch = take()) {
                store(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("{}: {}", directory, e.getMessage());
        }
    }

    /** What has gathered; empty when there is nothing and the spool is to be closed. */
    private synchronized byte[] take() throws InterruptedException {
        writing = 0;
        while (length == 0 && !closing) {
            wait();
        }
        awaitRoom();
        byte[] batch = Arrays.copyOf(pending, length);
        writing = length;
        length = 0;
        notifyAll();
        return batch;
    }

    private synchronized void awaitRoom() throws InterruptedException {
        // The last file cannot be deleted before there is another one, so it alone never makes the spool full.
        while (stored.size() > 1 && total + length > params.spool() && !closing) {
            sayFull("the spool has " + total + " bytes, and " + params.spool() + " are allowed");
            wait();
        }
        if (isFull && !closing) {
            isFull = false;
            LOG.info("{}: there is room again; reading from senders", directory);
        }
    }

    private void store(byte[] batch) throws InterruptedException {
        while (true) {
            try {
                Segment segment = files.append(batch, params.segment());
                synchronized (this) {
                    stored.put(segment.number(), new Stored(segment, files.size()));
                    grown(batch.length);
                    writing = 0;
                }
                return;
            } catch (IOException e) {
                synchronized (this) {
                    sayFull(String.valueOf(e.getMessage()));
                }
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    private synchronized void sayFull(String why) {
        if (!isFull) {
            isFull = true;
            metrics.full().increment();
            LOG.warn("{}: {}; nothing is read from senders until there is room", directory, why);
        }
    }

    private static int lineFeeds(byte[] message, int size) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += message[i] == '\n' ? 1 : 0;
        }
        return count;
    }
}
