package postwarden.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What is to be simulated.
 *
 * @param hosts of the fleet, 1 to 10,000; every third runs Exim and Pure-FTPd, the others Postfix, all Dovecot
 * @param start of the first line; the rhythm of the week goes by it
 * @param lasts 10 minutes to 100 days
 * @param quiet how long nothing but ordinary days happens at first, so that there is something usual
 * @param only kinds that are played; empty for all
 * @param incidents whether anything but ordinary days happens at all
 * @param seed of all that is drawn; the same shape gives the same lines
 */
public record Shape(
        int hosts, Instant start, Duration lasts, Duration quiet, Set<String> only, boolean incidents, long seed) {
    public Shape {
        only = Set.copyOf(only);
        if (hosts < 1 || hosts > 10_000) {
            throw new IllegalArgumentException("hosts is " + hosts + ", not between 1 and 10000");
        }
        if (lasts.compareTo(Duration.ofMinutes(10)) < 0 || lasts.compareTo(Duration.ofDays(100)) > 0) {
            throw new IllegalArgumentException("the time is " + lasts + ", not between PT10M and P100D");
        }
        if (quiet.isNegative() || quiet.compareTo(lasts) >= 0) {
            throw new IllegalArgumentException("the quiet time is " + quiet + ", not below " + lasts);
        }
    }

    public Instant end() {
        return start.plus(lasts);
    }
}
