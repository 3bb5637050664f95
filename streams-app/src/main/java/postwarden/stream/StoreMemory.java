package postwarden.stream;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import postwarden.correlate.Memory;
import postwarden.stream.codec.Codec;

/**
 * A memory whose recent values are objects on the heap and whose truth is a changelogged store: what changed is written with
 * {@link #flush}, once between two commits however often it changed. A crash forgets the heap and the uncommitted input alike.
 */
final class StoreMemory<K, V> implements Memory<K, V> {
    private final KeyValueStore<Bytes, byte[]> store;
    private final Codec<K> keys;
    private final Codec<V> values;
    private final int heapEntries;
    /** Least recently used first. */
    private final Map<K, V> heap = new LinkedHashMap<>(1024, 0.75f, true);

    private final Set<K> changed = new HashSet<>();
    private final Set<K> removed = new HashSet<>();

    /** @param heapEntries how many values stay on the heap after a flush, >= 1 */
    StoreMemory(KeyValueStore<Bytes, byte[]> store, Codec<K> keys, Codec<V> values, int heapEntries) {
        this.store = store;
        this.keys = keys;
        this.values = values;
        this.heapEntries = heapEntries;
    }

    @Override
    public Optional<V> get(K key) {
        V value = heap.get(key);
        if (value != null || removed.contains(key)) {
            return Optional.ofNullable(value);
        }
        Optional<V> stored = Optional.ofNullable(store.get(bytes(key))).map(values.decode());
        stored.ifPresent(found -> heap.put(key, found));
        return stored;
    }

    @Override
    public void put(K key, V value) {
        heap.put(key, value);
        changed.add(key);
        removed.remove(key);
    }

    @Override
    public void remove(K key) {
        heap.remove(key);
        changed.remove(key);
        removed.add(key);
    }

    @Override
    public void forEach(BiConsumer<K, V> visitor) {
        flush();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> next = all.next();
                K key = keys.decode().apply(next.key.get());
                V onHeap = heap.get(key);
                visitor.accept(key, onHeap == null ? values.decode().apply(next.value) : onHeap);
            }
        }
    }

    /** Writes what changed, and lets go of what was not used for longest. */
    void flush() {
        for (K key : removed) {
            store.delete(bytes(key));
        }
        for (K key : changed) {
            V value = heap.get(key);
            if (value != null) {
                store.put(bytes(key), values.encode().apply(value));
            }
        }
        removed.clear();
        changed.clear();
        Iterator<K> oldest = heap.keySet().iterator();
        for (int over = heap.size() - heapEntries; over > 0; over--) {
            oldest.next();
            oldest.remove();
        }
    }

    private Bytes bytes(K key) {
        return Bytes.wrap(keys.encode().apply(key));
    }
}
