package postwarden.simulate;

import java.util.List;
import java.util.Set;
import postwarden.simulate.Station.Flavour;

/** Unusual things that every mail administrator has seen and nobody wants to be woken for. */
final class Harmless {
    static final List<Piece> PIECES = List.of(
            Piece.lookAlike("traveller", 90, Harmless::traveller),
            Piece.lookAlike("forgetful", 15, Harmless::forgetful).after(20),
            Piece.lookAlike("many-windows", 20, Harmless::manyWindows),
            Piece.lookAlike("backup-reports", 15, Harmless::backup),
            Piece.lookAlike("mailing-list", 30, Harmless::mailingList),
            Piece.lookAlike("vacation", 60, Harmless::vacation),
            Piece.lookAlike("shop-sale", 60, Harmless::shop).on(Flavour.EXIM).after(60),
            Piece.lookAlike("sign-ups", 15, Harmless::signUps),
            Piece.lookAlike("alert-mailbox", 15, Harmless::alerts),
            Piece.lookAlike("backscatter", 30, Harmless::backscatter),
            Piece.lookAlike("vpn-exit", 30, Harmless::vpn).after(30),
            Piece.lookAlike("own-scanner", 10, Harmless::scanner),
            Piece.lookAlike("new-colleague", 40, Harmless::newColleague),
            Piece.lookAlike("ftp-parallel", 15, Harmless::ftp).on(Flavour.EXIM),
            Piece.lookAlike("bad-reception", 25, Harmless::badReception),
            Piece.lookAlike("spam-forward", 40, Harmless::forward),
            Piece.lookAlike("full-mailboxes", 30, Harmless::full));

    private Harmless() {}

    /** Home, a train's network, an airport's: one after the other. */
    private static Label traveller(Cue cue) {
        int places = cue.size(3, 4, 5);
        Person person = cue.person();
        long each = cue.piece.lasts() / places;
        for (int place = 0; place < places; place++) {
            Client client = cue.world.home();
            long from = cue.onset + place * each;
            cue.times(from, from + each, 3, now -> read(cue, now, client, person));
            cue.times(from, from + each, 2, now -> write(cue, now, client, person));
        }
        return cue.label(places, Set.of(person.address), Set.of());
    }

    /** Back from holiday: many wrong passwords at the own desk, then the right one. */
    private static Label forgetful(Cue cue) {
        int wrong = cue.size(4, 7, 9);
        Person person = cue.person();
        cue.times(cue.begins(), cue.onset, 2, now -> read(cue, now, person.desk, person));
        cue.times(
                cue.onset,
                cue.onset + 5 * Agenda.MINUTE,
                wrong,
                now -> cue.station.dovecot.guessed(now, person.desk, person.address, true, cue.chance.word(3)));
        cue.world.agenda.at(cue.onset + 6 * Agenda.MINUTE, now -> read(cue, now, person.desk, person));
        return cue.label(wrong, Set.of(person.address, person.desk.ip()), Set.of());
    }

    private static Label manyWindows(Cue cue) {
        int windows = cue.size(5, 7, 9);
        Person person = cue.person();
        cue.times(
                cue.onset,
                cue.onset + 5 * Agenda.SECOND,
                windows,
                now -> cue.station.dovecot.read(now, person.desk, person.address, 15 * Agenda.MINUTE));
        return cue.label(windows, Set.of(person.address, person.desk.ip()), Set.of());
    }

    private static Label backup(Cue cue) {
        int reports = cue.size(15, 40, 80);
        Outbox.To to = cue.world.sites.somebody(cue.chance);
        String from = "backup@" + cue.station.domain;
        cue.times(cue.onset, cue.onset + 3 * Agenda.MINUTE, reports, now -> {
            String id = cue.station.mail.scripted(
                    now, "backup", "/var/backups", from, List.of(to.address()), 900, "Backup finished");
            cue.station.outbox.send(now, id, from, List.of(to));
        });
        return cue.label(reports, Set.of(from, "backup", "/var/backups", cue.station.name), Set.of());
    }

