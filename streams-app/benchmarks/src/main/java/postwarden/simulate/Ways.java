package postwarden.simulate;

import java.util.List;
import java.util.Set;
import postwarden.simulate.Answer.Stage;

/** A host whose mail does not get out, whomever it is for, or whose name others do not like any more. */
final class Ways {
    static final List<Piece> PIECES = List.of(
            Piece.incident("egress-blocked", 60, cue -> blocked(cue, "PORT_BLOCKED", Sites::silent))
                    .after(30)
                    .called("PORT_BLOCKED")
                    .alone(),
            Piece.incident("egress-blocked", 60, cue -> blocked(cue, "RESOLVER", Ways::nameless))
                    .after(30)
                    .called("RESOLVER")
                    .alone(),
            Piece.incident("reputation-shift", 60, cue -> disliked(cue, "BLOCK_LIST", Ways::listed))
                    .after(30)
                    .called("BLOCK_LIST")
                    .alone(),
            Piece.incident("reputation-shift", 60, cue -> disliked(cue, "BAD_NAME", Remotes::disliked))
                    .after(30)
                    .called("BAD_NAME")
                    .alone());

    private Ways() {}

    /** Nothing of what people write, beside all else that the host sends, gets out. */
    private static Label blocked(Cue cue, String cause, Site.Manner nothing) {
        int messages = cue.size(8, 40, 200);
        write(cue, messages);
        cue.world.agenda.at(cue.onset, now -> cue.station.outbox.meet((site, attempt) -> nothing.answer(attempt)));
        cue.world.agenda.at(cue.end(), now -> cue.station.outbox.meet(Site::answer));
        return cue.label(messages, Set.of(cue.station.name), Set.of(), cause);
    }

    /** Some of the sites no longer take what comes from here. */
    private static Label disliked(Cue cue, String cause, Site.Manner refusal) {
        int messages = cue.size(40, 80, 200);
        int strict = cue.size(25, 40, 70);
        write(cue, messages);
        cue.world.agenda.at(
                cue.onset,
                now -> cue.station.outbox.meet((site, attempt) -> Math.floorMod(site.domain.hashCode(), 100) < strict
                        ? refusal.answer(attempt)
                        : site.answer(attempt)));
        cue.world.agenda.at(cue.end(), now -> cue.station.outbox.meet(Site::answer));
        return cue.label(messages, Set.of(cue.station.name), Set.of(), cause);
    }

    /** The people of this host, before and meanwhile. */
    private static void write(Cue cue, int inTenMinutes) {
        int before = (int) (inTenMinutes * cue.piece.before() / (10 * Agenda.MINUTE));
        cue.times(cue.begins(), cue.onset, before, now -> write(cue, now));
        cue.inTenMinutes(inTenMinutes, now -> write(cue, now));
    }

    private static void write(Cue cue, long now) {
        Person person = cue.chance.of(cue.station.people);
        Outbox.To to = cue.world.sites.somebody(cue.chance);
        Life.submit(now, cue.station, person.desk, person, List.of(to), Life.subject(cue.chance));
    }

    private static Answer nameless(Site.Try attempt) {
        return Answer.deferred(
                Stage.NO_NAME,
                "4.4.3",
                "Host or domain name not found. Name service error for name=" + attempt.site().domain
                        + " type=MX: Host not found, try again",
                10,
                0);
    }

    private static Answer listed(Site.Try attempt) {
        return Answer.bounced(
                Stage.RECIPIENT,
                "5.7.1",
                "554 5.7.1 Service unavailable; Client host [" + attempt.from().ip
                        + "] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/" + attempt.from().ip,
                .1);
    }
}
