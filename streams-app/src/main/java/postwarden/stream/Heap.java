package postwarden.stream;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The values of a {@link StoreMemory} that are on the heap, and what those take that are as they are in the store and could be
 * let go. In the order in which they came, and what was used since is moved behind the others only when something must go
 * (second chance). A map in the order of use would write references between old objects for each line, which keeps a collector
 * busy.
 */
final class Heap<K, V> {
    /** Of an entry of the map, its key and its place, about, on a 64-bit JVM with compressed pointers. */
    private static final int OVERHEAD = 160;

    private final LinkedHashMap<K, Held<K, V>> values = new LinkedHashMap<>(1024);
    private long restedBytes;

    Optional<Held<K, V>> find(K key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The one that is there, or a new one. */
    Held<K, V> hold(K key) {
        return values.computeIfAbsent(key, Held::new);
    }

    void remove(K key) {
        values.remove(key);
    }

    /** All that are there now. */
    List<Held<K, V>> all() {
        return List.copyOf(values.values());
    }

    /** Bytes of the values that could be let go, about. */
    long restedBytes() {
        return restedBytes;
    }

    /** Notes that it is as it is in the store. */
    void rests(Held<K, V> held, int bytes) {
        weigh(held, OVERHEAD + bytes);
    }

    /** Notes that it is no longer as it is in the store. */
    void changes(Held<K, V> held) {
        weigh(held, 0);
    }

    /** Lets go of what was not used for long, that many bytes if there are so many. */
    void letGo(long bytes) {
        long after = restedBytes - bytes;
        List<Held<K, V>> stay = new ArrayList<>();
        for (Iterator<Held<K, V>> oldest = values.values().iterator(); restedBytes > after && oldest.hasNext(); ) {
            Held<K, V> held = oldest.next();
            oldest.remove();
            if (held.mayGo()) {
                weigh(held, 0);
            } else {
                held.isUsed = false;
                stay.add(held);
            }
        }
        stay.forEach(held -> values.put(held.key, held));
    }

    private void weigh(Held<K, V> held, long weight) {
        restedBytes += weight - held.weight;
        held.weight = weight;
    }
}
