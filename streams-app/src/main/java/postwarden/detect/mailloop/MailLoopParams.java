package postwarden.detect.mailloop;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code mail-loop}.
 *
 * @param window over which a message may come again, 1 min to 1 h; default 10 min (detectors.md C5)
 * @param busyWindow the same for hosts with so much mail that in the longer one a circle cannot be told from chance, 10 s to
 *     {@code window}; default 1 min
 * @param repeats times that the same message is delivered to the same recipient, 3 to 10,000; default 10 (detectors.md C5): a
 *     filter that gives messages back makes two of one, lists make three
 * @param statements times that a daemon of ours must say that messages went in a circle to be more than one odd message, 1 to
 *     10,000; default 3
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record MailLoopParams(Duration window, Duration busyWindow, int repeats, int statements, double openFactor) {
    public MailLoopParams {
        Range.check("window", window, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("busyWindow", busyWindow, Duration.ofSeconds(10), window);
        Range.check("repeats", repeats, 3, 10_000);
        Range.check("statements", statements, 1, 10_000);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static MailLoopParams defaults() {
        return new MailLoopParams(Duration.ofMinutes(10), Duration.ofMinutes(1), 10, 3, 0.5);
    }
}
