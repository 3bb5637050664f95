package postwarden.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How long to wait before a stream thread that failed is replaced, and when to give up. A cluster that is away for an hour fails
 * a thread every few minutes, and is waited for without end; a record or a store on which each attempt fails at once ends the
 * service, so that its supervisor, and whoever watches that, sees it.
 */
final class Restarts {
    /** Failures of one thread in a row before giving up: 31 seconds of waiting, for what heals itself. */
    private static final int MOST = 5;
    /** What lies farther apart is not in a row: longer than Kafka Streams tries again by itself ({@code task.timeout.ms}). */
    private static final Duration ROW = Duration.ofMinutes(4);
    /** The first wait; each following one is twice as long. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final int threads;
    private final Deque<Long> failures = new ArrayDeque<>();

    /** @param threads how many there are, because a failure of the cluster fails all of them, >= 1 */
    Restarts(int threads) {
        this.threads = threads;
    }

    /**
     * How long to wait after a failure at this time; empty to give up.
     *
     * @param nanos of a clock that only goes forward
     */
    synchronized Optional<Duration> after(long nanos) {
        if (!failures.isEmpty() && nanos - failures.getLast() > ROW.toNanos()) {
            failures.clear();
        }
        failures.add(nanos);
        int round = (failures.size() - 1) / threads;
        return round >= MOST ? Optional.empty() : Optional.of(FIRST.multipliedBy(1L << round));
    }
}
