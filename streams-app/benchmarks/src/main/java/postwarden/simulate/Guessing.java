package postwarden.simulate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Somebody tries to log in as somebody else. */
final class Guessing {
    static final List<Piece> PIECES = List.of(
            Piece.incident("brute-force", 15, cue -> oneSource(cue, false)).called("submission"),
            Piece.incident("brute-force", 15, cue -> oneSource(cue, true)).called("mailbox"),
            Piece.incident("distributed-brute-force", 60, Guessing::manySources),
            Piece.incident("password-spray", 45, Guessing::spray),
            Piece.incident("stale-credential", 30, Guessing::stalePassword).after(15),
            Piece.incident("login-after-failures", 10, Guessing::found).after(25),
            Piece.incident("login-fan-out", 10, Guessing::fanOut));

    private Guessing() {}

    /** One refused login, for submission or for a mailbox. */
    static void guess(Cue cue, Station station, long now, Client client, String user, String secret, boolean mailbox) {
        if (mailbox) {
            station.dovecot.guessed(now, client, user, true, secret);
        } else {
            station.mail.guessed(now, client, user);
        }
    }

    /** One machine with a word list: against one account or against many, on one host or on some. */
    private static Label oneSource(Cue cue, boolean mailbox) {
        int guesses = cue.size(40, 150, 900);
        Client client = Addresses.bot(cue.chance);
        List<Station> hosts = new ArrayList<>(List.of(cue.station));
        hosts.addAll(cue.others(cue.size(0, 0, 2)));
        boolean one = cue.chance.once(.3);
        String victim = cue.person().address;
        cue.evenly(guesses, now -> {
            Station host = cue.chance.of(hosts);
            String user = one ? victim : cue.chance.of(host.people).address;
            guess(cue, host, now, client, user, cue.chance.word(8), mailbox);
        });
        return cue.label(guesses, names(hosts), Set.of(client.ip()), Set.of());
    }

    /** A botnet knows one account's name; each machine tries once or twice, so that no limit by address sees it. */
    private static Label manySources(Cue cue) {
        int sources = cue.size(25, 60, 250);
        List<Client> bots = cue.bots(sources);
        String victim = cue.person().address;
        boolean mailbox = cue.chance.once(.5);
        for (Client bot : bots) {
            cue.times(
                    cue.chance.between(1, 2),
                    now -> guess(cue, cue.station, now, bot, victim, cue.chance.word(8), mailbox));
        }
        return cue.label(sources, Set.of(victim), Cue.ips(bots), "DISTRIBUTED_GUESSING");
    }

    /** One password is tried at many accounts. */
    private static Label spray(Cue cue) {
        int accounts = cue.size(15, 40, 150);
        List<Client> bots = cue.bots(cue.size(4, 12, 40));
        List<Station> hosts = new ArrayList<>(List.of(cue.station));
        hosts.addAll(cue.others(cue.size(0, 2, 5)));
        String secret = cue.chance.word(9);
        Set<String> names = new HashSet<>(names(hosts));
        names.addAll(Cue.ips(bots));
        for (int at = 0; at < accounts; at++) {
            Station host = hosts.get(at % hosts.size());
            Person person = cue.chance.of(host.people);
            names.add(person.address);
            Client bot = bots.get(at % bots.size());
            cue.times(1, now -> guess(cue, host, now, bot, person.address, secret, true));
        }
        return cue.label(accounts, names(hosts), names, Set.of());
    }

    /** The password was changed, and one device does not know. */
    private static Label stalePassword(Cue cue) {
        int pause = cue.size(120, 60, 20);
        Person person = cue.person();
        stale(cue, person, pause);
        return cue.label(pause, Set.of(person.address, person.desk.ip()), Set.of());
    }

    /** The device logged in before; then it repeats one password at a fixed pace. */
    static void stale(Cue cue, Person person, int pauseSeconds) {
        long step = Agenda.SECOND * pauseSeconds;
        cue.times(
                cue.begins(),
                cue.onset,
                3,
                now -> cue.station.dovecot.read(now, person.desk, person.address, Agenda.SECOND));
        for (long at = cue.onset; at < cue.end(); at += step) {
            cue.world.agenda.at(
                    at,
                    now -> cue.station.dovecot.guessed(
                            now, person.desk, person.address, true, "old-" + person.address));
        }
    }

    /** Guessing that ends with the right password. */
    private static Label found(Cue cue) {
        int guesses = cue.size(14, 40, 150);
        List<Client> bots = cue.bots(cue.size(1, 8, 40));
        Person person = cue.person();
        cue.times(
                cue.begins(),
                cue.onset - Agenda.MINUTE,
                guesses,
                now -> guess(cue, cue.station, now, cue.chance.of(bots), person.address, cue.chance.word(8), true));
        cue.world.agenda.at(
                cue.onset, now -> cue.station.dovecot.read(now, bots.get(0), person.address, 2 * Agenda.MINUTE));
        return cue.label(guesses, Set.of(person.address), Cue.ips(bots));
    }

    /** A stolen password is tried from many places at once, each of which sends one message to see whether it works. */
    private static Label fanOut(Cue cue) {
        int places = cue.size(7, 15, 50);
        List<Client> bots = cue.bots(places);
        Person person = cue.person();
        for (Client bot : bots) {
            cue.times(
                    cue.onset,
                    cue.onset + 4 * Agenda.MINUTE,
                    1,
                    now -> Life.submit(
                            now, cue.station, bot, person, List.of(cue.world.sites.somebody(cue.chance)), "test"));
        }
        return cue.label(places, Set.of(person.address), Cue.ips(bots));
    }

    static Set<String> names(List<Station> hosts) {
        Set<String> names = new HashSet<>();
        hosts.forEach(host -> names.add(host.name));
        return names;
    }
}