    /** A member writes, and the list writes to all others. */
    private static Label mailingList(Cue cue) {
        int members = cue.size(50, 100, 140);
        Person person = cue.person();
        List<Outbox.To> all = Cue.many(members, any -> cue.world.sites.somebody(cue.chance));
        String from = "list-bounces@" + cue.station.domain;
        for (int post = 0; post < 3; post++) {
            cue.times(1, now -> {
                write(cue, now, person.desk, person);
                for (int at = 0; at < all.size(); at += 20) {
                    List<Outbox.To> some = all.subList(at, Math.min(at + 20, all.size()));
                    List<String> to = some.stream().map(Outbox.To::address).toList();
                    String id = cue.station.mail.relayed(
                            now + Agenda.SECOND, Addresses.machine(3), from, to, 5000, "[list] Saturday");
                    cue.station.outbox.send(now + Agenda.SECOND, id, from, some);
                }
            });
        }
        return cue.label(members, Set.of(from, person.address), Set.of());
    }

    private static Label vacation(Cue cue) {
        int replies = cue.size(5, 10, 20);
        Person person = cue.person();
        cue.times(replies, now -> {
            Client peer = cue.world.sites.peer(cue.chance);
            Outbox.To sender = cue.world.sites.somebody(cue.chance);
            cue.station.mail.receives(now, peer, sender.address(), List.of(person.address), 4000, "Question");
            String id = cue.station.mail.scripted(
                    now + Agenda.SECOND, "vacation", "/", person.address, List.of(sender.address()), 800, "I am away");
            cue.station.outbox.send(now + Agenda.SECOND, id, person.address, List.of(sender));
        });
        return cue.label(replies, Set.of(person.address), Set.of());
    }

    /** The shop's usual script has a good day. */
    private static Label shop(Cue cue) {
        int orders = cue.size(30, 50, 80);
        cue.times(cue.begins(), cue.onset, orders / 3, now -> order(cue, now));
        cue.times(orders, now -> order(cue, now));
        return cue.label(
                orders, Set.of("/home/boutique/public_html", "boutique", "boutique@" + cue.station.domain), Set.of());
    }

    private static void order(Cue cue, long now) {
        Outbox.To to = cue.world.sites.somebody(cue.chance);
        String from = "boutique@" + cue.station.domain;
        String id = cue.station.mail.scripted(
                now, "boutique", "/home/boutique/public_html", from, List.of(to.address()), 4318, "Your order");
        cue.station.outbox.send(now + Agenda.SECOND / 4, id, from, List.of(to));
    }

    private static Label signUps(Cue cue) {
        int messages = cue.size(10, 20, 35);
        Person person = cue.person();
        cue.inTenMinutes(messages, now -> {
            Client peer = cue.world.sites.peer(cue.chance);
            cue.station.mail.receives(
                    now, peer, "welcome@" + peer.name().substring(5), List.of(person.address), 3000, "Welcome");
        });
        return cue.label(messages, Set.of(person.address), Set.of());
    }

    /** A monitoring system tells one mailbox about everything that is down. */
    private static Label alerts(Cue cue) {
        int messages = cue.size(120, 300, 900);
        Person person = cue.person();
        Client peer = cue.world.sites.peer(cue.chance);
        cue.inTenMinutes(
                messages,
                now -> cue.station.mail.receives(
                        now,
                        peer,
                        "nagios@" + peer.name().substring(5),
                        List.of(person.address),
                        1500,
                        "PROBLEM disk"));
        return cue.label(messages, Set.of(person.address, peer.ip()), Set.of());
    }

    /** Somebody forged an address, and its owner gets the bounces. */
    private static Label backscatter(Cue cue) {
        int messages = cue.size(30, 60, 90);
        Person person = cue.person();
        cue.inTenMinutes(
                messages,
                now -> cue.station.mail.receives(
                        now,
                        cue.world.sites.peer(cue.chance),
                        "",
                        List.of(person.address),
                        4000,
                        "Undelivered Mail Returned to Sender"));
        return cue.label(messages, Set.of(person.address, cue.station.name), Set.of());
    }

