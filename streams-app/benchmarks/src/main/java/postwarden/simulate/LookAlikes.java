package postwarden.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import postwarden.simulate.Station.Flavour;

/** The sixteen things that look like an incident and are none, or are another one (detectors.md, 5.6), in its order. */
final class LookAlikes {
    static final List<Piece> PIECES = List.of(
            Piece.lookAlike("office-nat", 30, LookAlikes::office).after(30),
            Piece.lookAlike("monitoring-probe", 20, LookAlikes::probe).after(10),
            Piece.lookAlike("own-tls-broken", 20, LookAlikes::ownTls).alone(),
            Piece.lookAlike("reply-wave", 20, LookAlikes::replies).alone(),
            Piece.lookAlike("load-not-count", 8, Limits::load).on(Flavour.EXIM).alone(),
            Piece.lookAlike("phone-old-password", 30, LookAlikes::phone).after(20),
            Piece.lookAlike("shared-mailbox", 40, LookAlikes::shared).after(40),
            Piece.lookAlike("carrier-nat", 15, LookAlikes::carrier).after(30),
            Piece.lookAlike("payroll", 30, LookAlikes::payroll).after(70),
            Piece.lookAlike("old-list", 60, LookAlikes::oldList).after(10),
            Piece.lookAlike("greylisting", 40, LookAlikes::greylisting),
            Piece.lookAlike("recovery-drain", 30, LookAlikes::drain).after(40),
            Piece.lookAlike("demand-growth", 30, LookAlikes::growth).after(30),
            Piece.lookAlike("slow-own-dns", 30, LookAlikes::slowDns).after(30).alone(),
            Piece.lookAlike("one-slow-site", 30, LookAlikes::slowSite).after(30),
            Piece.lookAlike("quiet-night", 30, LookAlikes::quiet).alone());

    private LookAlikes() {}

    /** A company comes to work: everybody's programs log in, through one address, and mail goes out. */
    private static Label office(Cue cue) {
        int people = cue.size(12, 40, 120);
        Client office = cue.world.office();
        List<Person> staff = Cue.many(people, any -> cue.chance.of(cue.station.people));
        cue.times(cue.begins(), cue.onset, people, now -> enter(cue, now, office, cue.chance.of(staff)));
        cue.times(
                cue.onset,
                cue.onset + 5 * Agenda.MINUTE,
                6 * people,
                now -> enter(cue, now, office, cue.chance.of(staff)));
        cue.times(
                4 * people,
                now -> Life.submit(
                        now,
                        cue.station,
                        office,
                        cue.chance.of(staff),
                        List.of(cue.world.sites.somebody(cue.chance)),
                        "Hello"));
        return cue.label(people, Set.of(office.ip()), Set.of());
    }

    private static void enter(Cue cue, long now, Client client, Person person) {
        cue.station.dovecot.read(now, client, person.address, cue.chance.part(5 * Agenda.MINUTE));
    }

    private static Label probe(Cue cue) {
        long pause = cue.size(2000, 1000, 400) * 1000L;
        Client probe = new Client("check.uptime.example", cue.world.home().ip());
        for (long at = cue.begins(); at < cue.end(); at += pause) {
            cue.world.agenda.at(at, now -> cue.station.mail.visits(now, probe));
        }
        return cue.label((int) (Agenda.MINUTE / pause), Set.of(probe.ip()), Set.of());
    }

    private static Label ownTls(Cue cue) {
        int sessions = cue.size(300, 800, 2500);
        List<Client> peers = cue.world.sites.peers(cue.size(80, 200, 400));
        cue.inTenMinutes(sessions, now -> cue.station.mail.leaves(now, cue.chance.of(peers), MailLog.Left.STARTTLS));
        return cue.label(sessions, Set.of(cue.station.name), Cue.ips(peers));
    }

    /** Half a campaign's readers answer, or their servers do. */
    private static Label replies(Cue cue) {
        int messages = cue.size(200, 600, 2000);
        Person person = cue.person();
        cue.inTenMinutes(messages, now -> {
            Client peer = cue.world.sites.peer(cue.chance);
            String from = cue.chance.once(.6) ? "" : Sites.name(cue.chance) + "@site1.example";
            cue.station.mail.receives(now, peer, from, List.of(person.address), 4000, "Re: Our news this week");
        });
        return cue.label(messages, Set.of(cue.station.name, person.address), Set.of());
    }

    private static Label phone(Cue cue) {
        int pause = cue.size(45, 20, 8);
        Person person = cue.person();
        Guessing.stale(cue, person, pause);
        return cue.label(pause, Set.of(person.address, person.desk.ip()), Set.of());
    }

    /** Many devices read one mailbox; its password is changed, and one after the other is told. */
    private static Label shared(Cue cue) {
        int devices = cue.size(16, 30, 70);
        Person person = cue.person();
        List<Client> places = Cue.many(devices, any -> cue.world.home());
        for (Client place : places) {
            cue.times(cue.begins(), cue.onset, 3, now -> enter(cue, now, place, person));
            long told = cue.onset + cue.chance.part(cue.piece.lasts() * 3 / 4);
            cue.times(
                    cue.onset,
                    told,
                    2,
                    now -> cue.station.dovecot.guessed(now, place, person.address, true, "old-" + person.address));
            cue.times(told, cue.end(), 2, now -> enter(cue, now, place, person));
        }
        return cue.label(devices, Set.of(person.address), Cue.ips(places));
    }

