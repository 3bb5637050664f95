package postwarden.detect.retrystorm;

import java.time.Duration;
import java.util.List;
import postwarden.detect.reading.Range;
import postwarden.tally.Prior;

/**
 * Settings of {@code retry-storm}.
 *
 * @param windows looked at, each 1 min to 1 h, the longest first; default 30, 10 and 5 min: a slow storm shows in the long
 *     one, a hot one before it has filled it
 * @param deliveries in the window that are the least storm, 10 to 10,000,000; default 200 (detectors.md R3)
 * @param overLaw times what the retry law explains, 1 to 100; default 1.5 (detectors.md R3)
 * @param minimalBackoff of the retry law, 10 s to 1 h; default 300 s: Postfix's minimal_backoff_time, and a third of Exim's
 *     first interval
 * @param maximalBackoff of the retry law, {@code minimalBackoff} to 1 d; default 4000 s: Postfix's maximal_backoff_time
 * @param success accepted share of deliveries from which retries are working, 0.05 to 1; default 0.5: a queue that drains
 *     after an outage accepts nearly all
 * @param growingParts of the window's four quarters in which the backlog must grow, 1 to 4; default 3 (detectors.md R3)
 * @param usual deferrals of an ordinary destination in a minute; default mean 0.5, size 0.1
 * @param tail probability below which the deferrals are out of the destination's ordinary, 0 to 0.1; default 1e-6
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5
 */
public record RetryStormParams(
        List<Duration> windows,
        int deliveries,
        double overLaw,
        Duration minimalBackoff,
        Duration maximalBackoff,
        double success,
        int growingParts,
        Prior usual,
        double tail,
        double openFactor) {
    public RetryStormParams {
        windows = List.copyOf(windows);
        Range.check("windows", windows.size(), 1, 5);
        windows.forEach(window -> Range.check("windows", window, Duration.ofMinutes(1), Duration.ofHours(1)));
        Range.check("deliveries", deliveries, 10, 10_000_000);
        Range.check("overLaw", overLaw, 1, 100);
        Range.check("minimalBackoff", minimalBackoff, Duration.ofSeconds(10), Duration.ofHours(1));
        Range.check("maximalBackoff", maximalBackoff, minimalBackoff, Duration.ofDays(1));
        Range.check("success", success, 0.05, 1);
        Range.check("growingParts", growingParts, 1, 4);
        Range.check("tail", tail, 0, 0.1);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static RetryStormParams defaults() {
        return new RetryStormParams(
                List.of(Duration.ofMinutes(30), Duration.ofMinutes(10), Duration.ofMinutes(5)),
                200,
                1.5,
                Duration.ofSeconds(300),
                Duration.ofSeconds(4000),
                0.5,
                3,
                new Prior(0.5, 0.1),
                1e-6,
                0.5);
    }

    /**
     * Attempts that one message can have in {@code window} by the retry law of Postfix's qmgr: the gap to the next attempt
     * is the message's age, kept between the two backoffs. A new message has the most.
     */
    public int lawful(Duration window) {
        int attempts = 0;
        for (Duration age = Duration.ZERO; age.compareTo(window) <= 0; age = age.plus(gap(age))) {
            attempts++;
        }
        return attempts;
    }

    private Duration gap(Duration age) {
        Duration atLeast = age.compareTo(minimalBackoff) < 0 ? minimalBackoff : age;
        return atLeast.compareTo(maximalBackoff) > 0 ? maximalBackoff : atLeast;
    }
}
