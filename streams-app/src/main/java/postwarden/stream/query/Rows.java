package postwarden.stream.query;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import postwarden.correlate.Memory;
import postwarden.stream.Recent;
import postwarden.stream.codec.Codec;

/**
 * The rows of one part of one store. Each is first looked for among those that are younger than the store's, then in the store;
 * because a row leaves the one only when it is in the other, what is found is the row as a commit during the look left it.
 */
final class Rows<K, V> {
    private static final ByteArraySerializer BYTES = new ByteArraySerializer();

    private final Codec<K> keys;
    private final Codec<V> values;
    private final Younger<K> younger;
    private final ReadOnlyKeyValueStore<Bytes, byte[]> stored;

    Rows(Codec<K> keys, Codec<V> values, Younger<K> younger, ReadOnlyKeyValueStore<Bytes, byte[]> stored) {
        this.keys = keys;
        this.values = values;
        this.younger = younger;
        this.stored = stored;
    }

    Optional<V> get(K key) {
        return bytes(key).map(values.decode());
    }

    Optional<byte[]> bytes(K key) {
        Optional<Recent.Row> young = younger.get(key);
        return young.isPresent() ? young.get().value() : Optional.ofNullable(stored.get(Bytes.wrap(keys.encode(key))));
    }

    /**
     * Calls the visitor for each row once. Younger rows come first and are remembered, so that one that moves into the store
     * meanwhile is found in one of both places; the store's iterator sees the store as it is then.
     *
     * @param prefix of the stored keys; empty for all
     * @param mine whether a key has that prefix
     */
    void scan(byte[] prefix, Predicate<K> mine, Deadline deadline, BiConsumer<K, byte[]> visitor) {
        Set<K> seen = new HashSet<>();
        younger.forEach((key, row) -> {
            // A row that goes and comes back meanwhile may be met twice.
            if (mine.test(key) && seen.add(key)) {
                deadline.row();
                row.value().ifPresent(value -> visitor.accept(key, value));
            }
        });
        try (KeyValueIterator<Bytes, byte[]> rest = open(prefix)) {
            while (rest.hasNext()) {
                deadline.row();
                KeyValue<Bytes, byte[]> next = rest.next();
                K key = keys.decode().apply(next.key.get());
                if (!seen.contains(key)) {
                    visitor.accept(key, next.value);
                }
            }
        }
    }

    private KeyValueIterator<Bytes, byte[]> open(byte[] prefix) {
        return prefix.length == 0 ? stored.all() : stored.prefixScan(prefix, BYTES);
    }

    V decode(byte[] value) {
        return values.decode().apply(value);
    }

    /** The same as the core sees it, for one answer: each row is read once. */
    Memory<K, V> once(Deadline deadline) {
        return new Once(deadline);
    }

    private final class Once implements Memory<K, V> {
        private final Deadline deadline;
        private final Map<K, Optional<V>> read = new HashMap<>();

        Once(Deadline deadline) {
            this.deadline = deadline;
        }

        @Override
        public Optional<V> get(K key) {
            return read.computeIfAbsent(key, Rows.this::get);
        }

        @Override
        public void forEach(BiConsumer<K, V> visitor) {
            scan(new byte[0], key -> true, deadline, (key, value) -> visitor.accept(key, decode(value)));
        }

        @Override
        public void put(K key, V value) {
            throw new UnsupportedOperationException("who answers questions changes nothing");
        }

        @Override
        public void remove(K key) {
            throw new UnsupportedOperationException("who answers questions changes nothing");
        }

        @Override
        public void some(int most, BiConsumer<K, V> visitor) {
            throw new UnsupportedOperationException("who answers questions ages nothing");
        }
    }
}
