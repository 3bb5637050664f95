package postwarden.detect;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import postwarden.correlate.Memory;

/** A memory that is a map, and can be read again from its stored form, as after a restart. */
final class KeptOnHeap<K, V> implements Memory<K, V> {
    private final Map<K, V> values = new HashMap<>();
    private final UnaryOperator<V> copy;

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
    }

    @Override
    public void remove(K key) {
        values.remove(key);
    }

    @Override
    public void forEach(BiConsumer<K, V> visitor) {
        Map.copyOf(values).forEach(visitor);
    }

    void restart() {
        values.replaceAll((key, value) -> copy.apply(value));
    }

    int size() {
        return values.size();
    }
}
