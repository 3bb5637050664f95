package postwarden.detect.egress;

import java.time.Duration;
import java.util.List;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code egress-blocked}. All of them are about first attempts: what is tried again is mostly what nobody will ever take.
 *
 * @param windows looked at, each 1 min to 1 h; default 5 min, 10 min (detectors.md R15), 30 min
 *     and 1 h: what is shorter is nobody's page, and a small host has written to few in the short ones
 * @param domains of recipients at which nobody answered, 3 to 10,000; default 10 (detectors.md R15, which asks for 50 attempts as
 *     well, retries among them; ten first attempts of which none is answered are as sure). A large provider that is away has many
 *     domains, but others are written to meanwhile
 * @param reached share of attempts that may still be answered, 0 to 0.5; default 0.05 (detectors.md R15)
 * @param partly share of attempts that nobody answers from which a part of the way out is gone, 0.2 to 0.9; default 0.4: a line that
 *     loses half of all connections. It must be so in two windows of the same length, one after the other, and in as many networks as
 *     {@code domains}: what is lost at one provider, or at the beginning or end of an hour without a way out, is not lost alike
 * @param networks of those that did not answer to their domains, 0 to 1; default 0.3: what is hosted by one provider is in few
 * @param unanswered share of attempts that nobody answers on an ordinary host, 0.001 to 0.5; default 0.05: addresses that never
 *     existed and servers that are gone
 * @param believed attempts of the past from which a host's own share is nearly believed, 1 to 1,000,000; default 200
 * @param tail probability below which so many unanswered ones are not chance, 0 to 0.1; default 1e-6
 * @param relays at most behind which all mail goes for the trouble to be theirs and not the way's, 1 to 10; default 3: a smarthost's
 *     addresses
 * @param hold how long nothing was taken by anybody for an open finding to stay while nothing is tried for the first time, 10 min to
 *     1 h; default 35 min: Exim's half hour between two queue runs
 * @param openFactor share of unanswered attempts that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record EgressBlockedParams(
        List<Duration> windows,
        int domains,
        double reached,
        double partly,
        double networks,
        double unanswered,
        int believed,
        double tail,
        int relays,
        Duration hold,
        double openFactor) {
    public EgressBlockedParams {
        windows = List.copyOf(windows);
        Range.check("windows", windows.size(), 1, 5);
        windows.forEach(window -> Range.check("windows", window, Duration.ofMinutes(1), Duration.ofHours(1)));
        Range.check("domains", domains, 3, 10_000);
        Range.check("reached", reached, 0, 0.5);
        Range.check("partly", partly, 0.2, 0.9);
        Range.check("networks", networks, 0, 1);
        Range.check("unanswered", unanswered, 0.001, 0.5);
        Range.check("believed", believed, 1, 1_000_000);
        Range.check("tail", tail, 0, 0.1);
        Range.check("relays", relays, 1, 10);
        Range.check("hold", hold, Duration.ofMinutes(10), Duration.ofHours(1));
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static EgressBlockedParams defaults() {
        return new EgressBlockedParams(
                List.of(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofHours(1)),
                10,
                0.05,
                0.4,
                0.3,
                0.05,
                200,
                1e-6,
                3,
                Duration.ofMinutes(35),
                0.5);
    }
}
