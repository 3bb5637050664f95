package postwarden.detect.mailloop;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code mail-loop}.
 *
 * @param window over which a message may come again, 1 min to 1 h; default 10 min (detectors.md C5)
 * @param busyWindow the same for hosts with so much mail that in the longer one a circle cannot be told from chance, 10 s to
 *     {@code window}; default 1 min
 * @param slowWindow the same for circles that something paces, {@code window} to 1 h; default 30 min: nobody sends one message ten
 *     times to the same recipient in half an hour
 * @param repeats times that the same message is delivered to the same recipient, 3 to 10,000; default 10 (detectors.md C5): a
 *     filter that gives messages back makes two of one, lists make three
 * @param exchanges messages that each of two addresses writes to the other without a login in {@code window}, 3 to 10,000; default
 *     10 (detectors.md C5, pairs of automatic answers): no two people are as fast
 * @param steadyWindow in which they must not have rested, 1 min to 1 h; default 5 min: what is answered once each comes
 *     in bursts and ends, who answers each answer does not rest. {@code slowWindow} for HIGH
 * @param steady share of its minutes in which both must have written, 0.1 to 1; default 0.7: some wait for a minute
 * @param statements times that a daemon of ours must say that messages went in a circle to be more than one odd message, 1 to
 *     10,000; default 3
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record MailLoopParams(
        Duration window,
        Duration busyWindow,
        Duration slowWindow,
        int repeats,
        int exchanges,
        Duration steadyWindow,
        double steady,
        int statements,
        double openFactor) {
    public MailLoopParams {
        Range.check("window", window, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("busyWindow", busyWindow, Duration.ofSeconds(10), window);
        Range.check("slowWindow", slowWindow, window, Duration.ofHours(1));
        Range.check("exchanges", exchanges, 3, 10_000);
        Range.check("repeats", repeats, 3, 10_000);
        Range.check("steadyWindow", steadyWindow, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("steady", steady, 0.1, 1);
        Range.check("statements", statements, 1, 10_000);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static MailLoopParams defaults() {
        return new MailLoopParams(
                Duration.ofMinutes(10),
                Duration.ofMinutes(1),
                Duration.ofMinutes(30),
                10,
                10,
                Duration.ofMinutes(5),
                0.7,
                3,
                0.5);
    }
}
