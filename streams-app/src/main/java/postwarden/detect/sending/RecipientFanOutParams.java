package postwarden.detect.sending;

import java.time.Duration;
import postwarden.detect.account.Objections;
import postwarden.detect.reading.Range;
import postwarden.tally.Prior;

/**
 * Settings of {@code recipient-fan-out}.
 *
 * @param window 10 min to 1 h; default 1 h (detectors.md C3)
 * @param recipients different ones that are the least fan-out, 10 to 1,000,000; default 150 (detectors.md C3)
 * @param novelty share of them that the account's history has not, 0.1 to 1; default 0.8
 * @param doubtful different recipients within {@code window} from which new ones, written to from where nobody of the account ever
 *     was or with more refusals than a kept list has, are kept apart from its history, 2 to 1,000,000; default 12: a slow thief's twenty an hour, seen within 36 min
 * @param perDay such recipients within a day that are told, 10 to 1,000,000; default 60: three hours of twenty; from
 *     where the owner always was, {@code recipients} of them
 * @param perHour new ones within {@code window}, in nearly as many messages, from where the account was never used, that are told at
 *     once if that is out of its ordinary, 5 to 1,000,000; default 15: of a thief's twenty in an hour, before the hour is over
 * @param quick probability below which so many new ones times so many at all must be for that account then, 0 to 0.1; default
 *     1e-5: of two hundred thousand accounts some thousand are somewhere new each day, and hardly one of these writes to as many
 * @param usual recipients of an ordinary account in a minute; default mean 0.3, size 0.1, as of sending-burst
 * @param chance probability below which so many new ones in a row must be for that account, and so many refusals for a kept
 *     list within a day, 0 to 0.1; default 0.01: whoever always writes to others never gets there
 * @param objections refusals by the other side from which the owner's own computer is suspected; default 4, and more than 3 %
 * @param burstWindow and {@code burstRecipients}: what is a burst is left to {@code sending-burst}, so that one cause is one
 *     page; defaults 10 min and 50, as there; 1 min to 1 h, 2 to 1,000,000
 * @param openFactor share of the floor that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record RecipientFanOutParams(
        Duration window,
        int recipients,
        double novelty,
        int doubtful,
        int perDay,
        int perHour,
        double quick,
        Prior usual,
        double chance,
        Objections.Floor objections,
        Duration burstWindow,
        int burstRecipients,
        double openFactor) {
    public RecipientFanOutParams {
        Range.check("window", window, Duration.ofMinutes(10), Duration.ofHours(1));
        Range.check("recipients", recipients, 10, 1_000_000);
        Range.check("novelty", novelty, 0.1, 1);
        Range.check("doubtful", doubtful, 2, 1_000_000);
        Range.check("perDay", perDay, 10, 1_000_000);
        Range.check("perHour", perHour, 5, 1_000_000);
        Range.check("quick", quick, 0, 0.1);
        Range.check("chance", chance, 0, 0.1);
        Range.check("burstWindow", burstWindow, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("burstRecipients", burstRecipients, 2, 1_000_000);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static RecipientFanOutParams defaults() {
        return new RecipientFanOutParams(
                Duration.ofHours(1),
                150,
                0.8,
                12,
                60,
                15,
                1e-5,
                new Prior(0.3, 0.1),
                0.01,
                Objections.Floor.ofHours(),
                Duration.ofMinutes(10),
                50,
                0.5);
    }
}
