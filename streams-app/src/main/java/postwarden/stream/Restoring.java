package postwarden.stream;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** What this instance reads from changelogs before it can go on, as Kafka Streams tells. */
public final class Restoring implements StateRestoreListener {
    private final ConcurrentHashMap<Place, Progress> parts = new ConcurrentHashMap<>();

    private final List<StateRestoreListener> others;

    /** @param others who wants to know too: Kafka Streams tells one listener */
    Restoring(List<StateRestoreListener> others) {
        this.others = List.copyOf(others);
    }

    private record Place(String store, int part) {}

    /**
     * How far one part of a store is.
     *
     * @param done and {@code total} are offsets of its changelog, from where it began to read
     */
    public record Progress(String store, int part, long done, long total) {
        static final Comparator<Progress> ORDER =
                Comparator.comparing(Progress::store).thenComparingInt(Progress::part);
    }

    /** All that are not done, in the order of their names. */
    public List<Progress> progress() {
        return parts.values().stream().sorted(Progress.ORDER).toList();
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long start, long end) {
        parts.put(
                new Place(store, changelog.partition()),
                new Progress(store, changelog.partition(), 0, Math.max(0, end - start)));
        others.forEach(other -> other.onRestoreStart(changelog, store, start, end));
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long batchEnd, long count) {
        parts.computeIfPresent(
                new Place(store, changelog.partition()),
                (place, before) -> new Progress(
                        store, place.part(), Math.min(before.total(), before.done() + count), before.total()));
        others.forEach(other -> other.onBatchRestored(changelog, store, batchEnd, count));
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long count) {
        parts.remove(new Place(store, changelog.partition()));
        others.forEach(other -> other.onRestoreEnd(changelog, store, count));
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long count) {
        parts.remove(new Place(store, changelog.partition()));
        others.forEach(other -> other.onRestoreSuspended(changelog, store, count));
    }
}
