package postwarden.simulate;

import java.util.List;
import java.util.Set;
import postwarden.simulate.Station.Flavour;

/** Mail that our own accounts, scripts and jobs send and should not, and mail that somebody is buried under. */
final class Sending {
    static final List<Piece> PIECES = List.of(
            Piece.incident("sending-burst", 30, cue -> burst(cue, false)).called("own computer"),
            Piece.incident("sending-burst", 30, cue -> burst(cue, true)).called("stranger"),
            Piece.incident("unknown-recipients", 60, Sending::unknown),
            Piece.incident("recipient-fan-out", 60, cue -> fanOut(cue, false)).called("own computer"),
            Piece.incident("recipient-fan-out", 60, cue -> fanOut(cue, true)).called("stranger"),
            Piece.incident("script-burst", 60, Sending::script).on(Flavour.EXIM).alone(),
            Piece.incident("mail-loop", 20, Sending::circle).called("circle"),
            Piece.incident("mail-loop", 20, Sending::answers).called("answering machines"),
            Piece.incident("compromised-account", 40, cue -> compromised(cue, true))
                    .after(40)
                    .called("guessed"),
            Piece.incident("compromised-account", 40, cue -> compromised(cue, false))
                    .called("unseen"),
            Piece.incident("dominant-sender", 40, Sending::dominant).after(20).alone(),
            Piece.incident("panel-limit", 20, Sending::panel).on(Flavour.EXIM),
            Piece.incident("email-bombing", 20, Sending::bombing));

    private static final List<String> BAIT = List.of(
            "You have 1 new voice message",
            "Invoice overdue",
            "Re: your parcel",
            "Account notice",
            "Payment advice",
            "Shared document",
            "Password expires today");

    private Sending() {}

    /** A program on somebody's own computer, or somebody who has his password, sends in his name. */
    private static Label burst(Cue cue, boolean stranger) {
        int recipients = cue.size(100, 350, 1500);
        Person person = cue.person();
        Client client = stranger ? Addresses.bot(cue.chance) : person.desk;
        cue.inTenMinutes(recipients, now -> send(cue, now, person, client, 1, .03));
        return cue.label(recipients, Set.of(person.address), Set.of(client.ip()));
    }

    /** Mail to many who are not there. */
    private static Label unknown(Cue cue) {
        int gone = cue.size(35, 90, 300);
        Person person = cue.person();
        double share = cue.size(25, 40, 60) / 100.0;
        cue.times((int) (gone / share), now -> send(cue, now, person, person.desk, 1, share));
        return cue.label(gone, Set.of(person.address), Set.of(person.desk.ip()));
    }

    /** Few messages with many recipients, none of whom the account ever wrote to. */
    private static Label fanOut(Cue cue, boolean stranger) {
        int recipients = cue.size(220, 700, 2500);
        Person person = cue.person();
        Client client = stranger ? Addresses.bot(cue.chance) : person.desk;
        int each = cue.size(10, 20, 50);
        cue.evenly(recipients / each, now -> send(cue, now, person, client, each, .05));
        return cue.label(recipients, Set.of(person.address), Set.of(client.ip()));
    }

    /** A script that was uploaded through a hole in a web page. */
    private static Label script(Cue cue) {
        int messages = cue.size(130, 500, 2500);
        String user = "web" + cue.chance.word(4);
        String directory = "/home/" + user + "/public_html/wp-content/uploads/" + cue.chance.word(6);
        String from = user + "@" + cue.station.domain;
        cue.times(messages, now -> {
            Outbox.To to =
                    cue.chance.once(.3) ? cue.world.sites.nobody(cue.chance) : cue.world.sites.somebody(cue.chance);
            String id = cue.station.mail.scripted(
                    now, user, directory, from, List.of(to.address()), 2100, cue.chance.of(BAIT));
            cue.station.outbox.send(now + Agenda.SECOND / 4, id, from, List.of(to));
        });
        return cue.label(
                messages, Set.of(directory, user, from, user + "@" + cue.station.name, cue.station.name), Set.of());
    }

    /**
     * Two forwards point at each other: each message goes round until somebody has counted its hops, 25 rounds through this
     * host where both sides are Postfix (hopcount_limit 50). Size is rounds in ten minutes.
     */
    private static Label circle(Cue cue) {
        int rounds = cue.size(20, 100, 500);
        int each = 25;
        long pause = cue.size(30, 6, 2) * Agenda.SECOND;
        Person person = cue.person();
        Client peer = cue.world.sites.peer(cue.chance);
        Site site = cue.world.sites.found("circle");
        String other = "sales@" + site.domain;
        int messages = Math.max(1, (int) (rounds * cue.piece.lasts() / (10 * Agenda.MINUTE) / each));
        for (int message = 0; message < messages; message++) {
            String id = cue.chance.word(20) + "@" + site.domain;
            long from = cue.onset + cue.chance.part(cue.piece.lasts() / 2);
            for (int round = 0; round < each; round++) {
                Answer answer = round < each - 1
                        ? Answer.sent(.1, .2)
                        : Answer.bounced(Answer.Stage.DATA, "5.4.0", "554 5.4.0 Error: too many hops", .1);
                cue.world.agenda.at(
                        from + round * pause,
                        now -> cue.station.mail.forwards(now, peer, person.address, other, site, id, answer));
            }
        }
        return cue.label(rounds, Set.of(person.address, other, site.domain), Set.of());
    }

