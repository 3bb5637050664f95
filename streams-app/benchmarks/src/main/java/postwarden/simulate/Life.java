package postwarden.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An ordinary day on one host: people read, write and are written to. Rates are those of small hosted mail servers. */
final class Life {
    /** Messages that come in for each person and day. */
    private static final double RECEIVED_A_DAY = 20;
    /** Times that each person's programs look for mail on a working day; most of them stay connected. */
    private static final double READS_A_DAY = 24;
    /** One login in so many is refused: a typing error. */
    private static final double MISTYPED = .004;
    /** Of the logins: from the phone. */
    private static final double BY_PHONE = .35;
    /** Each person changes a password twice in a year, and then one device does not know for some hours. */
    private static final double CHANGES_A_DAY = 2 / 365.0;

    private static final double SENT_BY_PHONE = .15;
    private static final double SPAM = .02;
    /** The hours of {@link Calendar#OFFICE} add up to about ten busy ones. */
    private static final double BUSY_HOURS = 10;

    private static final List<String> SUBJECTS = List.of(
            "Re: offer",
            "Minutes",
            "Invoice",
            "lunch?",
            "Re: Re: schedule",
            "Fwd: photos",
            "Order",
            "Question",
            "Contract",
            "Friday",
            "Report",
            "Re: meeting",
            "Delivery note",
            "Thanks",
            "Draft");

    private final World world;
    private final Station station;
    private final Chance chance;
    private final double[] volumes;

    Life(World world, Station station, Chance chance) {
        this.world = world;
        this.station = station;
        this.chance = chance;
        volumes = new double[station.people.size()];
        double sum = 0;
        for (int at = 0; at < volumes.length; at++) {
            sum += station.people.get(at).sends;
            volumes[at] = sum;
        }
    }

    void begin(long start) {
        int people = station.people.size();
        Rhythm.of(world.agenda, Calendar.OFFICE, volumes[people - 1] / BUSY_HOURS, chance.split(), this::write)
                .begin(start);
        Rhythm.of(world.agenda, Calendar.OFFICE, people * READS_A_DAY / BUSY_HOURS, chance.split(), this::read)
                .begin(start);
        Rhythm.of(world.agenda, Calendar.WORLD, people * RECEIVED_A_DAY / 16, chance.split(), this::receive)
                .begin(start);
        Rhythm.of(world.agenda, Calendar.OFFICE, people * CHANGES_A_DAY / BUSY_HOURS, chance.split(), this::change)
                .begin(start);
    }

    /** The device tries the old password at its own pace until somebody looks at it. */
    private void change(long now) {
        Person person = chance.of(station.people);
        long pause = chance.between(1, 15) * Agenda.MINUTE;
        long until = now + chance.part(6 * Agenda.HOUR);
        for (long at = now; at < until; at += pause) {
            long then = at;
            world.agenda.at(
                    then,
                    any -> station.dovecot.guessed(then, person.desk, person.address, true, "old-" + person.address));
        }
        world.chronicle.add(Label.byItself("changed-password", station, now, until, person));
    }

    private void write(long now) {
        Person person = writer();
        Client client = chance.once(SENT_BY_PHONE) ? World.phone(person, now) : person.desk;
        List<Outbox.To> to = new ArrayList<>();
        int recipients = chance.once(.85) ? 1 : chance.between(2, 6);
        while (to.size() < recipients) {
            to.add(world.contact(person, chance));
        }
        submit(now, station, client, person, to, subject(chance));
    }

    /** Somebody sends, and the host delivers. */
    static void submit(long now, Station station, Client client, Person person, List<Outbox.To> to, String subject) {
        List<String> addresses = to.stream().map(Outbox.To::address).toList();
        int bytes = 1200 + Math.floorMod(subject.hashCode() * 31 + (int) now, 30_000);
        String id = station.mail.submitted(now, client, person.address, person.address, addresses, bytes, subject);
        station.outbox.send(now + Agenda.SECOND / 4, id, person.address, to);
    }

    static String subject(Chance chance) {
        return chance.of(SUBJECTS);
    }

    private void read(long now) {
        Person person = chance.of(station.people);
        Client client = chance.once(BY_PHONE) ? World.phone(person, now) : person.desk;
        long at = now;
        if (chance.once(MISTYPED)) {
            for (int wrong = chance.between(1, 4); wrong > 0; wrong--) {
                station.dovecot.guessed(at, client, person.address, true, person.address + wrong);
                at += 3 * Agenda.SECOND + chance.part(10 * Agenda.SECOND);
            }
        }
        station.dovecot.read(at + 3 * Agenda.SECOND, client, person.address, chance.part(20 * Agenda.MINUTE));
    }

    private void receive(long now) {
        Client peer = world.sites.peer(chance);
        Person person = chance.of(station.people);
        String from =
                chance.once(SPAM) ? "" : Sites.name(chance) + "@" + peer.name().substring("mail.".length());
        station.mail.receives(now, peer, from, List.of(person.address), 800 + chance.below(60_000), subject(chance));
    }

    private Person writer() {
        double drawn = (double) chance.below(1 << 30) / (1 << 30) * volumes[volumes.length - 1];
        int at = Arrays.binarySearch(volumes, drawn);
        return station.people.get(Math.min(volumes.length - 1, at < 0 ? -at - 1 : at));
    }
}
