package postwarden.benchmarks;

import java.util.BitSet;
import java.util.SplittableRandom;

/** Who takes part in a fleet's mail: names for the numbers that are drawn. Belongs to one thread. */
final class Cast {
    /** Shares of the keys; the rest are devices, of which each account has {@link #DEVICES}. */
    private static final double SERVERS = 0.2;

    private static final double ACCOUNTS = 0.15;
    private static final double SENDERS = 0.25;
    private static final double DESTINATIONS = 0.1;

    private static final int DEVICES = 2;
    /** One session in so many is the account's second device's. */
    private static final int SECOND = 8;

    /** Of the reserved block 240.0.0.0/4 (RFC 1112), so that nobody's address is used: 2^28 of them. */
    private static final int NETWORK = 240;

    private static final int MACHINES = 8;
    private static final Client BUSIEST = new Client("mail.busiest.example", "198.51.100.250");

    private final SplittableRandom random;
    private final double skew;
    private final Population servers;
    private final Population accounts;
    private final Population senders;
    private final Population destinations;
    private final BitSet devices = new BitSet();

    Cast(FleetShape shape, SplittableRandom random) {
        this.random = random;
        this.skew = shape.skew();
        servers = population(shape, SERVERS);
        accounts = population(shape, ACCOUNTS);
        senders = population(shape, SENDERS);
        destinations = population(shape, DESTINATIONS);
    }

    /** Who connects. */
    record Client(String name, String ip) {
        /** As Postfix writes it. */
        @Override
        public String toString() {
            return name + "[" + ip + "]";
        }
    }

    /** Another mail server. */
    Client server() {
        if (random.nextDouble() < skew) {
            return BUSIEST;
        }
        int number = servers.draw();
        return new Client("mail.site" + number + ".example", ip(NETWORK, number));
    }

    /** A person's device: one of the two that the account has, as a rule the first. */
    Client device(int account) {
        if (random.nextDouble() < skew) {
            return BUSIEST;
        }
        int number = account * DEVICES + (random.nextInt(SECOND) == 0 ? 1 : 0);
        devices.set(number);
        return new Client("dsl-" + number + ".isp.example", ip(NETWORK + 4, number));
    }

    /** An application's machine within the site, which may send as anybody. */
    Client machine() {
        int number = random.nextInt(MACHINES);
        return new Client("app" + number + ".example.com", "10.0.8." + (number + 1));
    }

    /** Somebody who guesses passwords; there are as many as fit a small botnet. */
    Client stranger() {
        return new Client("unknown", ip(NETWORK + 8, random.nextInt(500)));
    }

    int account() {
        return accounts.draw();
    }

    static String address(int account) {
        return "user" + account + "@example.com";
    }

    /** An address that a bulk mailer made for one recipient (VERP), so that bounces tell who it was. */
    String sender() {
        return "bounce+" + senders.draw() + "@news.example.com";
    }

    String destination() {
        return "dest" + destinations.draw() + ".example";
    }

    /** Different keys drawn so far. */
    long seen() {
        return (long) servers.seen() + devices.cardinality() + accounts.seen() + senders.seen() + destinations.seen();
    }

    private Population population(FleetShape shape, double share) {
        return new Population(Math.max(1, (int) (shape.keys() * share)), shape.fresh(), random.split());
    }

    private static String ip(int network, int number) {
        return network + (number >>> 24 & 3) + "." + (number >>> 16 & 255) + "." + (number >>> 8 & 255) + "."
                + (number & 255);
    }
}
