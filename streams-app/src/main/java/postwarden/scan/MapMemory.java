package postwarden.scan;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import postwarden.correlate.Memory;

/** A memory for as long as the process lives. */
public final class MapMemory<K, V> implements Memory<K, V> {
    /** Of one thread; concurrent only in that it may change while {@link #some} has not seen all of it. */
    private final Map<K, V> map = new ConcurrentHashMap<>();

    private Iterator<Map.Entry<K, V>> unseen = map.entrySet().iterator();

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

    @Override
    public void some(int most, BiConsumer<K, V> visitor) {
        for (int left = most; left > 0 && unseen.hasNext(); left--) {
            Map.Entry<K, V> next = unseen.next();
            visitor.accept(next.getKey(), next.getValue());
        }
        if (!unseen.hasNext()) {
            unseen = map.entrySet().iterator();
        }
    }
}
