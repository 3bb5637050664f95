package postwarden.detect.loginafterfailures;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code login-after-failures}.
 *
 * @param window in which guesses at the account matter, 1 min to 1 h; default 1 h (detectors.md A5)
 * @param failures refused logins in it, 2 to 100,000; default 10 (detectors.md A5)
 * @param sources addresses that never logged in before and were refused, from which it is a campaign, 2 to 60; default 5: more
 *     than one person's devices
 * @param perSource refused logins for each address where it is no campaign, 2 to 100,000; default 20: what brute-force asks of a
 *     client; a person who forgot gives up before
 * @param perForeignSource the same where a system logs in that the account had never been used from, and for longer than
 *     {@code persons}, 2 to 100,000; default 10 (detectors.md A5)
 * @param persons how long a person tries, who has forgotten a password away from home, 0 s to 1 h; default 10 min
 * @param devicePerMinute refused logins a minute up to which something as regular as a timer is a device and no guess, 1 to 600;
 *     default 6
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5
 */
public record LoginAfterFailuresParams(
        Duration window,
        int failures,
        int sources,
        int perSource,
        int perForeignSource,
        Duration persons,
        double devicePerMinute,
        double openFactor) {
    public LoginAfterFailuresParams {
        Range.check("window", window, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("failures", failures, 2, 100_000);
        Range.check("sources", sources, 2, 60);
        Range.check("perSource", perSource, 2, 100_000);
        Range.check("perForeignSource", perForeignSource, 2, 100_000);
        Range.check("persons", persons, Duration.ZERO, Duration.ofHours(1));
        Range.check("devicePerMinute", devicePerMinute, 1, 600);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static LoginAfterFailuresParams defaults() {
        return new LoginAfterFailuresParams(Duration.ofHours(1), 10, 5, 20, 10, Duration.ofMinutes(10), 6, 0.5);
    }
}
