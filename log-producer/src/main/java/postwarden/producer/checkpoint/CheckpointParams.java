package postwarden.producer.checkpoint;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how often progress is kept.
 *
 * @param directory the state directory, used by one agent only
 * @param every how often progress is written, 10 ms to 1 min; default 1 s: what a crash may repeat is about as much
 * @param forgetAfter how long a file that is not seen any more is remembered, 1 min or more; default 7 days: longer than the mounts
 *     and restores of a week, and short enough to bound the registry
 */
public record CheckpointParams(Path directory, Duration every, Duration forgetAfter) {
    /** How often progress is written unless configured. */
    public static final Duration EVERY = Duration.ofSeconds(1);
    /** How long a vanished file is remembered unless configured. */
    public static final Duration FORGET_AFTER = Duration.ofDays(7);

    public CheckpointParams {
        if (every.toMillis() < 10 || every.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("every is " + every + ", not 10 ms to 1 min");
        }
        if (forgetAfter.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("forget-after is " + forgetAfter + ", less than 1 min");
        }
    }

    /** The defaults with a directory. */
    public static CheckpointParams in(Path directory) {
        return new CheckpointParams(directory, EVERY, FORGET_AFTER);
    }
}
