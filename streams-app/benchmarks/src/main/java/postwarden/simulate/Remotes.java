package postwarden.simulate;

import java.util.List;
import java.util.Set;
import postwarden.simulate.Answer.Stage;

/** Remote sites that put our mail off. */
final class Remotes {
    static final List<Piece> PIECES = List.of(
            Piece.incident("remote-throttle", 40, cue -> throttle(cue, "POLICY_CONCURRENCY", Remotes::tooMany))
                    .after(30)
                    .called("POLICY_CONCURRENCY"),
            Piece.incident("remote-throttle", 40, cue -> throttle(cue, "POLICY_RATE", Remotes::tooFast))
                    .after(30)
                    .called("POLICY_RATE"),
            Piece.incident("remote-throttle", 40, cue -> throttle(cue, "OVERLOAD", Remotes::overloaded))
                    .after(30)
                    .called("OVERLOAD"),
            Piece.incident("remote-throttle", 40, cue -> throttle(cue, "REPUTATION", Remotes::disliked))
                    .after(30)
                    .called("REPUTATION"),
            Piece.incident("remote-throttle", 40, cue -> throttle(cue, "NETWORK", Remotes::unreachable))
                    .after(30)
                    .called("NETWORK"),
            Piece.incident("retry-storm", 50, Remotes::storm).after(20).alone());

    private Remotes() {}

    /** A site begins to put off a third, six in ten or nearly all of a job's mail. */
    private static Label throttle(Cue cue, String cause, Site.Manner refusal) {
        int messages = cue.size(60, 150, 500);
        double share = cue.size(35, 60, 95) / 100.0;
        Site site = cue.world.sites.found("throttled");
        int before = (int) (messages * cue.piece.before() / (10 * Agenda.MINUTE));
        cue.times(cue.begins(), cue.onset, before, now -> send(cue, now, site));
        cue.inTenMinutes(messages, now -> send(cue, now, site));
        cue.world.agenda.at(
                cue.onset,
                now -> site.behave(
                        attempt -> attempt.chance().once(share) ? refusal.answer(attempt) : Sites.takes(attempt)));
        cue.world.agenda.at(cue.end(), now -> site.recover());
        return cue.label(messages, Set.of(site.domain), Set.of(cue.station.name), cause);
    }

    /** The queue is tried again every minute or faster by a host that was told to, while the site refuses nearly all. */
    private static Label storm(Cue cue) {
        int messages = cue.size(150, 400, 1200);
        int pause = cue.size(60, 40, 20);
        Site site = cue.world.sites.found("stormed");
        site.behave(attempt -> attempt.chance().once(.97) ? tooMany(attempt) : Sites.takes(attempt));
        cue.world.agenda.at(cue.onset, now -> cue.station.outbox.insist(pause * Agenda.SECOND));
        cue.times(cue.onset, cue.onset + cue.piece.lasts() / 2, messages, now -> send(cue, now, site));
        cue.world.agenda.at(cue.end(), now -> {
            site.behave(Sites::takes);
            cue.station.outbox.behave();
        });
        return cue.label(messages, Set.of(site.domain), Set.of(cue.station.name), "POLICY_CONCURRENCY");
    }

    /** An application on the own network writes to somebody at a site. */
    static void send(Cue cue, long now, Site site) {
        Outbox.To to = Sites.somebodyAt(site, cue.chance);
        String from = "notice@" + cue.station.domain;
        String id = cue.station.mail.relayed(
                now, Addresses.machine(7), from, List.of(to.address()), 3100, "Your statement");
        cue.station.outbox.send(now + Agenda.SECOND / 4, id, from, List.of(to));
    }

    static Answer tooMany(Site.Try attempt) {
        return Answer.deferred(
                Stage.CONNECT,
                "4.7.0",
                "421 4.7.0 " + attempt.site().mx + " Error: too many connections from " + attempt.from().ip
                        + ", try again later",
                attempt.chance().around(.03, .3),
                0);
    }

    static Answer tooFast(Site.Try attempt) {
        return Answer.deferred(
                Stage.RECIPIENT,
                "4.7.28",
                "421 4.7.28 Our system has detected an unusual rate of mail originating from your IP address. To protect"
                        + " our users, mail sent from your IP address has been temporarily rate limited.",
                attempt.chance().around(.08, .3),
                .05);
    }

    static Answer overloaded(Site.Try attempt) {
        double waited = attempt.chance().around(12, .4);
        return attempt.chance().once(.7)
                ? Answer.deferred(
                        Stage.CONNECT, "4.3.2", "421 4.3.2 Service overloaded, please try again later", waited, 0)
                : Answer.deferred(
                        Stage.NO_CONNECTION,
                        "4.4.2",
                        "conversation with " + attempt.site()
                                + " timed out while receiving the initial server greeting",
                        30,
                        0);
    }

    static Answer disliked(Site.Try attempt) {
        return Answer.deferred(
                Stage.CONNECT,
                "4.7.0",
                "421 4.7.0 [TSS04] Messages from " + attempt.from().ip
                        + " temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see"
                        + " https://postmaster.example/error-codes",
                attempt.chance().around(.1, .3),
                0);
    }

    static Answer unreachable(Site.Try attempt) {
        return attempt.chance().once(.6)
                ? Sites.silent(attempt)
                : Answer.deferred(
                        Stage.NO_CONNECTION,
                        "4.4.2",
                        "lost connection with " + attempt.site() + " while receiving the initial server greeting",
                        2,
                        0);
    }
}
