package postwarden.detect.bruteforce;

import java.time.Duration;
import postwarden.detect.reading.Persistence;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code brute-force} for machines of ours through which many log in.
 *
 * @param window 10 min to 1 h; default 1 h
 * @param failures refused credentials in it, for each host that the address is seen on, 10 to 1,000,000; default 200: ten times those
 *     of an address of one's own, since people of a whole webmail mistype
 * @param accounts accounts that they are for, and accounts that log in through such a machine, 5 to 10,000; default 30: fewer are a few
 *     people's devices
 * @param ordinary share of refusals among all logins that an ordinary machine has at least, 0.001 to 0.5; default 0.05
 * @param believed logins from which its own share counts more than the ordinary, 1 to 1,000,000; default 100
 * @param unusual times the usual refusals from which they are no chance, 2 to 1000; default 8, as of password-spray's young hosts
 * @param outageShare share of the usual logins below which a part of the window is an outage and does not count, 0 to 1; default 0.5, as
 *     of password-spray
 * @param persistence parts of the window with their share of refusals beside others' logins; default 3 of 6 of ten minutes: an outage has
 *     such a part at its beginning and one at its end
 */
public record FrontParams(
        Duration window,
        int failures,
        int accounts,
        double ordinary,
        int believed,
        double unusual,
        double outageShare,
        Persistence persistence) {
    public FrontParams {
        Range.check("window", window, Duration.ofMinutes(10), Duration.ofHours(1));
        Range.check("failures", failures, 10, 1_000_000);
        Range.check("accounts", accounts, 5, 10_000);
        Range.check("ordinary", ordinary, 0.001, 0.5);
        Range.check("believed", believed, 1, 1_000_000);
        Range.check("unusual", unusual, 2, 1000);
        Range.check("outageShare", outageShare, 0, 1);
    }

    static FrontParams defaults() {
        return new FrontParams(
                Duration.ofHours(1), 200, 30, 0.05, 100, 8, 0.5, Persistence.adjacent(Duration.ofMinutes(10), 3, 6));
    }
}
