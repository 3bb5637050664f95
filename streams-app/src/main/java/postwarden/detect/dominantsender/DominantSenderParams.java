package postwarden.detect.dominantsender;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code dominant-sender}.
 *
 * @param window 5 min to 30 min; default 15 min (detectors.md C7)
 * @param share of the host's deliveries that are tried for one sender, 0.1 to 1; default 0.5 (detectors.md C7)
 * @param factor times the sender's own usual share, 1 to 100; default 3 (detectors.md C7): a host that one program sends from
 *     is never told of it
 * @param attempts deliveries tried in the window that are the least to speak of, 10 to 1,000,000; default 200 (detectors.md C7)
 * @param history deliveries that must be known from before, 10 to 1,000,000; default 50: without them nothing is usual
 * @param trouble share of the sender's deliveries that are put off, greylisting apart, or refused, from which others wait
 *     behind the sender, 0 to 1; default 0.2
 * @param calm how long the trouble must have stayed below its floor before the finding is LOW again, 0 s to 30 min; default
 *     30 min: whoever is put off comes again within half an hour, and a severity that goes up and down is read by nobody
 * @param takenFactor times the floor of attempts from which a sender whose mail is taken is told too, as LOW, 1 to 1000; default
 *     1.5: small mailings are nobody's trouble
 * @param waiting first attempts for others in the window that came a minute or more after the message, from which their mail is said
 *     to wait, 1 to 1,000,000; default 5: one or two wait for a reason of their own
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record DominantSenderParams(
        Duration window,
        double share,
        double factor,
        int attempts,
        int history,
        double trouble,
        Duration calm,
        double takenFactor,
        int waiting,
        double openFactor) {
    public DominantSenderParams {
        Range.check("window", window, Duration.ofMinutes(5), Duration.ofMinutes(30));
        Range.check("share", share, 0.1, 1);
        Range.check("factor", factor, 1, 100);
        Range.check("attempts", attempts, 10, 1_000_000);
        Range.check("history", history, 10, 1_000_000);
        Range.check("trouble", trouble, 0, 1);
        Range.check("calm", calm, Duration.ZERO, Duration.ofMinutes(30));
        Range.check("takenFactor", takenFactor, 1, 1000);
        Range.check("waiting", waiting, 1, 1_000_000);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static DominantSenderParams defaults() {
        return new DominantSenderParams(
                Duration.ofMinutes(15), 0.5, 3, 200, 50, 0.2, Duration.ofMinutes(30), 1.5, 5, 0.5);
    }
}
