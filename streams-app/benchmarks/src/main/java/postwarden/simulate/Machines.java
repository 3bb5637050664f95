package postwarden.simulate;

import java.util.ArrayList;
import java.util.List;

/** What runs by the clock on one host: probes, cron jobs, applications that send, newsletters. */
final class Machines {
    private static final long PROBE = Agenda.MINUTE;
    private static final double NOTICES_AN_HOUR = 25;
    private static final double ORDERS_AN_HOUR = 6;
    private static final double UPLOADS_AN_HOUR = 3;
    /** Of the hosts: one on which somebody sends a newsletter each week. */
    private static final double NEWSLETTER = .3;

    private static final double FEWEST_READERS = 60;
    private static final double READERS_SHAPE = .9;
    private static final double MOST_READERS = 4000;
    /** Messages a minute that a newsletter's program sends. */
    private static final int PACE = 60;

    private final World world;
    private final Station station;
    private final Chance chance;
    private final Client app;

    Machines(World world, Station station, Chance chance) {
        this.world = world;
        this.station = station;
        this.chance = chance;
        app = Addresses.machine(station.name.hashCode() & 127);
    }

    void begin(long start) {
        Client probe = new Client("monitor.example.com", "10.0.9.9");
        new Clock(world.agenda, PROBE, now -> station.mail.visits(now, probe)).begin(start + chance.part(PROBE));
        Rhythm.of(world.agenda, Calendar.WORLD, NOTICES_AN_HOUR, chance.split(), this::notice)
                .begin(start);
        if (station.flavour == Station.Flavour.EXIM) {
            Rhythm.of(world.agenda, Calendar.WORLD, ORDERS_AN_HOUR, chance.split(), this::order)
                    .begin(start);
            Rhythm.of(world.agenda, Calendar.OFFICE, UPLOADS_AN_HOUR, chance.split(), this::upload)
                    .begin(start);
        }
        nightly(start);
        if (chance.once(NEWSLETTER)) {
            newsletter(start);
        }
    }

    /** An application on another machine tells somebody something. */
    private void notice(long now) {
        Outbox.To to = world.sites.somebody(chance);
        String from = "noreply@" + station.domain;
        String id = station.mail.relayed(now, app, from, List.of(to.address()), 2400, "Your ticket");
        station.outbox.send(now + Agenda.SECOND / 4, id, from, List.of(to));
    }

    /** A shop's web page confirms an order. */
    private void order(long now) {
        Outbox.To to = world.sites.somebody(chance);
        String from = "shop@" + station.domain;
        String id = station.mail.scripted(
                now, "shop", "/home/shop/public_html", from, List.of(to.address()), 4318, "Your order");
        station.outbox.send(now + Agenda.SECOND / 4, id, from, List.of(to));
    }

    private void upload(long now) {
        Person person = chance.of(station.people);
        station.ftp.puts(now, person.desk, person.local(), chance.between(1, 8));
    }

    /** Reports of cron jobs, at two o'clock. */
    private void nightly(long start) {
        long at = nextAfter(start, 2 * Agenda.HOUR + chance.part(10 * Agenda.MINUTE), Agenda.DAY);
        int reports = chance.between(5, 25);
        List<Outbox.To> to = List.of(world.sites.somebody(chance));
        List<String> addresses = List.of(to.get(0).address());
        new Clock(world.agenda, Agenda.DAY, now -> {
                    for (int report = 0; report < reports; report++) {
                        String from = "root@" + station.domain;
                        String id = station.mail.scripted(
                                now + report * Agenda.SECOND, "root", "/root", from, addresses, 900, "Cron");
                        station.outbox.send(now + report * Agenda.SECOND, id, from, to);
                    }
                })
                .begin(at);
    }

    /** On the same day of each week, always to the same readers, of whom few have left. */
    private void newsletter(long start) {
        Person editor = world.somebody(station, Long.MAX_VALUE, chance);
        int readers = (int) chance.heavy(FEWEST_READERS, READERS_SHAPE, MOST_READERS);
        List<Outbox.To> list = new ArrayList<>();
        for (int reader = 0; reader < readers; reader++) {
            list.add(chance.once(.005) ? world.sites.nobody(chance) : world.sites.somebody(chance));
        }
        long hour = chance.below(5) * Agenda.DAY + chance.between(8, 16) * Agenda.HOUR + chance.part(Agenda.HOUR);
        long monday = start - Calendar.dayOfWeek(start) * Agenda.DAY - Math.floorMod(start, Agenda.DAY);
        long first = monday + hour;
        new Clock(world.agenda, 7 * Agenda.DAY, now -> edition(now, editor, list))
                .begin(first < start ? first + 7 * Agenda.DAY : first);
    }

    private void edition(long now, Person editor, List<Outbox.To> list) {
        for (int reader = 0; reader < list.size(); reader++) {
            List<Outbox.To> to = List.of(list.get(reader));
            world.agenda.at(
                    now + reader * Agenda.MINUTE / PACE,
                    then -> Life.submit(then, station, editor.desk, editor, to, "Our news this week"));
        }
    }

    private static long nextAfter(long start, long offset, long period) {
        long at = start - Math.floorMod(start, period) + offset;
        return at < start ? at + period : at;
    }
}
