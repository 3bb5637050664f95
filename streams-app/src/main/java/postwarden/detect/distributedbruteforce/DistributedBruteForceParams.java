package postwarden.detect.distributedbruteforce;

import java.time.Duration;
import postwarden.detect.reading.Persistence;
import postwarden.detect.reading.Range;
import postwarden.tally.Prior;

/**
 * Settings of {@code distributed-brute-force}.
 *
 * @param window over which failures are summed, 1 min to 1 h; default 1 h: the attack lives from being slow at each address
 * @param failures refused credentials in the window, 2 to 1,000,000; default 30 (detectors.md A2): a person gives up, and a
 *     program with a stale password uses few addresses
 * @param sources addresses with refused credentials that had not logged in before, 2 to 60; default 15 (detectors.md A2);
 *     more than one person's devices and networks in an hour
 * @param attemptsPerSource mean above which it is not the spread that hides it, 1 to 1000; default 10: real campaigns stay
 *     below the usual ban after five to ten; a forgotten device tries hundreds of times
 * @param usual refused credentials of an ordinary account in a minute; default mean 0.05, size 0.05: three an hour, in bursts
 * @param tail probability below which the window is out of the account's ordinary, 0 to 0.1; default 1e-6
 * @param persistence default 2 of 60 minutes with a failure: an authentication service that fails for a moment refuses
 *     everybody once
 * @param devicePerMinute refused logins a minute up to which something as regular as a timer, all from one system, is a phone
 *     whose carrier changes its address, 1 to 600; default 6
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5
 */
public record DistributedBruteForceParams(
        Duration window,
        int failures,
        int sources,
        double attemptsPerSource,
        Prior usual,
        double tail,
        Persistence persistence,
        double devicePerMinute,
        double openFactor) {
    public DistributedBruteForceParams {
        Range.check("window", window, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("failures", failures, 2, 1_000_000);
        Range.check("sources", sources, 2, 60);
        Range.check("attemptsPerSource", attemptsPerSource, 1, 1000);
        Range.check("tail", tail, 0, 0.1);
        Range.check("devicePerMinute", devicePerMinute, 1, 600);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static DistributedBruteForceParams defaults() {
        Persistence persistence = Persistence.adjacent(Duration.ofMinutes(1), 2, 60);
        return new DistributedBruteForceParams(
                Duration.ofHours(1), 30, 15, 10, new Prior(0.05, 0.05), 1e-6, persistence, 6, 0.5);
    }
}