    /** A carrier gives each session of a phone another of its addresses, as it always did. */
    private static Label carrier(Cue cue) {
        int places = cue.size(6, 10, 20);
        Person person = cue.person();
        cue.times(cue.begins(), cue.onset, places, now -> enter(cue, now, anyPhone(cue, person), person));
        cue.times(
                cue.onset,
                cue.onset + 5 * Agenda.MINUTE,
                places,
                now -> Life.submit(
                        now,
                        cue.station,
                        anyPhone(cue, person),
                        person,
                        List.of(cue.world.contact(person, cue.chance)),
                        Life.subject(cue.chance)));
        return cue.label(places, Set.of(person.address), Set.of());
    }

    private static Client anyPhone(Cue cue, Person person) {
        return Addresses.phone(person.carrier, cue.chance.below(1 << 20));
    }

    /** The same list as an hour before, which stands for last month: people who are known, and one text. */
    private static Label payroll(Cue cue) {
        int recipients = cue.size(120, 400, 1500);
        Person person = cue.person();
        List<Outbox.To> list = Cue.many(recipients, any -> cue.world.sites.somebody(cue.chance));
        run(cue, person, list, cue.begins());
        run(cue, person, list, cue.onset);
        return cue.label(recipients, Set.of(person.address, person.desk.ip()), Set.of());
    }

    private static void run(Cue cue, Person person, List<Outbox.To> list, long from) {
        long step = 12 * Agenda.MINUTE / list.size();
        for (int at = 0; at < list.size(); at++) {
            List<Outbox.To> to = List.of(list.get(at));
            cue.world.agenda.at(
                    from + at * step, now -> Life.submit(now, cue.station, person.desk, person, to, "Your pay slip"));
        }
    }

    /** A customer writes to an old list from his desk: not a stolen account, though mail must stop. */
    private static Label oldList(Cue cue) {
        int recipients = cue.size(300, 900, 2500);
        Person person = cue.person();
        cue.times(cue.begins(), cue.onset, 3, now -> enter(cue, now, person.desk, person));
        cue.times(recipients, now -> {
            Outbox.To to =
                    cue.chance.once(.2) ? cue.world.sites.nobody(cue.chance) : cue.world.sites.somebody(cue.chance);
            Life.submit(now, cue.station, person.desk, person, List.of(to), "We have moved");
        });
        return cue.label(recipients, Set.of(person.address, person.desk.ip()), Set.of());
    }

    private static Label greylisting(Cue cue) {
        int messages = cue.size(60, 200, 800);
        Site site = cue.world.sites.found("grey");
        site.behave(Sites::greylists);
        cue.times(cue.onset, cue.onset + 25 * Agenda.MINUTE, messages, now -> Remotes.send(cue, now, site));
        return cue.label(messages, Set.of(site.domain), Set.of());
    }

    /** A site was away, is back, and takes all that waited. */
    private static Label drain(Cue cue) {
        int messages = cue.size(200, 600, 2000);
        Site site = cue.world.sites.found("drained");
        site.behave(Sites::silent);
        cue.times(cue.begins(), cue.onset, messages, now -> Remotes.send(cue, now, site));
        cue.world.agenda.at(cue.onset, now -> site.behave(Sites::takes));
        return cue.label(messages, Set.of(site.domain), Set.of());
    }

    private static Label growth(Cue cue) {
        int messages = cue.size(100, 400, 1500);
        Site site = cue.world.sites.found("growing");
        cue.times(cue.begins(), cue.onset, messages / 5, now -> Remotes.send(cue, now, site));
        cue.inTenMinutes(messages, now -> Remotes.send(cue, now, site));
        return cue.label(messages, Set.of(site.domain), Set.of());
    }

    /** Our own resolver is slow, so that it takes long to reach anybody, and some do not wait. */
    private static Label slowDns(Cue cue) {
        int seconds = cue.size(2, 5, 12);
        List<Site> sites = Cue.many(8, any -> cue.world.sites.found("reached"));
        cue.times(cue.begins(), cue.onset, 200, now -> Remotes.send(cue, now, cue.chance.of(sites)));
        cue.times(200, now -> Remotes.send(cue, now, cue.chance.of(sites)));
        cue.world.agenda.at(cue.onset, now -> cue.station.outbox.slow(seconds));
        cue.world.agenda.at(cue.end(), now -> cue.station.outbox.slow(0));
        List<String> names =
                new ArrayList<>(sites.stream().map(site -> site.domain).toList());
        names.add(cue.station.name);
        return cue.label(seconds, Set.copyOf(names), Set.of());
    }

    private static Label slowSite(Cue cue) {
        int seconds = cue.size(3, 8, 20);
        Site site = cue.world.sites.found("slow");
        cue.times(cue.begins(), cue.onset, 100, now -> Remotes.send(cue, now, site));
        cue.times(100, now -> Remotes.send(cue, now, site));
        cue.world.agenda.at(
                cue.onset,
                now -> site.behave(
                        attempt -> Answer.sent(seconds * attempt.chance().around(1, .2), .3)));
        return cue.label(seconds, Set.of(site.domain, cue.station.name), Set.of());
    }

    /** Nobody writes, and the producer says all the while that there is nothing to read. */
    private static Label quiet(Cue cue) {
        cue.world.agenda.at(cue.onset, now -> cue.station.silence(now, cue.end()));
        return cue.label(0, Set.of(cue.station.name), Set.of());
    }
}
