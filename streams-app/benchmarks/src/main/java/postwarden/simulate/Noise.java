package postwarden.simulate;

import java.util.List;

/**
 * What every host on the Internet gets, whoever runs it: slow guessing of passwords, scanning, attempts to relay, mail for
 * people who never existed. No address comes often: one that does is an incident and labelled as such.
 */
final class Noise {
    /** A host's busiest hour of each; small public servers log one to three thousand such things a day. */
    private static final double GUESSES = 50;

    private static final double MAILBOX_GUESSES = 8;
    private static final double FTP_GUESSES = 6;
    private static final double SCANS = 40;
    private static final double RELAYING = 2;
    private static final double UNKNOWN = 45;
    /** Of the guesses: at an account that exists. */
    private static final double AT_PEOPLE = .15;
    /** Of the rest: with a domain. */
    private static final double WITH_DOMAIN = .7;
    /** Machines that take part at any time; each comes to a host once in a day or so. */
    private static final int BOTS = 4000;

    private static final List<String> GENERIC = List.of(
            "admin", "info", "test", "sales", "support", "contact", "office", "webmaster", "postmaster", "scanner", "user",
            "mail", "noreply", "billing", "service", "marketing", "hr", "backup", "ftp", "www", "root", "demo", "guest",
            "account", "accounts", "finance", "hello", "jobs", "newsletter", "orders", "order", "press", "reception",
            "shop", "staff", "team", "web", "bookings", "enquiries", "help");

    private final World world;
    private final Station station;
    private final List<Client> bots;
    private final Chance chance;

    Noise(World world, Station station, List<Client> bots, Chance chance) {
        this.world = world;
        this.station = station;
        this.bots = bots;
        this.chance = chance;
    }

    /** The machines that take part. */
    static List<Client> bots(Chance chance) {
        return java.util.stream.IntStream.range(0, BOTS)
                .mapToObj(any -> Addresses.bot(chance))
                .toList();
    }

    void begin(long start) {
        every(GUESSES, start, now -> station.mail.guessed(now, chance.of(bots), name()));
        every(MAILBOX_GUESSES, start, now -> mailbox(now));
        every(SCANS, start, this::scan);
        every(RELAYING, start, now -> station.mail.relays(
                now, chance.of(bots), "spameri@relaytest.example", "check@relaytest.example"));
        every(UNKNOWN, start, now -> station.mail.knowsNot(
                now, chance.of(bots), Sites.name(chance) + "@bulk.example", chance.word(7) + "@" + station.domain));
        if (station.flavour == Station.Flavour.EXIM) {
            every(FTP_GUESSES, start, now -> station.ftp.guessed(now, chance.of(bots), chance.of(GENERIC)));
        }
    }

    private void every(double perHour, long start, Agenda.Actor what) {
        Rhythm.of(world.agenda, Calendar.WORLD, perHour, chance.split(), what).begin(start);
    }

    private void mailbox(long now) {
        String name = name();
        station.dovecot.guessed(now, chance.of(bots), name, name.startsWith("user"), chance.word(8));
    }

    private void scan(long now) {
        Client bot = chance.of(bots);
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
