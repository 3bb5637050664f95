package postwarden.detect.handshakechurn;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import postwarden.detect.View;
import postwarden.detect.reading.Earlier;
import postwarden.detect.reading.Known;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.UsualShare;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Odds;
import postwarden.tally.Tally;

/**
 * A certificate of ours that nobody takes, on a host that too few connect to for a window of minutes. In an hour scanners are as
 * many as partners, so it asks for more: half of all sessions, by their handshakes, far more than in the host's past, of clients that
 * used to bring mail; or of nearly everybody where it cannot be told who did.
 */
final class SlowChurn {
    /** In which it must still be seen: a long window is full of it for a while when it is over. */
    private static final Duration LATELY = Duration.ofMinutes(15);

    private final HandshakeChurnParams params;

    SlowChurn(HandshakeChurnParams params) {
        this.params = params;
    }

    Optional<HandshakeChurnDetector.Seen> look(View view, boolean open) {
        if (!Earlier.isKnown(view) || !goesOn(view, open ? params.openFactor() : 1)) {
            return Optional.empty();
        }
        return params.longer().stream()
                .flatMap(length -> look(view, length, open).stream())
                .findFirst();
    }

    /** Whether enough came lately, and most of them were well. */
    boolean isOver(View view) {
        Churn lately = Churn.of(view.window(LATELY));
        return lately.all() >= params.seen() && !goesOn(view, params.openFactor());
    }

    private boolean goesOn(View view, double factor) {
        Churn lately = Churn.of(view.window(LATELY));
        return lately.barren() > 0
                && lately.share() >= factor * params.share()
                && lately.handshakeShare() >= factor * params.share();
    }

    private Optional<HandshakeChurnDetector.Seen> look(View view, Duration length, boolean open) {
        double factor = open ? params.openFactor() : 1;
        Tally window = view.window(length);
        Churn churn = Churn.of(window);
        if (churn.barren() < factor * params.ownFactor() * params.sessions()
                || churn.clients() < factor * params.clients()
                || churn.perClient() > params.sessionsPerClient()
                || churn.share() < factor * params.share()
                || churn.handshakeShare() < factor * params.share()
                || (!open && !isUnusual(view, churn))) {
            return Optional.empty();
        }
        Instant onset = Onset.of(view, length, Count.BARREN_SESSIONS);
        OptionalDouble known = Known.share(window.sketch(Distinct.BARREN_CLIENTS), view, Distinct.DELIVERERS, onset);
        boolean untellable = open || isEverybody(churn);
        boolean partners = known.isPresent() ? known.getAsDouble() >= factor * params.ours() : untellable;
        return partners
                ? Optional.of(new HandshakeChurnDetector.Seen(
                        length, window, churn, new Fault(churn.handshakeShare(), known, 1), onset))
                : Optional.empty();
    }

    private boolean isEverybody(Churn churn) {
        return churn.share() >= params.everybody()
                && churn.handshakeShare() >= params.everybody()
                && churn.barren() >= 2 * params.ownFactor() * params.sessions()
                && churn.clients() >= 2L * params.clients();
    }

    /** Against all that was counted before the last hour, of which a fault that lasts is a part soon: asked as it begins. */
    private boolean isUnusual(View view, Churn churn) {
        Tally past = view.past();
        long before = Churn.of(past).all();
        double usual = UsualShare.of(
                Math.min(before, past.count(Count.TLS_ERRORS)), before, params.usual(), params.believed());
        long failed = Math.min(churn.all(), churn.handshakes());
        return failed >= params.growth() * usual * churn.all()
                && Odds.atLeast(failed, churn.all(), usual) < params.tail();
    }
}
