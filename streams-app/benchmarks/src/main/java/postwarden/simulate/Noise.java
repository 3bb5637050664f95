package postwarden.simulate;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What every host on the Internet gets, whoever runs it: slow guessing of passwords, scanning, attempts to relay, mail for
 * people who never existed. A few addresses come often, to all hosts; one that comes to try a hundred passwords is an incident
 * and labelled as such.
 */
final class Noise {
    /** A host's busiest hour of each; small public servers log one to three thousand such things a day. */
    private static final double GUESSES = 22;

    private static final double MAILBOX_GUESSES = 4;
    private static final double FTP_GUESSES = 3;
    private static final double SCANS = 40;
    private static final double RELAYING = 2;
    private static final double UNKNOWN = 45;
    /** Of the guesses: at an account that exists. */
    private static final double AT_PEOPLE = .15;
    /** Of the rest: with a domain. */
    private static final double WITH_DOMAIN = .7;
    /** Machines that take part at any time; each comes to a host once in a day or so. */
    private static final int BOTS = 4000;
    /** Flattens the head of the busiest: the first makes one in two hundred of all attempts. */
    private static final double FLAT = 40;
    /** Guesses that one visit makes: most make one or two, and few give up after a dozen. */
    private static final double TRIES_SHAPE = 1.3;

    private static final double MOST_TRIES = 12;
    private static final long BETWEEN_TRIES = 90 * Agenda.SECOND;

    private static final List<String> GENERIC = List.of(
            "admin",
            "info",
            "test",
            "sales",
            "support",
            "contact",
            "office",
            "webmaster",
            "postmaster",
            "scanner",
            "user",
            "mail",
            "noreply",
            "billing",
            "service",
            "marketing",
            "hr",
            "backup",
            "ftp",
            "www",
            "root",
            "demo",
            "guest",
            "account",
            "accounts",
            "finance",
            "hello",
            "jobs",
            "newsletter",
            "orders",
            "order",
            "press",
            "reception",
            "shop",
            "staff",
            "team",
            "web",
            "bookings",
            "enquiries",
            "help");

    private final World world;
    private final Station station;
    private final List<Client> bots;
    private final Chance chance;

    private interface Guess {
        void guess(long now, Client bot);
    }

    Noise(World world, Station station, List<Client> bots, Chance chance) {
        this.world = world;
        this.station = station;
        this.bots = bots;
        this.chance = chance;
    }

    /** The machines that take part. */
    static List<Client> bots(Chance chance) {
        return IntStream.range(0, BOTS).mapToObj(any -> Addresses.bot(chance)).toList();
    }

    void begin(long start) {
        every(GUESSES, start, now -> visit(now, (then, bot) -> station.mail.guessed(then, bot, name())));
        every(MAILBOX_GUESSES, start, now -> visit(now, this::mailbox));
        every(SCANS, start, this::scan);
        every(
                RELAYING,
                start,
                now -> station.mail.relays(now, bot(), "spameri@relaytest.example", "check@relaytest.example"));
        every(
                UNKNOWN,
                start,
                now -> station.mail.knowsNot(
                        now, bot(), Sites.name(chance) + "@bulk.example", chance.word(7) + "@" + station.domain));
        if (station.flavour == Station.Flavour.EXIM) {
            every(
                    FTP_GUESSES,
                    start,
                    now -> visit(now, (then, bot) -> station.ftp.guessed(then, bot, chance.of(GENERIC))));
        }
    }

    private void every(double perHour, long start, Agenda.Actor what) {
        Rhythm.of(world.agenda, Calendar.WORLD, perHour, chance.split(), what).begin(start);
    }

    /** One machine tries some passwords, one after the other. */
    private void visit(long now, Guess guess) {
        Client bot = bot();
        int tries = (int) chance.heavy(1, TRIES_SHAPE, MOST_TRIES);
        long at = now;
        for (int attempt = 0; attempt < tries; attempt++) {
            long then = at;
            world.agenda.at(then, any -> guess.guess(then, bot));
            at += chance.part(BETWEEN_TRIES);
        }
    }

    private Client bot() {
        return chance.frequent(bots, FLAT);
    }

    private void mailbox(long now, Client bot) {
        String name = name();
        station.dovecot.guessed(now, bot, name, name.startsWith("user"), chance.word(8));
    }

    private void scan(long now) {
        Client bot = bot();
        if (chance.once(.2)) {
            station.dovecot.leaves(now, bot);
        } else {
            station.mail.leaves(now, bot, chance.of(List.of(MailLog.Left.values())));
        }
    }

    private String name() {
        if (chance.once(AT_PEOPLE)) {
            return chance.of(station.people).address;
        }
        String name = chance.of(GENERIC);
        return chance.once(WITH_DOMAIN) ? name + "@" + station.domain : name;
    }
}
