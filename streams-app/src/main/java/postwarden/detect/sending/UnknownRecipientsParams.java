package postwarden.detect.sending;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code unknown-recipients}.
 *
 * @param window 10 min to 1 h; default 1 h (detectors.md C2)
 * @param unknown recipients that do not exist, 2 to 100,000; default 20 (detectors.md C2)
 * @param share of the deliveries that are decided, 0.01 to 1; default 0.1: a kept list loses one or two in a hundred
 * @param block from which the account is to be stopped before anything else is asked, {@code unknown} to 1,000,000; default
 *     100: where hosters block an account without asking (detectors.md C2)
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record UnknownRecipientsParams(Duration window, int unknown, double share, int block, double openFactor) {
    public UnknownRecipientsParams {
        Range.check("window", window, Duration.ofMinutes(10), Duration.ofHours(1));
        Range.check("unknown", unknown, 2, 100_000);
        Range.check("share", share, 0.01, 1);
        Range.check("block", block, unknown, 1_000_000);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static UnknownRecipientsParams defaults() {
        return new UnknownRecipientsParams(Duration.ofHours(1), 20, 0.1, 100, 0.5);
    }
}
