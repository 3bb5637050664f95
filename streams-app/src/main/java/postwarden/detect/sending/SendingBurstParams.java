package postwarden.detect.sending;

import java.time.Duration;
import postwarden.detect.account.Objections;
import postwarden.detect.reading.Persistence;
import postwarden.detect.reading.Range;
import postwarden.tally.Prior;

/**
 * Settings of {@code sending-burst}.
 *
 * @param recipients recipients in a window that are the least burst, 2 to 1,000,000; default 50 (detectors.md C1)
 * @param usual recipients of an ordinary account in a minute; default mean 0.3, size 0.1: three in ten minutes, in bursts
 * @param tail probability below which a burst is out of the account's ordinary, 0 to 0.1; default 1e-6
 * @param novelty share of recipients that the account's history has not, 0.1 to 1; default 0.8: payroll, month-end runs and
 *     newsletters go to people who were written to before
 * @param objections refusals by the other side from which the owner's own computer is suspected; default 4, and 3 %
 * @param persistence default 2 of 3 windows of ten minutes, every 10 s
 * @param immediateFactor times the floor at which persistence is not waited for, 1 to 1000; default 10 (detectors.md 5.0)
 * @param highRecipients different new recipients within the hour from which it is HIGH, 10 to 1,000,000; default 150: what
 *     {@code recipient-fan-out} takes
 * @param openFactor share of the floor that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record SendingBurstParams(
        int recipients,
        Prior usual,
        double tail,
        double novelty,
        Objections.Floor objections,
        Persistence persistence,
        double immediateFactor,
        int highRecipients,
        double openFactor) {
    public SendingBurstParams {
        Range.check("recipients", recipients, 2, 1_000_000);
        Range.check("tail", tail, 0, 0.1);
        Range.check("novelty", novelty, 0.1, 1);
        Range.check("immediateFactor", immediateFactor, 1, 1000);
        Range.check("highRecipients", highRecipients, 10, 1_000_000);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static SendingBurstParams defaults() {
        Persistence persistence = new Persistence(Duration.ofMinutes(10), Duration.ofSeconds(10), 2, 3);
        return new SendingBurstParams(
                50, new Prior(0.3, 0.1), 1e-6, 0.8, Objections.Floor.ofBurst(), persistence, 10, 150, 0.5);
    }
}
