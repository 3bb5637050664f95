package postwarden.detect.passwordspray;

import java.time.Duration;
import postwarden.detect.reading.Persistence;
import postwarden.detect.reading.Range;
import postwarden.tally.Prior;

/**
 * Settings of {@code password-spray}. What is usual on the host is taken off before anything is held against a floor, with two
 * refusals for each usual account and client: people mistype on every host.
 *
 * @param window in which a host is looked at first, 1 min to 1 h; default 10 min
 * @param slowWindow the same for slow campaigns, and for equal passwords, 10 min to 1 h; default 1 h (detectors.md A3)
 * @param accounts accounts with refused credentials beyond what is usual, 3 to 60; default 10 (detectors.md A3)
 * @param sources clients that they come from, 2 to 60; default 4: what fewer do is said of each client, see brute-force, so
 *     the accounts of the three busiest are taken off before anything is held against a floor
 * @param triesPerAccount refusals for each of the accounts at most, 1 to 20; default 3: a spray spares the accounts, so that
 *     none is locked; more where each is tried from several clients
 * @param sourcesPerAccount groups of clients, of eight, that tried each of the accounts, from which it is no matter how often
 *     each was tried, 1.5 to 7; default 3: as many as four clients of an account are in on average, and a person is at home, at
 *     work and on the road, while who guesses has another address for each try
 * @param guessingTries refusals for each of the accounts from which it is the accounts' own passwords that are guessed, 1 to 100;
 *     default 4.5: half as many again as those of a spray, so that the likeliest cause does not change to and fro
 * @param triesPerMinute refusals of one client in a minute that are learned as the host's usual, at most, 1 to 1000; default 3: nobody
 *     mistypes more often, and who guesses is nobody's usual
 * @param usual refused credentials of an ordinary host in a minute while little is known of it; default mean 0.5, size 1:
 *     thirty in an hour, in bursts
 * @param tail probability below which a window is out of the host's ordinary, 0 to 0.1; default 1e-6
 * @param immediateFactor times the floor of accounts, if every usual refusal had one of its own, from which a host whose refusals
 *     vary much is believed sooner, 1 to 1000; default 5
 * @param immediateTail the probability that is asked then, 0 to 0.1; default 1e-4: a thousand hosts have 24,000 hours a day
 * @param youngShare share of refusals among all logins that is asked while the host's ordinary is not known, 0 to 1; default
 *     0.2: busy hosts refuse more, and grant more
 * @param youngFactor times the usual refusals that are asked while the host's ordinary is not known, 1 to 1000; default 8: of
 *     two public servers one is guessed at ten times as often as the other, and one that is new here may be either
 * @param sharing accounts that were tried with a password which was tried on another account too, 3 to 60; default 10
 *     (detectors.md A3): people do not share passwords, and then nothing else is asked
 * @param persistence default 3 of 10 minutes with a refusal
 * @param outageShare share of its usual logins below which the host refuses everybody, 0 to 1; default 0.5: then it is the
 *     authentication service that fails
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5
 */
public record PasswordSprayParams(
        Duration window,
        Duration slowWindow,
        int accounts,
        int sources,
        double triesPerAccount,
        double sourcesPerAccount,
        double guessingTries,
        int triesPerMinute,
        Prior usual,
        double tail,
        double immediateFactor,
        double immediateTail,
        double youngShare,
        double youngFactor,
        int sharing,
        Persistence persistence,
        double outageShare,
        double openFactor) {
    public PasswordSprayParams {
        Range.check("window", window, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("slowWindow", slowWindow, Duration.ofMinutes(10), Duration.ofHours(1));
        Range.check("accounts", accounts, 3, 60);
        Range.check("sources", sources, 2, 60);
        Range.check("triesPerAccount", triesPerAccount, 1, 20);
        Range.check("sourcesPerAccount", sourcesPerAccount, 1.5, 7);
        Range.check("guessingTries", guessingTries, 1, 100);
        Range.check("triesPerMinute", triesPerMinute, 1, 1000);
        Range.check("tail", tail, 0, 0.1);
        Range.check("immediateFactor", immediateFactor, 1, 1000);
        Range.check("immediateTail", immediateTail, 0, 0.1);
        Range.check("youngShare", youngShare, 0, 1);
        Range.check("youngFactor", youngFactor, 1, 1000);
        Range.check("sharing", sharing, 3, 60);
        Range.check("outageShare", outageShare, 0, 1);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static PasswordSprayParams defaults() {
        Persistence persistence = Persistence.adjacent(Duration.ofMinutes(1), 3, 10);
        return new PasswordSprayParams(
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                10,
                4,
                3,
                3,
                4.5,
                3,
                new Prior(0.5, 1),
                1e-6,
                5,
                1e-4,
                0.2,
                8,
                10,
                persistence,
                0.5,
                0.5);
    }
}
