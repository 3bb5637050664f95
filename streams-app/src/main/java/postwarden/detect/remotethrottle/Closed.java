package postwarden.detect.remotethrottle;

import postwarden.detect.View;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Pane;
import postwarden.tally.Tally;

/** Whether a destination refuses nearly all that it used to take: then each of its refusals counts, whatever its words. */
final class Closed {
    private Closed() {}

    /** @param open whether it was told already, so that the past need not say once more that it used to be otherwise */
    static boolean is(View view, boolean open, ClosedParams params) {
        Tally window = view.window(params.window());
        long refused = window.count(Count.FIRST_TURNED_AWAY);
        return refused >= params.refused()
                && isMost(refused, window.count(Count.FIRST_TAKEN), params)
                && window.count(Count.RETRIED_SENT) < params.retried() * refused
                && isMost(window.distinct(Distinct.TURNED_AWAY_SENDERS), onlyTaken(window), params)
                && (open || (isOrdinaryMail(view, window, refused, params) && usedToTake(view.past(), params)));
    }

    /** Senders who met no refusal. */
    private static long onlyTaken(Tally window) {
        return window.sketch(Distinct.TAKEN_SENDERS).countBeyond(window.sketch(Distinct.TURNED_AWAY_SENDERS));
    }

    /** Mail of several, or no more of it than it took before: what is refused of one's burst is his content, unless it names the host. */
    private static boolean isOrdinaryMail(View view, Tally window, long refused, ClosedParams params) {
        Tally before = view.window(params.window(), Pane.count(params.window()));
        return window.distinct(Distinct.TURNED_AWAY_SENDERS) >= params.senders()
                || refused <= params.growth() * before.count(Count.FIRST_TAKEN)
                || isOfHost(window);
    }

    /** Most of it is said of the host's names or of what is thought of it. */
    private static boolean isOfHost(Tally window) {
        long ofHost = window.sum(Count.TURNED_AWAY_FOR_NAMES, Count.TURNED_AWAY_FOR_REPUTATION);
        return 2 * ofHost > window.sum(Count.TURNED_AWAY, Count.THROTTLED);
    }

    private static boolean isMost(long refused, long taken, ClosedParams params) {
        return refused >= params.share() * (refused + taken);
    }

    private static boolean usedToTake(Tally past, ClosedParams params) {
        long refused = past.count(Count.FIRST_TURNED_AWAY);
        long all = refused + past.count(Count.FIRST_TAKEN);
        return all >= params.known() && refused <= params.usual() * all;
    }
}
