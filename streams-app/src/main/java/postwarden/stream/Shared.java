package postwarden.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/**
 * What readers of other threads may see of a task beside its stores.
 *
 * <p>Rows of one commit appear one after the other. Who reads several asks for {@link #version} before and after: the same
 * even number says that all are of one commit.
 */
public final class Shared {
    /** The task has ended, and what it shared is of no use. */
    public static final long ENDED = -1;

    private final int part;
    private final Map<String, Recent<?>> recent;
    private final AtomicLong version = new AtomicLong();

    /** @param recent by the name of the store */
    Shared(int part, Map<String, Recent<?>> recent) {
        this.part = part;
        this.recent = Map.copyOf(recent);
    }

    /** The part that the task works on. */
    public int part() {
        return part;
    }

    /** Even while nothing is being shared, odd while rows appear, {@link #ENDED} when the task has ended. */
    public long version() {
        return version.get();
    }

    /** Rows of a store that are younger than the store's; nothing where the task shares none of it. */
    @SuppressWarnings("unchecked")
    public <K> Optional<Recent<K>> recent(String store) {
        return Optional.ofNullable((Recent<K>) recent.get(store));
    }

    /** Runs what makes the rows of one commit appear. */
    void commit(Runnable appear) {
        version.incrementAndGet();
        appear.run();
        version.incrementAndGet();
    }

    void end() {
        version.set(ENDED);
    }

    /** A store that can say what its task shares; one for each part that is active here. */
    interface Sharing {
        List<Shared> shared();
    }

    /** How Kafka Streams gives out what the tasks of this instance share. */
    public static final class Type implements QueryableStoreType<List<Shared>> {
        @Override
        public boolean accepts(StateStore store) {
            return store instanceof Sharing;
        }

        @Override
        public List<Shared> create(StateStoreProvider provider, String name) {
            List<Shared> all = new ArrayList<>();
            for (Sharing each : provider.stores(name, new Each())) {
                all.addAll(each.shared());
            }
            return all;
        }
    }

    private static final class Each implements QueryableStoreType<Sharing> {
        @Override
        public boolean accepts(StateStore store) {
            return store instanceof Sharing;
        }

        @Override
        public Sharing create(StateStoreProvider provider, String name) {
            List<Sharing> stores = provider.stores(name, this);
            return () -> stores.stream().flatMap(each -> each.shared().stream()).toList();
        }
    }
}
