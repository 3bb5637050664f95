package postwarden.benchmarks;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a made-up fleet looks like.
 *
 * @param hosts of the fleet, 1 to 10,000; every fifth runs Exim, the others Postfix and Dovecot; default 20
 * @param keys clients, accounts, senders and destinations that are known to the fleet, 100 to 10,000,000; default 100,000.
 *     Who comes next is drawn as in mail, few of them often and most of them seldom
 * @param skew share of all connections that one client makes, 0 to 1; default 0
 * @param attacks share of the lines that an attack writes, 0 to 1; default 0
 * @param fresh share of the clients, accounts, senders and destinations that come for the first and only time, 0 to 1;
 *     default 0
 * @param linesPerSecond of event time, all hosts together, 1 to 10,000,000; default 10,000: 500 of each of 20 hosts
 * @param seed of all that is drawn; the same shape gives the same lines
 */
public record FleetShape(
        int hosts, int keys, double skew, double attacks, double fresh, int linesPerSecond, long seed) {
    public static final FleetShape DEFAULT = new FleetShape(20, 100_000, 0, 0, 0, 10_000, 1);

    public FleetShape {
        within("hosts", hosts, 1, 10_000);
        within("keys", keys, 100, 10_000_000);
        within("skew", skew, 0, 1);
        within("attacks", attacks, 0, 1);
        within("fresh", fresh, 0, 1);
        within("rate", linesPerSecond, 1, 10_000_000);
    }

    /**
     * Reads {@code keys=1000,skew=0.9}: what is not named keeps its default.
     *
     * @throws IllegalArgumentException naming what is unknown, no number or out of its range
     */
    public static FleetShape of(String text) {
        Map<String, String> given = new HashMap<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",")) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("not name=value: " + part);
            }
            given.put(part.substring(0, equals), part.substring(equals + 1));
        }
        FleetShape shape = new FleetShape(
                (int) take(given, "hosts", DEFAULT.hosts),
                (int) take(given, "keys", DEFAULT.keys),
                take(given, "skew", DEFAULT.skew),
                take(given, "attacks", DEFAULT.attacks),
                take(given, "fresh", DEFAULT.fresh),
                (int) take(given, "rate", DEFAULT.linesPerSecond),
                (long) take(given, "seed", (double) DEFAULT.seed));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("a fleet has no " + String.join(", ", given.keySet())
                    + "; it has hosts, keys, skew, attacks, fresh, rate and seed");
        }
        return shape;
    }

    private static double take(Map<String, String> given, String name, double otherwise) {
        String text = given.remove(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException(name + " is no number: " + text, notOne);
        }
    }

    private static void within(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is %s, not within %.0f to %.0f", name, value, least, most));
        }
    }
}
