package postwarden.detect.bruteforce;

import java.time.Duration;
import postwarden.detect.reading.Persistence;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code brute-force}. No floor is learned: a client that guesses every day is not excused by its habit.
 *
 * @param window in which a client is looked at, 1 min to 1 h; default 10 min (detectors.md A1)
 * @param failures refused credentials in it, 2 to 1,000,000; default 20 (detectors.md A1): nobody mistypes that often
 * @param accounts accounts that never logged in from the client and were refused, 2 to 60; default 5 (detectors.md A1)
 * @param passwords different passwords tried, as far as they are logged, 2 to 60; default 10 (detectors.md A1): a device
 *     repeats one
 * @param slowWindow the same for slow guessing, 10 min to 1 h; default 1 h
 * @param slowFactor times the floors of failures and accounts that are asked of it, 1 to 10; default 2
 * @param unknownFactor times the floor of failures where no password is logged and fewer than {@code accounts} are tried, so
 *     that a device with an old password may be behind it, 1 to 100; default 2
 * @param devicePerMinute refused logins a minute up to which something as regular as a timer is a device and no guess, 1 to 600;
 *     default 6: mail programs try again every minute at most, scripts every ten seconds
 * @param sharedFactor times the floor of accounts from which an address with more logins than refusals is believed to guess
 *     beside its users, 1 to 100; default 4
 * @param mistypes refused logins for each account up to which an address whose people then get in, most of them, is a place where
 *     many log in for the first time, 1 to 20; default 3: who guesses gets into one account in a thousand
 * @param thinPerHost refused credentials of each host on average below which a guesser that got in nowhere is LOW, 1 to 1000;
 *     default 15: every public server is visited by strangers who give up after a dozen, and by the same ones
 * @param persistence default 2 of 10 minutes with a refusal, where anybody has logged in from the address: an authentication
 *     service that fails for a moment refuses everybody behind it at once
 * @param immediateFactor times the floor of failures at which persistence is not waited for, 1 to 1000; default 10
 * @param front of machines of ours through which many log in
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5
 */
public record BruteForceParams(
        Duration window,
        int failures,
        int accounts,
        int passwords,
        Duration slowWindow,
        double slowFactor,
        double unknownFactor,
        double devicePerMinute,
        double sharedFactor,
        double mistypes,
        double thinPerHost,
        Persistence persistence,
        double immediateFactor,
        FrontParams front,
        double openFactor) {
    public BruteForceParams {
        Range.check("window", window, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("failures", failures, 2, 1_000_000);
        Range.check("accounts", accounts, 2, 60);
        Range.check("passwords", passwords, 2, 60);
        Range.check("slowWindow", slowWindow, Duration.ofMinutes(10), Duration.ofHours(1));
        Range.check("slowFactor", slowFactor, 1, 10);
        Range.check("unknownFactor", unknownFactor, 1, 100);
        Range.check("devicePerMinute", devicePerMinute, 1, 600);
        Range.check("sharedFactor", sharedFactor, 1, 100);
        Range.check("mistypes", mistypes, 1, 20);
        Range.check("thinPerHost", thinPerHost, 1, 1000);
        Range.check("immediateFactor", immediateFactor, 1, 1000);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static BruteForceParams defaults() {
        Persistence persistence = Persistence.adjacent(Duration.ofMinutes(1), 2, 10);
        return new BruteForceParams(
                Duration.ofMinutes(10),
                20,
                5,
                10,
                Duration.ofHours(1),
                2,
                2,
                6,
                4,
                3,
                15,
                persistence,
                10,
                FrontParams.defaults(),
                0.5);
    }
}
