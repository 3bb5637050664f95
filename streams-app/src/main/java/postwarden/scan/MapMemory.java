package postwarden.scan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import postwarden.correlate.Memory;

/** A memory for as long as the process lives. */
public final class MapMemory<K, V> implements Memory<K, V> {
    private final Map<K, V> map = new HashMap<>();

    @Override
    public Optional<V> get(K key) {
        return Optional.ofNullable(map.get(key));
    }

    @Override
    public void put(K key, V value) {
        map.put(key, value);
    }

    @Override
    public void remove(K key) {
        map.remove(key);
    }

    @Override
    public void forEach(BiConsumer<K, V> visitor) {
        Map.copyOf(map).forEach(visitor);
    }
}
