package postwarden.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import postwarden.correlate.Memory;

/** A memory that is a map, and forgets nothing. */
final class HeapMap<K, V> implements Memory<K, V> {
    private final Map<K, V> values = new HashMap<>();

    @Override
    public Optional<V> get(K key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public void put(K key, V value) {
        values.put(key, value);
    }

    @Override
    public void remove(K key) {
        values.remove(key);
    }

    @Override
    public void forEach(BiConsumer<K, V> visitor) {
        Map.copyOf(values).forEach(visitor);
    }
}
