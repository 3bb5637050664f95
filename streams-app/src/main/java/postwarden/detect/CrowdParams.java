package postwarden.detect;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * How many keys are remembered, and for how long.
 *
 * @param maxKeys keys of one watch in one part of the topic that are watched one by one, 1000 to 100,000,000; default 250,000:
 *     five watches and four parts come to five million keys, about a gigabyte on disk
 * @param admitAfter events after which a further key takes the place of a silent one, 1 to 200; default 8: the random names of
 *     an attack come once or twice, whoever matters comes more often
 * @param forgetAfter event time of its hosts after which a silent key is forgotten, 2 h to 365 d; default 8 d: a week's
 *     habits, and a day
 * @param forgetAccountsAfter the same for an account that somebody has logged in to, 2 h to 365 d; default 60 d:
 *     strangers can guess at any name and are let in to few, and a mailbox that nobody uses is a thief's favourite prey
 */
public record CrowdParams(int maxKeys, int admitAfter, Duration forgetAfter, Duration forgetAccountsAfter) {
    public static final CrowdParams STANDARD = new CrowdParams(250_000, 8, Duration.ofDays(8), Duration.ofDays(60));

    public CrowdParams {
        Range.check("crowd.maxKeys", maxKeys, 1000, 100_000_000);
        Range.check("crowd.admitAfter", admitAfter, 1, 200);
        Range.check("crowd.forgetAfter in hours", (double) forgetAfter.toHours(), 2, 365 * 24);
        Range.check("crowd.forgetAccountsAfter in hours", (double) forgetAccountsAfter.toHours(), 2, 365 * 24);
    }
}