    /** Two programs that answer each other, each time with a new message. */
    private static Label answers(Cue cue) {
        int rounds = cue.size(20, 80, 400);
        Person person = cue.person();
        Client peer = cue.world.sites.peer(cue.chance);
        Site site = cue.world.sites.found("loop");
        String other = "helpdesk@" + site.domain;
        cue.inTenMinutes(rounds, now -> {
            cue.station.mail.receives(now, peer, other, List.of(person.address), 5200, "Re: Re: Ticket 4711");
            String id = cue.station.mail.scripted(
                    now + Agenda.SECOND, "vacation", "/", person.address, List.of(other), 5300, "Re: Re: Ticket 4711");
            cue.station.outbox.send(now + Agenda.SECOND, id, person.address, List.of(new Outbox.To(other, site)));
        });
        return cue.label(rounds, Set.of(person.address, other, "vacation", site.domain), Set.of());
    }

    /**
     * A stolen password is used to send spam from many places. Size is recipients in ten minutes: 100, 200 or 800.
     *
     * @param guessed whether the password was guessed before, where it can be seen
     */
    private static Label compromised(Cue cue, boolean guessed) {
        int recipients = cue.size(100, 200, 800);
        List<Client> bots = cue.bots(cue.size(3, 8, 30));
        Person person = cue.person();
        if (guessed) {
            for (Client bot : cue.bots(cue.size(20, 45, 120))) {
                cue.times(
                        cue.begins(),
                        cue.onset - 2 * Agenda.MINUTE,
                        1,
                        now -> Guessing.guess(cue, cue.station, now, bot, person.address, cue.chance.word(8), true));
            }
        }
        int each = cue.size(1, 2, 4);
        cue.inTenMinutes(recipients / each, now -> send(cue, now, person, cue.chance.of(bots), each, .3));
        return cue.label(recipients, Set.of(person.address), Cue.ips(bots), "STOLEN_CREDENTIALS", "GUESSED_PASSWORD");
    }

    /** One message to people anywhere, of whom a share is not there. */
    static void send(Cue cue, long now, Person person, Client client, int recipients, double gone) {
        List<Outbox.To> to = Cue.many(
                recipients,
                any -> cue.chance.once(gone)
                        ? cue.world.sites.nobody(cue.chance)
                        : cue.world.sites.somebody(cue.chance));
        Life.submit(now, cue.station, client, person, to, cue.chance.of(BAIT));
    }

    /** A job sends nearly all of a host's mail. */
    private static Label dominant(Cue cue) {
        int messages = cue.size(400, 1000, 3000);
        Client app = Addresses.machine(cue.chance.below(250));
        String from = "jobs@" + cue.station.domain;
        cue.times(messages, now -> {
            Outbox.To to = cue.world.sites.somebody(cue.chance);
            String id = cue.station.mail.relayed(now, app, from, List.of(to.address()), 2400, "Reminder");
            cue.station.outbox.send(now + Agenda.SECOND / 4, id, from, List.of(to));
        });
        return cue.label(messages, Set.of(from, cue.station.name, app.ip()), Set.of());
    }

    /** cPanel's hourly limit of a domain is reached, and what comes is thrown away. */
    private static Label panel(Cue cue) {
        int lines = cue.size(3, 30, 200);
        Person person = cue.person();
        int[] sent = {125};
        cue.evenly(
                lines,
                now -> cue.exim()
                        .overHourly(
                                now, Sites.name(cue.chance) + "@site1.example", cue.station.domain, sent[0]++, 125));
        return cue.label(
                lines,
                Set.of(
                        cue.station.domain,
                        cue.station.domain + "@" + cue.station.name,
                        person.address,
                        cue.station.name,
                        "site1.example"),
                Set.of());
    }

    /** Somebody is buried under mail from everywhere. */
    private static Label bombing(Cue cue) {
        int messages = cue.size(160, 600, 2500);
        Person person = cue.person();
        List<Client> peers = cue.world.sites.peers(cue.size(90, 200, 400));
        cue.inTenMinutes(messages, now -> {
            Client peer = cue.chance.of(peers);
            String from = "confirm-" + cue.chance.word(6) + "@" + peer.name().substring("mail.".length());
            cue.station.mail.receives(now, peer, from, List.of(person.address), 3000, "Please confirm");
        });
        return cue.label(messages, Set.of(person.address), Set.of());
    }
}
