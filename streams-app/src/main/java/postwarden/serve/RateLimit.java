package postwarden.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How often each may, on average, with as much at once as in {@code burstSeconds}; of at most 10,000 it knows how often they did. */
final class RateLimit {
    private static final int MOST_KNOWN = 10_000;
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    private record Bucket(double left, long at) {}

    RateLimit(double perSecond, double burst, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.burst = Math.max(1, burst);
        this.nanos = nanos;
    }

    /** Takes one. @return whether there was one */
    synchronized boolean take(String who) {
        double left = left(who);
        boolean there = left >= 1;
        buckets.put(who, new Bucket(there ? left - 1 : left, nanos.getAsLong()));
        return there;
    }

    /** Whether there is one, without taking it. */
    synchronized boolean mayTake(String who) {
        return left(who) >= 1;
    }

    private double left(String who) {
        Bucket known = buckets.getOrDefault(who, new Bucket(burst, nanos.getAsLong()));
        return Math.min(burst, known.left() + (nanos.getAsLong() - known.at()) / NANOS * perSecond);
    }
}
