package postwarden.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import postwarden.correlate.Memory;
import postwarden.stream.codec.Codec;
import postwarden.tally.Packer;
import postwarden.tally.Unpacker;

/**
 * A memory whose recent values are objects on the heap and whose truth is a changelogged store. What changed between two
 * commits is written with the second, either each value to the store ({@link #flush}) or all of them into the task's
 * {@link Journal}, which has each written to the store when it has rested. A crash forgets the heap and the uncommitted input
 * alike.
 */
final class StoreMemory<K, V> implements Memory<K, V> {
    private final KeyValueStore<Bytes, byte[]> store;
    private final Codec<K> keys;
    private final Codec<V> values;
    private final int heapEntries;
    /** Least recently used first. */
    private final LinkedHashMap<K, Held<K, V>> heap = new LinkedHashMap<>(1024, 0.75f, true);

    private final List<Held<K, V>> changed = new ArrayList<>();
    /** By the commit in which they were written into the journal. */
    private final Map<Long, List<Held<K, V>>> journalled = new HashMap<>();

    private final StoredKeys stored;
    /** Where {@link #some} goes on. */
    private Optional<Bytes> nextSeen = Optional.empty();

    /** One value on the heap. */
    private static final class Held<K, V> {
        /** No commit: what is on the heap is what is in the store. */
        static final long RESTED = -1;

        final K key;
        /** Null when it was removed. */
        @Nullable
        V value;
        /** Whether it changed since the last commit. */
        boolean isChanged;
        /** The commit whose journal record holds it, or {@link #RESTED}. */
        long commit = RESTED;

        Held(K key) {
            this.key = key;
        }

        boolean mayGo() {
            return !isChanged && commit == RESTED;
        }
    }

    /** @param heapEntries how many values stay on the heap after a commit, >= 1 */
    StoreMemory(KeyValueStore<Bytes, byte[]> store, Codec<K> keys, Codec<V> values, int heapEntries) {
        this.store = store;
        this.keys = keys;
        this.values = values;
        this.heapEntries = heapEntries;
        stored = StoredKeys.of(store);
    }

    @Override
    public Optional<V> get(K key) {
        Held<K, V> held = heap.get(key);
        if (held != null) {
            return Optional.ofNullable(held.value);
        }
        byte[] bytes = keys.encode(key);
        return stored.mayHold(bytes)
                ? Optional.ofNullable(store.get(Bytes.wrap(bytes)))
                        .map(this::decoded)
                        .map(value -> hold(key, value))
                : Optional.empty();
    }

    @Override
    public void put(K key, V value) {
        change(key, value);
    }

    @Override
    public void remove(K key) {
        change(key, null);
    }

    @Override
    public void forEach(BiConsumer<K, V> visitor) {
        List<Held<K, V>> all = List.copyOf(heap.values());
        try (KeyValueIterator<Bytes, byte[]> rest = store.all()) {
            while (rest.hasNext()) {
                KeyValue<Bytes, byte[]> next = rest.next();
                K key = keys.decode().apply(next.key.get());
                if (!heap.containsKey(key)) {
                    visitor.accept(key, decoded(next.value));
                }
            }
        }
        for (Held<K, V> held : all) {
            if (held.value != null) {
                visitor.accept(held.key, held.value);
            }
        }
    }

    /** Only what is in the store: what is younger will be there in a while. */
    @Override
    public void some(int most, BiConsumer<K, V> visitor) {
        try (KeyValueIterator<Bytes, byte[]> rest = store.range(nextSeen.orElse(null), null)) {
            for (int left = most; left > 0 && rest.hasNext(); left--) {
                KeyValue<Bytes, byte[]> next = rest.next();
                K key = keys.decode().apply(next.key.get());
                Held<K, V> held = heap.get(key);
                if (held == null) {
                    visitor.accept(key, decoded(next.value));
                } else if (held.value != null) {
                    visitor.accept(key, held.value);
                }
            }
            nextSeen = rest.hasNext() ? Optional.of(rest.peekNextKey()) : Optional.empty();
        }
    }

