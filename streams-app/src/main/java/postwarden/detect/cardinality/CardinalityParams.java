package postwarden.detect.cardinality;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code cardinality}.
 *
 * @param window over which different names are counted, 1 min to 1 h; default 10 min
 * @param clients different clients of one host in the window that are too many, 100 to 100,000,000; default 50,000: eighty new
 *     ones each second; a busy mail exchanger sees a tenth of that
 * @param accounts different accounts with refused credentials, 100 to 100,000,000; default 2000: a list is being tried, people
 *     mistype some dozens
 * @param senders different envelope senders of mail that our users and programs submit, 100 to 100,000,000; default 10,000:
 *     newsletters with an address for each bounce send some thousands
 * @param destinations different domains that deliveries are tried to, 100 to 100,000,000; default 10,000
 * @param share of different names among the events from which they are invented rather than many, 0.1 to 1; default 0.5
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5
 */
public record CardinalityParams(
        Duration window, int clients, int accounts, int senders, int destinations, double share, double openFactor) {
    public CardinalityParams {
        Range.check("window", window, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("clients", clients, 100, 100_000_000);
        Range.check("accounts", accounts, 100, 100_000_000);
        Range.check("senders", senders, 100, 100_000_000);
        Range.check("destinations", destinations, 100, 100_000_000);
        Range.check("share", share, 0.1, 1);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static CardinalityParams defaults() {
        return new CardinalityParams(Duration.ofMinutes(10), 50_000, 2000, 10_000, 10_000, 0.5, 0.5);
    }

    /** The floor for one kind of names. */
    int floor(Names names) {
        return switch (names) {
            case CLIENTS -> clients;
            case ACCOUNTS -> accounts;
            case SENDERS -> senders;
            case DESTINATIONS -> destinations;
        };
    }
}
