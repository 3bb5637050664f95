package postwarden.producer.publish;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The waits of the thread that sends: each is a slice at most, and none is begun once the agent is to stop. */
final class Waits {
    /** How long a stop may go unnoticed, in milliseconds. */
    static final long SLICE_MILLIS = 100;

    private volatile boolean stopping;
    /** Written before {@code stopping}, and so seen by whoever sees that. */
    private long stoppedNanos;

    /** Something that waits. */
    @FunctionalInterface
    interface Wait {
        /** Waits for a slice, or until something has come about. */
        void run() throws InterruptedException;
    }

    /** Ends them all. Safe from any thread. */
    void stop() {
        if (!stopping) {
            stoppedNanos = System.nanoTime();
            stopping = true;
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /** What is left of a time that is counted from {@link #stop}, which was called; nothing when it has passed. */
    Duration left(Duration time) {
        Duration left = time.minusNanos(System.nanoTime() - stoppedNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Waits once; an interrupted thread is to stop. */
    void pause(Wait wait) {
        try {
            wait.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }

    /** Lets so much time pass, unless something else comes about. */
    void rest(long millis, BooleanSupplier over) {
        for (long left = millis; left > 0 && !stopping && !over.getAsBoolean(); left -= SLICE_MILLIS) {
            long slice = Math.min(left, SLICE_MILLIS);
            pause(() -> Thread.sleep(slice));
        }
    }
}
