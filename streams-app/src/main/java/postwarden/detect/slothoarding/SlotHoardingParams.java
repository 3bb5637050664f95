package postwarden.detect.slothoarding;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code slot-hoarding}.
 *
 * @param window over which ended sessions are counted, 1 min to 20 min; default 10 min: twice Postfix's smtpd_timeout of 300 s,
 *     so that sessions which are opened again as they end are one finding
 * @param sessions sessions of one client that each lasted two minutes or more with at most three commands, 2 to 100,000;
 *     default 10 (detectors.md 5.1, F4): as many as Exim and anvil are commonly told to allow one client at once
 * @param peakConcurrency sessions of it that were open at once, 2 to 100,000; default 10
 * @param uncountedFactor times {@code sessions} that are needed where open sessions are not logged, 1 to 100; default 2
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record SlotHoardingParams(
        Duration window, int sessions, int peakConcurrency, double uncountedFactor, double openFactor) {
    public SlotHoardingParams {
        Range.check("window", window, Duration.ofMinutes(1), Duration.ofMinutes(20));
        Range.check("sessions", sessions, 2, 100_000);
        Range.check("peakConcurrency", peakConcurrency, 2, 100_000);
        Range.check("uncountedFactor", uncountedFactor, 1, 100);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static SlotHoardingParams defaults() {
        return new SlotHoardingParams(Duration.ofMinutes(10), 10, 10, 2, 0.5);
    }
}
