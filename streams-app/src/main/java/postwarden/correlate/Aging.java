package postwarden.correlate;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A memory that forgets: by age in event time of the host whose key it is, and the oldest of all when it is full. What is
 * too old is treated as absent at once, whenever it is swept out, so results do not depend on when that is. A sweep looks
 * at everything, so it waits until the memory has doubled since the last one: a constant cost for each new entry.
 */
final class Aging<V> {
    /** Entries below which no sweep is worth while. */
    private static final int SMALL = 4096;
    /** How full the memory is left when the oldest had to go, so that the next sweep is not the next line's. */
    private static final double LEFT = 0.9;

    private final Memory<String, V> memory;
    private final ToLongFunction<V> time;
    private final Function<V, Duration> age;
    private final int most;
    private long size = -1;
    private long nextSweep;

    /**
     * A memory that forgets.
     *
     * @param time of a value, milliseconds since 1970
     * @param age after which a value is of no use
     * @param most entries
     */
    Aging(Memory<String, V> memory, ToLongFunction<V> time, Function<V, Duration> age, int most) {
        this.memory = memory;
        this.time = time;
        this.age = age;
        this.most = most;
    }

    /** The value, unless it is too old at {@code now}. */
    Optional<V> get(String key, long now) {
        Optional<V> found = memory.get(key);
        return found.isPresent() && isOld(found.get(), now) ? Optional.empty() : found;
    }

    /** @param fresh whether the key was absent; wrong values only change when a sweep comes */
    void put(String key, V value, boolean fresh) {
        if (size < 0) {
            count();
        }
        memory.put(key, value);
        if (fresh && ++size >= nextSweep) {
            sweep();
        }
    }

    void remove(String key) {
        if (memory.get(key).isPresent()) {
            memory.remove(key);
            size = Math.max(0, size - 1);
        }
    }

    private boolean isOld(V value, long now) {
        return now - time.applyAsLong(value) > age.apply(value).toMillis();
    }

    private void count() {
        long[] entries = {0};
        memory.forEach((key, value) -> entries[0]++);
        size = entries[0];
        nextSweep = next();
    }

    private long next() {
        return Math.min(most, Math.max(SMALL, size * 2));
    }

    private void sweep() {
        Map<String, Long> clocks = new HashMap<>();
        memory.forEach((key, value) -> clocks.merge(Keys.host(key), time.applyAsLong(value), Math::max));
        Map<String, Long> ages = new HashMap<>();
        Map<String, Boolean> old = new HashMap<>();
        memory.forEach((key, value) -> {
            long clock = clocks.getOrDefault(Keys.host(key), 0L);
            if (isOld(value, clock)) {
                old.put(key, true);
            } else {
                ages.put(key, clock - time.applyAsLong(value));
            }
        });
        old.keySet().forEach(memory::remove);
        size = ages.size();
        if (size >= most) {
            removeOldest(ages);
        }
        nextSweep = Math.max(size + 1, next());
    }

    private void removeOldest(Map<String, Long> ages) {
        long[] sorted = ages.values().stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        long oldest = sorted[(int) (most * LEFT)];
        ages.forEach((key, ofKey) -> {
            if (ofKey >= oldest) {
                memory.remove(key);
                size--;
            }
        });
    }
}