    /** Writes each value that changed to the store, and lets go of what was not used for longest. */
    void flush() {
        changed.forEach(this::rest);
        changed.clear();
        letGo();
    }

    /** How many values wait for {@link #journal}. */
    int changed() {
        return changed.size();
    }

    /**
     * Writes what changed since the last commit into the journal's records.
     *
     * @param commit number of the commit
     * @param each called behind each value, so that a record can be closed when it is full
     */
    void journal(long commit, int memory, Packer out, Runnable each) {
        List<Held<K, V>> written = new ArrayList<>(changed.size());
        for (Held<K, V> held : changed) {
            held.isChanged = false;
            if (held.value == null && held.commit == Held.RESTED && !stored.mayHold(keys.encode(held.key))) {
                // Came and went between two commits: nobody else knows of it.
                heap.remove(held.key);
            } else {
                write(memory, held, out);
                held.commit = commit;
                written.add(held);
                each.run();
            }
        }
        changed.clear();
        if (!written.isEmpty()) {
            journalled.put(commit, written);
        }
    }

    /** Takes in one value that a journal's record holds, in the order in which they were written. */
    void restore(long commit, Unpacker in) {
        K key = keys.decode().apply(in.bytes());
        Held<K, V> held = heap.computeIfAbsent(key, Held::new);
        held.value = in.flag() ? decoded(in.bytes()) : null;
        held.commit = commit;
        journalled.computeIfAbsent(commit, c -> new ArrayList<>()).add(held);
    }

    /** Writes to the store what the records of this commit hold and later ones do not, so that they may go. */
    void rested(long commit) {
        List<Held<K, V>> written = journalled.remove(commit);
        if (written != null) {
            for (Held<K, V> held : written) {
                if (held.commit == commit) {
                    rest(held);
                }
            }
        }
        letGo();
    }

    private void write(int memory, Held<K, V> held, Packer out) {
        V value = held.value;
        out.number(memory).nested(held.key, keys.write()).flag(value != null);
        if (value != null) {
            out.nested(value, values.write());
        }
    }

    private void rest(Held<K, V> held) {
        held.isChanged = false;
        held.commit = Held.RESTED;
        byte[] key = keys.encode(held.key);
        V value = held.value;
        if (value != null) {
            store.put(Bytes.wrap(key), values.encode(value));
            stored.add(key);
            return;
        }
        if (stored.mayHold(key)) {
            store.delete(Bytes.wrap(key));
            stored.remove(key);
        }
        heap.remove(held.key);
    }

    private void change(K key, @Nullable V value) {
        Held<K, V> held = heap.computeIfAbsent(key, Held::new);
        held.value = value;
        if (!held.isChanged) {
            held.isChanged = true;
            changed.add(held);
        }
    }

    /** @throws IllegalArgumentException naming the store whose bytes they are */
    private V decoded(byte[] bytes) {
        try {
            return values.decode().apply(bytes);
        } catch (IllegalArgumentException damaged) {
            throw new IllegalArgumentException("store " + store.name() + ": " + damaged.getMessage(), damaged);
        }
    }

    private V hold(K key, V value) {
        heap.computeIfAbsent(key, Held::new).value = value;
        return value;
    }

    private void letGo() {
        int over = heap.size() - heapEntries;
        List<Held<K, V>> unrested = new ArrayList<>();
        for (Iterator<Held<K, V>> oldest = heap.values().iterator(); over > 0 && oldest.hasNext(); over--) {
            Held<K, V> held = oldest.next();
            if (held.mayGo()) {
                oldest.remove();
            } else {
                unrested.add(held);
            }
        }
        // More has changed than may stay: written before its time.
        for (Held<K, V> held : unrested) {
            rest(held);
            heap.remove(held.key);
        }
    }
}
