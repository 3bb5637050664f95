package postwarden.correlate;

import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What the core remembers beyond one line, by key: a map in {@code scan}, a changelogged store behind a heap map in the
 * service. The border of the core. A value that is changed in place by its owner must be {@link #put} again, or the change
 * may be lost.
 */
public interface Memory<K, V> {
    Optional<V> get(K key);

    void put(K key, V value);

    void remove(K key);

    /** Calls {@code visitor} for everything that is remembered, in no particular order. */
    void forEach(BiConsumer<K, V> visitor);

    /** Calls {@code visitor} for at most {@code most} values, with each call for others, until all were seen and it begins again. */
    void some(int most, BiConsumer<K, V> visitor);
}
