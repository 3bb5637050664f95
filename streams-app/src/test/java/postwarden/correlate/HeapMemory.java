package postwarden.correlate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A memory that is a map. */
public final class HeapMemory<V> implements Memory<String, V> {
    private final Map<String, V> values = new HashMap<>();

    @Override
    public Optional<V> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public void put(String key, V value) {
        values.put(key, value);
    }

    @Override
    public void remove(String key) {
        values.remove(key);
    }

    @Override
    public void forEach(BiConsumer<String, V> visitor) {
        values.forEach(visitor);
    }

    @Override
    public void some(int most, BiConsumer<String, V> visitor) {
        Map.copyOf(values).forEach(visitor);
    }

    int size() {
        return values.size();
    }
}
