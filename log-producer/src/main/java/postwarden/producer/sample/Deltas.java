package postwarden.producer.sample;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers the kernel's counters from one look to the next. For one thread. */
final class Deltas {
    private Map<String, Long> last = Map.of();
    private long lastNanos;

    /**
     * What grew since the last look.
     *
     * @param now counters by name; one that is new has nothing to be held against and is left out
     * @return empty at the first look, and when no time has passed
     */
    Optional<Interval> since(Map<String, Long> now, long nanos) {
        Map<String, Long> before = last;
        long passed = nanos - lastNanos;
        last = Map.copyOf(now);
        lastNanos = nanos;
        if (before.isEmpty() || passed < 1) {
            return Optional.empty();
        }
        Map<String, Long> grown = new HashMap<>();
        boolean restarted = false;
        for (Map.Entry<String, Long> counter : now.entrySet()) {
            Long was = before.get(counter.getKey());
            if (was != null && counter.getValue() >= was) {
                grown.put(counter.getKey(), counter.getValue() - was);
            }
            restarted |= was != null && counter.getValue() < was;
        }
        return Optional.of(new Interval(passed, grown, restarted));
    }
}
