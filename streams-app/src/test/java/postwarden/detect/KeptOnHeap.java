package postwarden.detect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import postwarden.correlate.Memory;

/**
 * A memory that is a map, and can begin again from what was stored at the last commit. What was changed and not put is lost with it.
 */
final class KeptOnHeap<K, V> implements Memory<K, V> {
    private final Map<K, V> values = new ConcurrentHashMap<>();
    private final Map<K, V> stored = new HashMap<>();
    private final Set<K> changed = new HashSet<>();
    private final UnaryOperator<V> copy;
    private Iterator<Map.Entry<K, V>> unseen = values.entrySet().iterator();

    KeptOnHeap(UnaryOperator<V> copy) {
        this.copy = copy;
    }

    @Override
    public Optional<V> get(K key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public void put(K key, V value) {
        values.put(key, value);
        changed.add(key);
    }

    @Override
    public void remove(K key) {
        values.remove(key);
        changed.add(key);
    }

    @Override
    public void forEach(BiConsumer<K, V> visitor) {
        Map.copyOf(values).forEach(visitor);
    }

    @Override
    public void some(int most, BiConsumer<K, V> visitor) {
        for (int left = most; left > 0 && unseen.hasNext(); left--) {
            Map.Entry<K, V> next = unseen.next();
            visitor.accept(next.getKey(), next.getValue());
        }
        if (!unseen.hasNext()) {
            unseen = values.entrySet().iterator();
        }
    }

    void commit() {
        for (K key : changed) {
            V value = values.get(key);
            if (value == null) {
                stored.remove(key);
            } else {
                stored.put(key, copy.apply(value));
            }
        }
        changed.clear();
    }

    void restart() {
        values.clear();
        stored.forEach((key, value) -> values.put(key, copy.apply(value)));
    }

    int size() {
        return values.size();
    }
}
