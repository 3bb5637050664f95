package postwarden.detect.sensor;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code log-gap}.
 *
 * @param window for how long a loss makes one incident with the next, 1 min to 1 h; default 10 min: what breaks a log breaks it more
 *     than once, and an operator is paged for the trouble, not for each of its bytes
 * @param highBytes lost bytes in the window from which it is HIGH, 1 to 1e12; default 1,000,000: some 6,500 lines of 153 bytes, more
 *     than a flood or a guessed password needs to stay unseen
 */
public record LogGapParams(Duration window, double highBytes) {
    public LogGapParams {
        Range.check("window", window, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("highBytes", highBytes, 1, 1e12);
    }

    public static LogGapParams defaults() {
        return new LogGapParams(Duration.ofMinutes(10), 1_000_000);
    }
}
