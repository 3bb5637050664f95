package postwarden.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Which partitions stand still until when, because a receiver did not take their next record. */
final class Waits {
    private static final int MOST_DOUBLINGS = 30;

    private final Duration firstPause;
    private final Duration longestPause;
    private final Map<TopicPartition, Wait> waits = new HashMap<>();

    /** @param attempts that failed so far */
    private record Wait(int attempts, Instant until) {}

    Waits(Duration firstPause, Duration longestPause) {
        this.firstPause = firstPause;
        this.longestPause = longestPause;
    }

    /**
     * The next attempt failed too: waits twice as long as before, and at least as long as the receiver wished, though never
     * longer than the longest pause, so that nobody can send us to sleep.
     *
     * @return until when
     */
    Instant failed(TopicPartition partition, Instant now, Optional<Duration> wish) {
        Wait before = waits.get(partition);
        int attempts = before == null ? 0 : before.attempts();
        Duration pause = firstPause.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        if (wish.isPresent() && wish.get().compareTo(pause) > 0) {
            pause = wish.get();
        }
        if (pause.compareTo(longestPause) > 0) {
            pause = longestPause;
        }
        Instant until = now.plus(pause);
        waits.put(partition, new Wait(attempts + 1, until));
        return until;
    }

    /** It went well, or the partition is another instance's now. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(waits::remove);
    }

    /** Partitions whose time has come; they keep their count of attempts until one goes well. */
    Set<TopicPartition> due(Instant now) {
        return waits.entrySet().stream()
                .filter(wait -> !now.isBefore(wait.getValue().until()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** How long nothing will be due; the given length at most. */
    Duration idle(Instant now, Duration most) {
        return waits.values().stream()
                .map(wait -> Duration.between(now, wait.until()))
                .filter(left -> !left.isNegative())
                .filter(left -> left.compareTo(most) < 0)
                .min(Duration::compareTo)
                .orElse(most);
    }
}
