package postwarden.stream.query;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import postwarden.stream.JournalCopy;
import postwarden.stream.Stores;

/** The watches' journals of which this instance keeps copies, read once in a while. */
final class Copies {
    /**
     * What a copy may be older than its journal's youngest record says: the changelogs of one part are read side by side, a batch
     * of each in turn, and a row may have left the copied journal before it is in the copied store.
     */
    static final Duration MARGIN = Duration.ofSeconds(1);

    private final Reach reach;
    private final ConcurrentHashMap<Integer, Known> known = new ConcurrentHashMap<>();

    private record Known(long nanos, JournalCopy journal) {}

    Copies(Reach reach) {
        this.reach = reach;
    }

    JournalCopy of(int part) {
        long now = System.nanoTime();
        @Nullable Known last = known.get(part);
        if (last != null && now - last.nanos() < reach.params().copyAge().toNanos()) {
            return last.journal();
        }
        JournalCopy read = JournalCopy.of(reach.copy(Stores.WATCH_JOURNAL, part), Stores.OF_WATCH.size());
        known.put(part, new Known(now, read));
        return read;
    }
}
