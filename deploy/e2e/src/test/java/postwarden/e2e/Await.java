package postwarden.e2e;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, with limits so wide that only what never comes runs into them. */
public final class Await {
    /** For what takes a second on an idle machine and must also pass on a busy one. */
    public static final Duration LONG = Duration.ofMinutes(2);

    /** The shortest pause between two questions. */
    private static final long PAUSE_NANOS = 20_000_000;

    private Await() {}

    /** A question that may go to a broker. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws ExecutionException, InterruptedException;
    }

    /**
     * Asks until the answer is yes, and pauses for as long as an answer took: half of the time belongs to what is waited for.
     *
     * @throws AssertionError naming what did not come, when the limit has passed
     */
    public static void until(String what, Condition condition) throws ExecutionException, InterruptedException {
        long end = System.nanoTime() + LONG.toNanos();
        long asked = System.nanoTime();
        while (!condition.holds()) {
            long answered = System.nanoTime();
            if (answered > end) {
                throw new AssertionError("not within " + LONG.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(Math.max(PAUSE_NANOS, answered - asked));
            asked = System.nanoTime();
        }
    }
}
