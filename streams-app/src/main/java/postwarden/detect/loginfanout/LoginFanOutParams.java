package postwarden.detect.loginfanout;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code login-fan-out}.
 *
 * @param window in which the spread of logins is looked at, 1 min to 1 h; default 5 min (detectors.md A6)
 * @param clients addresses that logged in, 2 to 60; default 5 (detectors.md A6): one person has fewer devices in use at once
 * @param systems systems that they are in, 2 to 60; default 3 (detectors.md A6): autonomous systems, or wide prefixes where no
 *     database of them is given
 * @param newSystems of these, systems that the account's history has not, 1 to 60; default 3: a phone roams within its
 *     provider's, a shared mailbox is read from where it was read before
 * @param guessingWindow in which guesses at the account matter, 1 min to 1 h; default 1 h
 * @param guesses refused logins in it from which login-after-failures speaks, 2 to 100,000; default 10
 * @param slowWindow the same for thieves that take turns, 10 min to 1 h; default 1 h
 * @param slowFactor times the floors that are asked of it, 1 to 10; default 2.5
 * @param learning how long an account must have been in use before its spread says anything, 5 min to 1 h; default 20 min
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5
 */
public record LoginFanOutParams(
        Duration window,
        int clients,
        int systems,
        int newSystems,
        Duration guessingWindow,
        int guesses,
        Duration slowWindow,
        double slowFactor,
        Duration learning,
        double openFactor) {
    public LoginFanOutParams {
        Range.check("window", window, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("clients", clients, 2, 60);
        Range.check("systems", systems, 2, 60);
        Range.check("newSystems", newSystems, 1, 60);
        Range.check("guessingWindow", guessingWindow, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("guesses", guesses, 2, 100_000);
        Range.check("slowWindow", slowWindow, Duration.ofMinutes(10), Duration.ofHours(1));
        Range.check("slowFactor", slowFactor, 1, 10);
        Range.check("learning", learning, Duration.ofMinutes(5), Duration.ofHours(1));
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static LoginFanOutParams defaults() {
        return new LoginFanOutParams(
                Duration.ofMinutes(5),
                5,
                3,
                3,
                Duration.ofHours(1),
                10,
                Duration.ofHours(1),
                2.5,
                Duration.ofMinutes(20),
                0.5);
    }
}