    /** Many people through one address, some of whom mistype. */
    private static Label vpn(Cue cue) {
        int people = cue.size(20, 50, 120);
        Client exit = cue.world.office();
        cue.times(cue.begins(), cue.end(), 4 * people, now -> read(cue, now, exit, cue.chance.of(cue.station.people)));
        cue.times(people / 6, now -> {
            Person person = cue.chance.of(cue.station.people);
            cue.station.dovecot.guessed(now, exit, person.address, true, cue.chance.word(4));
            read(cue, now + 5 * Agenda.SECOND, exit, person);
        });
        return cue.label(people, Set.of(exit.ip()), Set.of());
    }

    private static Label scanner(Cue cue) {
        int sessions = cue.size(40, 80, 150);
        Client scanner = new Client("scanner.example.com", "10.0.7.7");
        cue.times(sessions, now -> cue.station.mail.leaves(now, scanner, MailLog.Left.STARTTLS));
        return cue.label(sessions, Set.of(scanner.ip()), Set.of());
    }

    /** Somebody new writes to everybody from a place that nobody knows. */
    private static Label newColleague(Cue cue) {
        int messages = cue.size(10, 20, 30);
        Person person = cue.person();
        Client home = cue.world.home();
        cue.times(messages, now -> write(cue, now, home, person));
        return cue.label(messages, Set.of(person.address), Set.of());
    }

    private static Label ftp(Cue cue) {
        int files = cue.size(20, 40, 80);
        Person person = cue.person();
        for (int session = 0; session < 6; session++) {
            cue.times(
                    cue.onset,
                    cue.onset + Agenda.MINUTE,
                    1,
                    now -> cue.station.ftp.puts(now, person.desk, person.local(), files));
        }
        return cue.label(files, Set.of(person.desk.ip(), person.local()), Set.of());
    }

    /** A phone in a train connects again and again. */
    private static Label badReception(Cue cue) {
        int logins = cue.size(12, 20, 30);
        Person person = cue.person();
        cue.times(logins, now -> read(cue, now, World.phone(person, now), person));
        return cue.label(logins, Set.of(person.address), Set.of());
    }

    /** A mailbox is forwarded with its spam, and the other side refuses that. */
    private static Label forward(Cue cue) {
        int messages = cue.size(15, 40, 90);
        Person person = cue.person();
        Site site = cue.world.sites.found("forwarded");
        site.behave(attempt -> attempt.chance().once(.5)
                ? Answer.bounced(Answer.Stage.DATA, "5.7.1", "554 5.7.1 Message rejected as spam by content filter", .1)
                : Sites.takes(attempt));
        cue.times(messages, now -> {
            Client peer = cue.world.sites.peer(cue.chance);
            Outbox.To to = Sites.somebodyAt(site, cue.chance);
            String from = Sites.name(cue.chance) + "@" + peer.name().substring(5);
            String id = cue.station.mail.relayed(now, peer, from, List.of(to.address()), 4000, "Win now");
            cue.station.outbox.send(now + Agenda.SECOND / 4, id, from, List.of(to));
        });
        return cue.label(messages, Set.of(person.address, site.domain), Set.of());
    }

    /** Mailboxes at one site are full. */
    private static Label full(Cue cue) {
        int messages = cue.size(10, 20, 40);
        Site site = cue.world.sites.found("full");
        site.behave(attempt -> attempt.chance().once(.3)
                ? Answer.deferred(
                        Answer.Stage.RECIPIENT, "4.2.2", "452 4.2.2 <" + attempt.to() + "> Mailbox full", .1, .1)
                : Sites.takes(attempt));
        cue.times(messages, now -> Remotes.send(cue, now, site));
        return cue.label(messages, Set.of(site.domain), Set.of());
    }

    private static void read(Cue cue, long now, Client client, Person person) {
        cue.station.dovecot.read(now, client, person.address, cue.chance.part(5 * Agenda.MINUTE));
    }

    private static void write(Cue cue, long now, Client client, Person person) {
        Outbox.To to = cue.world.contact(person, cue.chance);
        Life.submit(now, cue.station, client, person, List.of(to), Life.subject(cue.chance));
    }
}
