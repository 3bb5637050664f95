package postwarden.producer.journal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** What was read of a journal and not taken yet, in its order, bounded by number and by text. One thread puts, another takes. */
final class WaitingItems {
    private static final int MOST_ITEMS = 2_048;
    /** How much text may wait, in bytes; one entry always may. */
    private static final int MOST_BYTES = 4 << 20;

    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(MOST_ITEMS);
    private final Semaphore room = new Semaphore(MOST_BYTES);

    /** Adds an item; waits until there is room. */
    void put(Item item) throws InterruptedException {
        room.acquire(permits(item));
        items.put(item);
    }

    /** Takes the next one; null when there is none. */
    @Nullable
    Item poll() {
        Item item = items.poll();
        if (item != null) {
            room.release(permits(item));
        }
        return item;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    private static int permits(Item item) {
        return Math.min(item.size(), MOST_BYTES);
    }
}
