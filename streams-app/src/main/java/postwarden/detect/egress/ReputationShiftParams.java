package postwarden.detect.egress;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code reputation-shift}. All of them are about first attempts that somebody answered.
 *
 * @param window 10 min to 1 h; default 30 min (detectors.md R13)
 * @param objections refusals for reputation or a block list in it, 3 to 1,000,000; default 10 (detectors.md R13)
 * @param longer the window for hosts that send little, 10 min to 1 h; default 1 h
 * @param few refusals in it that are enough, 2 to 1,000,000; default 4, where they are {@code most}
 * @param most share of the answered first attempts in it, and of those within {@code window}, 0.1 to 1; default 0.5
 * @param domains of recipients that refuse, 2 to 10,000; default 3: what one of them thinks is {@code remote-throttle}'s
 * @param usual share of attempts that an ordinary host meets with this, 0.0001 to 0.5; default 0.01
 * @param believed attempts of the past from which a host's own share is nearly believed, 1 to 1,000,000; default 200
 * @param factor times its own share, 1 to 100; default 2 (detectors.md R13)
 * @param tail probability below which so many are not chance, 0 to 0.1; default 1e-6
 * @param single share of the refusals that are for one account's or sender's mail, from which it is its name and not the host's, 0.5
 *     to 1; default 0.8
 * @param taken first attempts in a row that were taken, within an hour, for it to be over soon, 1 to 1000; default 7: while half of
 *     them are refused so many are taken once in a hundred times
 * @param quiet how long it must be unseen to be over without them, 5 min to 1 d; default 3 h: a small office writes nothing over lunch
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record ReputationShiftParams(
        Duration window,
        int objections,
        Duration longer,
        int few,
        double most,
        int domains,
        double usual,
        int believed,
        double factor,
        double tail,
        double single,
        int taken,
        Duration quiet,
        double openFactor) {
    public ReputationShiftParams {
        Range.check("window", window, Duration.ofMinutes(10), Duration.ofHours(1));
        Range.check("objections", objections, 3, 1_000_000);
        Range.check("longer", longer, Duration.ofMinutes(10), Duration.ofHours(1));
        Range.check("few", few, 2, 1_000_000);
        Range.check("most", most, 0.1, 1);
        Range.check("domains", domains, 2, 10_000);
        Range.check("usual", usual, 0.0001, 0.5);
        Range.check("believed", believed, 1, 1_000_000);
        Range.check("factor", factor, 1, 100);
        Range.check("tail", tail, 0, 0.1);
        Range.check("single", single, 0.5, 1);
        Range.check("taken", taken, 1, 1000);
        Range.check("quiet", quiet, Duration.ofMinutes(5), Duration.ofDays(1));
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static ReputationShiftParams defaults() {
        return new ReputationShiftParams(
                Duration.ofMinutes(30),
                10,
                Duration.ofHours(1),
                4,
                0.5,
                3,
                0.01,
                200,
                2,
                1e-6,
                0.8,
                7,
                Duration.ofHours(3),
                0.5);
    }
}
