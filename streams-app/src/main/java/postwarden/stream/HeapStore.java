package postwarden.stream;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What one task holds on the heap between two commits, shared by the node that fills it and the node that drains it. Not
 * logged and not persistent: at every commit it is empty, so there is nothing to restore. Readers of other threads may ask it for
 * nothing but {@link #shared}.
 *
 * @param <T> what the two nodes share
 */
final class HeapStore<T> implements StateStore, Shared.Sharing {
    private final String name;
    private Optional<T> content = Optional.empty();
    private Optional<Journal> journal = Optional.empty();
    private boolean ticked;
    private int part;
    private volatile boolean open;
    /** Null until the task has begun, and when it has ended. */
    private volatile @Nullable Shared shared;

    private HeapStore(String name) {
        this.name = name;
    }

    /** Forgets everything, as a task does when it starts or starts again. */
    void reset() {
        ticked = false;
        content = Optional.empty();
        journal = Optional.empty();
        unshare();
    }

    /** Shares what the filling node works on, and the journal of what it remembers, which is whole. */
    void share(T worked, Journal remembered) {
        content = Optional.of(worked);
        journal = Optional.of(remembered);
        shared = remembered.share(part);
    }

    @Override
    public List<Shared> shared() {
        Shared now = shared;
        return now == null ? List.of() : List.of(now);
    }

    /** @throws IllegalStateException when the filling node was not started: a wrong topology */
    T content() {
        return content.orElseThrow(() -> new IllegalStateException("store " + name + " was not filled"));
    }

    /** Whether the next commit drains anyway; the first call after a drain says no. */
    boolean tick() {
        boolean before = ticked;
        ticked = true;
        return before;
    }

    void drained() {
        journal.ifPresent(Journal::commit);
        ticked = false;
    }

    /** Bytes that the journal holds. */
    long journalBytes() {
        return journal.map(Journal::bytes).orElse(0L);
    }

    /** Bytes of values at rest that the memories keep beside it. */
    long heldBytes() {
        return journal.map(Journal::heldBytes).orElse(0L);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
        part = context.taskId().partition();
        open = true;
    }

    @Override
    public void close() {
        open = false;
        unshare();
    }

    private void unshare() {
        Shared last = shared;
        if (last != null) {
            last.end();
        }
        shared = null;
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
