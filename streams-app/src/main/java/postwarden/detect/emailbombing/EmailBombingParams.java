package postwarden.detect.emailbombing;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code email-bombing}.
 *
 * @param window 1 min to 20 min; default 10 min (detectors.md M1)
 * @param messages from strangers to one recipient in it, 10 to 1,000,000; default 100 (detectors.md M1)
 * @param domains of their senders, about, 5 to 60; default 50 (detectors.md M1): lists that a victim was signed up to are of
 *     as many domains; monitors, list servers and bounces of a forged sender are of few. Counted in 64 classes, so within 15 %
 * @param factor times as much as the recipient got before, 1 to 100; default 3: a support desk has such minutes all day
 * @param answered messages that the recipient itself sent within the hour for each that came, from which what comes are answers, or
 *     it answers each: a newsletter's sender, a ticket system, 0.1 to 100; default 0.8
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record EmailBombingParams(
        Duration window, int messages, int domains, double factor, double answered, double openFactor) {
    public EmailBombingParams {
        Range.check("window", window, Duration.ofMinutes(1), Duration.ofMinutes(20));
        Range.check("messages", messages, 10, 1_000_000);
        Range.check("domains", domains, 5, 60);
        Range.check("factor", factor, 1, 100);
        Range.check("answered", answered, 0.1, 100);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static EmailBombingParams defaults() {
        return new EmailBombingParams(Duration.ofMinutes(10), 100, 50, 3, 0.8, 0.5);
    }
}
