package postwarden.simulate;

import java.util.List;
import java.util.Set;

/** Too many sessions, from one address or from many. */
final class Floods {
    static final List<Piece> PIECES = List.of(
            Piece.incident("connection-flood", 12, Floods::oneSource).called("one after the other"),
            Piece.incident("connection-flood", 12, Floods::oneSourceAtOnce).called("at once"),
            Piece.incident("distributed-flood", 15, Floods::manySources).alone(),
            Piece.incident("handshake-churn", 25, Floods::ownCertificate).alone(),
            Piece.incident("slot-hoarding", 30, Floods::hoarder));

    private Floods() {}

    /** A script that connects and leaves: one and a half, five or twenty a second. */
    private static Label oneSource(Cue cue) {
        int perMinute = cue.size(90, 300, 1200);
        Client client = Addresses.bot(cue.chance);
        cue.inTenMinutes(10 * perMinute, now -> {
            if (cue.chance.once(.5)) {
                cue.station.mail.leaves(now, client, MailLog.Left.HELO);
            } else {
                cue.station.mail.visits(now, client);
            }
        });
        return cue.label(perMinute, Set.of(client.ip()), Set.of(), "SINGLE_SOURCE");
    }

    /** A client that opens more sessions at once than the daemon allows one address. */
    private static Label oneSourceAtOnce(Cue cue) {
        int perMinute = cue.size(80, 200, 600);
        Client client = Addresses.bot(cue.chance);
        cue.inTenMinutes(5 * perMinute, now -> cue.station.mail.limited(now, client, 51));
        cue.inTenMinutes(5 * perMinute, now -> cue.station.mail.visits(now, client));
        return cue.label(perMinute, Set.of(client.ip()), Set.of(), "SINGLE_SOURCE");
    }

    /**
     * A botnet, each machine of which comes a few times. The weakest takes the hundred places that Postfix has by itself
     * (default_process_limit) when a session lasts ten seconds.
     */
    private static Label manySources(Cue cue) {
        int perMinute = cue.size(600, 1800, 6000);
        List<Client> bots = cue.bots(cue.size(300, 1000, 3000));
        cue.inTenMinutes(10 * perMinute, now -> cue.station.mail.leaves(now, cue.chance.of(bots), MailLog.Left.HELO));
        return cue.label(perMinute, Set.of(cue.station.name), Cue.ips(bots));
    }

    /** The own certificate has run out, and those who know us leave when they see it. */
    private static Label ownCertificate(Cue cue) {
        int sessions = cue.size(60, 150, 500);
        List<Client> peers = cue.world.sites.peers(cue.size(20, 50, 120));
        cue.inTenMinutes(sessions, now -> cue.station.mail.leaves(now, cue.chance.of(peers), MailLog.Left.STARTTLS));
        return cue.label(sessions, Set.of(cue.station.name), Cue.ips(peers));
    }

    /** A client that keeps many sessions open and says nothing, and comes again when it is put out after five minutes. */
    private static Label hoarder(Cue cue) {
        int slots = cue.size(14, 35, 90);
        Client client = Addresses.bot(cue.chance);
        long timeout = 300 * Agenda.SECOND;
        for (int slot = 0; slot < slots; slot++) {
            long first = cue.onset + cue.chance.part(Agenda.MINUTE);
            for (long at = first; at + timeout < cue.end(); at += timeout + Agenda.SECOND) {
                long then = at;
                cue.world.agenda.at(then, now -> cue.station.mail.holds(now, client, timeout));
            }
        }
        return cue.label(slots, Set.of(client.ip()), Set.of());
    }
}
