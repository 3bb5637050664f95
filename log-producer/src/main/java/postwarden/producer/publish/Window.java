package postwarden.producer.publish;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The records that are sent and not acknowledged, in their order, bounded by number and bytes. What a new producer must send again
 * after the old one failed is exactly this. The reading thread fills it, asks for its records and waits for it; any thread settles them and asks how many there are.
 */
final class Window {
    /** A record costs this many bytes beside its text: the other fields, its place here and in Kafka's buffer. */
    private static final int OVERHEAD = 64;
    /**
     * A reader that found no room goes on when this part of it is there again, as one in so many: woken by every acknowledgement, it
     * would hand on one line each time, and two threads would do little else than wake each other.
     */
    private static final int ROOM_SHARE = 4;

    /** Settled records are let go of before they are more than those that may be on their way. */
    private static final int AS_MANY_AGAIN = 2;

    /** The part of Kafka's buffer that texts may take, as one in so many. */
    private static final int BUFFER_SHARE = 2;

    private static final int NOBODY = -1;

    private final int mostRecords;
    private final long mostBytes;
    /**
     * Settled ones are let go of when those before them are, or when there are too many behind one that is stuck, because its
     * partition has no leader while others have; belongs to the reading thread.
     */
    private final ArrayDeque<InFlight> records = new ArrayDeque<>();

    /** Of all records above, settled or not. */
    private long keptBytes;

    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    /** At how many records the reading thread wants to be woken, if it waits. */
    private volatile int awaited = NOBODY;

    private volatile long changedNanos = System.nanoTime();

    private final Shares shares = new Shares();

    Window(PublishParams params) {
        mostRecords = params.recordsInFlight();
        // Kafka's buffer also holds batches that are not full; without room in it, the reading thread waits for one
        // partition.
        mostBytes = Math.min(params.bytesInFlight(), KafkaSettings.bufferBytes(params.kafka()) / BUFFER_SHARE);
    }

    boolean hasRoom() {
        return count.get() < mostRecords && bytes.get() < mostBytes;
    }

    /** Whether the next line of a host finds room, and is not to wait for those on their way to the same partition. */
    boolean hasRoom(String host) {
        return shares.hasRoom(host, mostRecords - count.get(), mostBytes - bytes.get());
    }

    /** Notes that a record was handed over, and so to which partition it goes. */
    void placed(InFlight record) {
        shares.placed(record);
    }

    /** Waits until there is room for more than a few, something else happened, or the time is up. */
    void awaitRoom(long millis) throws InterruptedException {
        await(mostRecords - Math.max(1, mostRecords / ROOM_SHARE), millis);
    }

    /** Waits until everything was acknowledged, something else happened, or the time is up. */
    void awaitEmpty(long millis) throws InterruptedException {
        await(0, millis);
    }

    @SuppressWarnings("WaitNotInLoop") // callers look again: between two waits they also tend the connection
    private synchronized void await(int most, long millis) throws InterruptedException {
        // Before the question, so that what is acknowledged behind it is told.
        awaited = most;
        try {
            if (!isDownTo(most)) {
                wait(millis);
            }
        } finally {
            awaited = NOBODY;
        }
    }

    private boolean isDownTo(int most) {
        return count.get() <= most && bytes.get() <= mostBytes - mostBytes / ROOM_SHARE;
    }

    InFlight add(Outgoing record, Runnable acknowledged) {
        letGo();
        int size = record.text().remaining() + OVERHEAD;
        keptBytes += size;
        InFlight added = new InFlight(record, size, acknowledged);
        records.addLast(added);
        bytes.addAndGet(size);
        if (count.getAndIncrement() == 0) {
            changedNanos = System.nanoTime();
        }
        return added;
    }

    private void letGo() {
        while (!records.isEmpty() && records.getFirst().isSettled()) {
            keptBytes -= records.removeFirst().size();
        }
        if (records.size() >= AS_MANY_AGAIN * mostRecords || keptBytes >= AS_MANY_AGAIN * mostBytes) {
            records.removeIf(InFlight::isSettled);
            keptBytes = records.stream().mapToLong(InFlight::size).sum();
        }
    }

    /** How many records it holds on to; settled ones are among them. */
    int kept() {
        return records.size();
    }

    /** Puts a LOSS in the place of a line that Kafka does not take; false when it was acknowledged meanwhile. */
    boolean lose(InFlight refused, String why) {
        int less = refused.lose(why, OVERHEAD);
        bytes.addAndGet(-Math.max(0, less));
        return less >= 0;
    }

    /** Notes that a record is acknowledged; false when it was before, by an earlier producer. */
    boolean settle(InFlight record) {
        int size = record.settle();
        if (size < 0) {
            return false;
        }
        bytes.addAndGet(-size);
        count.decrementAndGet();
        changedNanos = System.nanoTime();
        int most = awaited;
        if (most != NOBODY && isDownTo(most)) {
            wake();
        }
        return true;
    }

    synchronized void wake() {
        notifyAll();
    }

    /** The unacknowledged records, in their order. */
    List<InFlight> all() {
        return records.stream().filter(record -> !record.isSettled()).toList();
    }

    int size() {
        return count.get();
    }

    /**
     * For how long something has waited for a partition, or for Kafka at all, and nothing was acknowledged there, in milliseconds; 0 when
     * nothing waits. Of several partitions that stand still it is the longest.
     */
    long stalledMillis() {
        return Math.max(allStalledNanos(), shares.stalledNanos()) / 1_000_000;
    }

    private long allStalledNanos() {
        return count.get() == 0 ? 0 : System.nanoTime() - changedNanos;
    }

    /** The partitions of which nothing was acknowledged for longer than so long; none where that is so of all. */
    List<Integer> stalledAmongOthers(long millis) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        return allStalledNanos() > nanos ? List.of() : shares.stalled(nanos);
    }
}
