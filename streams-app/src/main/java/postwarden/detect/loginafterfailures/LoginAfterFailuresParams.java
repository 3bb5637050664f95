package postwarden.detect.loginafterfailures;

import java.time.Duration;
import postwarden.detect.reading.Range;
import postwarden.tally.Prior;

/**
 * Settings of {@code login-after-failures}.
 *
 * @param window in which guesses at the account matter, 1 min to 1 h; default 1 h (detectors.md A5)
 * @param failures refused logins in it, 2 to 100,000; default 10 (detectors.md A5)
 * @param sources addresses that never logged in before and were refused, from which it is a campaign, 2 to 60; default 5: more
 *     than one person's devices
 * @param perSource tries of the address that is let in, where it is no campaign, 2 to 100,000; default 20: what brute-force asks of
 *     a client; a person who forgot gives up before
 * @param perForeignSource the same where a system logs in that the account had never been used from, and for longer than
 *     {@code persons}, 2 to 100,000; default 10 (detectors.md A5)
 * @param persons how long a person tries, who has forgotten a password away from home, 0 s to 1 h; default 10 min
 * @param acquainted for how long an account must have been known for the networks that it was used from to be its owner's, so
 *     that who comes from one of them again is a device whose password was mended, 0 s to 7 d; default 20 h: a day and its night
 * @param devicePerMinute refused logins a minute up to which something as regular as a timer is a device and no guess, 1 to 600;
 *     default 6
 * @param usual refused credentials of an ordinary account in a minute; default mean 0.05, size 0.05: three an hour, in bursts
 * @param excess probability below which so many refusals are more than the account sees on any day, where an hour of it is
 *     known, 0 to 1; default 0.001: well-known names are guessed a few times an hour for ever, and their owners log in all the
 *     same
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5
 */
public record LoginAfterFailuresParams(
        Duration window,
        int failures,
        int sources,
        int perSource,
        int perForeignSource,
        Duration persons,
        Duration acquainted,
        double devicePerMinute,
        Prior usual,
        double excess,
        double openFactor) {
    public LoginAfterFailuresParams {
        Range.check("window", window, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("failures", failures, 2, 100_000);
        Range.check("sources", sources, 2, 60);
        Range.check("perSource", perSource, 2, 100_000);
        Range.check("perForeignSource", perForeignSource, 2, 100_000);
        Range.check("persons", persons, Duration.ZERO, Duration.ofHours(1));
        Range.check("acquainted", acquainted, Duration.ZERO, Duration.ofDays(7));
        Range.check("devicePerMinute", devicePerMinute, 1, 600);
        Range.check("excess", excess, 0, 1);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static LoginAfterFailuresParams defaults() {
        return new LoginAfterFailuresParams(
                Duration.ofHours(1),
                10,
                5,
                20,
                10,
                Duration.ofMinutes(10),
                Duration.ofHours(20),
                6,
                new Prior(0.05, 0.05),
                0.001,
                0.5);
    }
}
