package postwarden.producer.publish;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What of the window the records on their way to one partition hold. The reading thread adds and asks, any thread takes away. */
final class Share {
    /** Of the room that it may have, so many quarters must be free of it again before it gets more: line by line costs too much. */
    private static final int BACK_AT_QUARTERS = 3;

    private static final int QUARTERS = 4;

    private final int partition;
    private final AtomicInteger records = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile long changedNanos = System.nanoTime();
    /** Whether it had all that it may have, and has not given back enough; belongs to the reading thread. */
    private boolean full;

    Share(int partition) {
        this.partition = partition;
    }

    int partition() {
        return partition;
    }

    void add(int size) {
        bytes.addAndGet(size);
        if (records.getAndIncrement() == 0) {
            changedNanos = System.nanoTime();
        }
    }

    /** Takes a record away that moves to another partition. */
    void remove(int size) {
        bytes.addAndGet(-size);
        records.decrementAndGet();
    }

    /** Takes a record away that is acknowledged. */
    void settle(int size) {
        remove(size);
        changedNanos = System.nanoTime();
    }

    /** Takes bytes of a record away that stays. */
    void shrink(int less) {
        bytes.addAndGet(-less);
    }

    /** Whether it may hold more, when it may hold so much now. */
    boolean hasRoom(long mostRecords, long mostBytes) {
        full = full
                ? holds(mostRecords * BACK_AT_QUARTERS / QUARTERS, mostBytes * BACK_AT_QUARTERS / QUARTERS)
                : holds(mostRecords, mostBytes);
        return !full;
    }

    private boolean holds(long someRecords, long someBytes) {
        return records.get() >= someRecords || bytes.get() >= someBytes;
    }

    /** For how long it has held something and nothing of it was acknowledged, in nanoseconds; 0 when it holds nothing. */
    long stalledNanos() {
        return records.get() == 0 ? 0 : System.nanoTime() - changedNanos;
    }
}
