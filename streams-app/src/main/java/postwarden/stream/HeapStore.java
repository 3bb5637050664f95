package postwarden.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * What one task holds on the heap between two commits, shared by the node that fills it and the node that drains it. Not
 * logged and not persistent: at every commit it is empty, so there is nothing to restore.
 *
 * @param <T> what the two nodes share
 */
final class HeapStore<T> implements StateStore {
    private final String name;
    private final List<StoreMemory<?, ?>> memories = new ArrayList<>();
    private Optional<T> content = Optional.empty();
    private boolean ticked;
    private boolean open;

    private HeapStore(String name) {
        this.name = name;
    }

    /** Forgets everything, as a task does when it starts or starts again. */
    void reset() {
        memories.clear();
        ticked = false;
        content = Optional.empty();
    }

    /** Shares what the filling node works on. */
    void share(T shared) {
        content = Optional.of(shared);
    }

    /** @throws IllegalStateException when the filling node was not started: a wrong topology */
    T content() {
        return content.orElseThrow(() -> new IllegalStateException("store " + name + " was not filled"));
    }

    /** Adds a memory that is flushed with each drain. */
    <K, V> StoreMemory<K, V> keep(StoreMemory<K, V> memory) {
        memories.add(memory);
        return memory;
    }

    /** Whether the next commit drains anyway; the first call after a drain says no. */
    boolean tick() {
        boolean before = ticked;
        ticked = true;
        return before;
    }

    void drained() {
        memories.forEach(StoreMemory::flush);
        ticked = false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
        open = true;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    static <T> StoreBuilder<HeapStore<T>> builder(String name) {
        return new Builder<>(name);
    }

    private record Builder<T>(String name) implements StoreBuilder<HeapStore<T>> {
        @Override
        public StoreBuilder<HeapStore<T>> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<HeapStore<T>> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<HeapStore<T>> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<HeapStore<T>> withLoggingDisabled() {
            return this;
        }

        @Override
        public HeapStore<T> build() {
            return new HeapStore<>(name);
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }
    }
}
