package postwarden.simulate;

import java.util.List;
import java.util.Set;
import postwarden.simulate.Station.Flavour;

/** Limits of our own daemons that somebody reaches. */
final class Limits {
    static final List<Piece> PIECES = List.of(
            Piece.incident("client-limit", 10, Limits::client),
            Piece.incident("server-limit", 10, Limits::server).alone(),
            Piece.incident("queue-only", 10, Limits::queueOnly).on(Flavour.EXIM).alone(),
            Piece.incident("load-shedding", 8, Limits::load).on(Flavour.EXIM).alone(),
            Piece.incident("ftp-limit", 15, Limits::ftp).on(Flavour.EXIM),
            Piece.incident("mailbox-limit", 15, Limits::mailbox),
            Piece.incident("polling-client", 110, Limits::polling));

    private Limits() {}

    private static Label client(Cue cue) {
        int refusals = cue.size(3, 30, 300);
        Client client = cue.world.sites.peers(200).get(cue.chance.between(100, 199));
        cue.times(refusals, now -> cue.station.mail.limited(now, client, 51));
        return cue.label(refusals, Set.of(client.ip()), Set.of());
    }

    private static Label server(Cue cue) {
        int refusals = cue.size(1, 12, 120);
        List<Client> clients = cue.world.sites.peers(60);
        if (cue.isExim()) {
            cue.evenly(refusals, now -> cue.station.mail.full(now, cue.chance.of(clients), 100));
        } else if (cue.chance.once(.5)) {
            // Postfix says it once and is then silent for a quarter of an hour.
            cue.world.agenda.at(cue.onset, now -> cue.station.mail.full(now, clients.get(0), 100));
        } else {
            cue.evenly(refusals, now -> cue.station.dovecot.full(now, 100));
        }
        return cue.label(refusals, Set.of(cue.station.name), Cue.ips(clients));
    }

    private static Label queueOnly(Cue cue) {
        int messages = cue.size(15, 60, 300);
        cue.times(messages, now -> cue.exim().queuedOnly(now, cue.chance.between(21, 60), 20));
        return cue.label(messages, Set.of(cue.station.name), Set.of());
    }

    static Label load(Cue cue) {
        int refusals = cue.size(6, 40, 400);
        cue.evenly(
                refusals,
                now -> cue.exim().overloaded(now, cue.world.sites.peer(cue.chance), cue.chance.around(18, .2)));
        return cue.label(refusals, Set.of(cue.station.name), Set.of());
    }

    /** The daemon says it only when another address is refused than before, so a few lines stand for many refusals. */
    private static Label ftp(Cue cue) {
        int lines = cue.size(1, 3, 12);
        Client client = cue.world.home();
        cue.evenly(lines, now -> cue.station.ftp.limited(now, client));
        return cue.label(lines, Set.of(client.ip()), Set.of());
    }

    private static Label mailbox(Cue cue) {
        int refusals = cue.size(5, 25, 250);
        Person person = cue.person();
        Client client = cue.world.home();
        cue.evenly(10, now -> cue.station.dovecot.read(now, client, person.address, 10 * Agenda.MINUTE));
        cue.times(refusals, now -> cue.station.dovecot.limited(now, client, person.address));
        return cue.label(refusals, Set.of(person.address, client.ip()), Set.of());
    }

    /** A program that looks for mail far too often. */
    private static Label polling(Cue cue) {
        int pause = cue.size(60, 30, 15);
        Person person = cue.person();
        Client client = cue.world.home();
        int looks = (int) (cue.piece.lasts() / (pause * Agenda.SECOND));
        cue.evenly(looks, now -> cue.station.dovecot.read(now, client, person.address, Agenda.SECOND));
        return cue.label(pause, Set.of(person.address, client.ip()), Set.of());
    }
}
