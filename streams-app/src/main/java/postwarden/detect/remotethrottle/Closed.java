package postwarden.detect.remotethrottle;

import postwarden.detect.View;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Tally;

/** Whether a destination refuses nearly all that it used to take: then each of its refusals counts, whatever its words. */
final class Closed {
    private Closed() {}

    /** @param open whether it was told already, so that the past need not say once more that it used to be otherwise */
    static boolean is(View view, boolean open, ClosedParams params) {
        Tally window = view.window(params.window());
        long refused = window.count(Count.FIRST_TURNED_AWAY);
        long whose = window.distinct(Distinct.TURNED_AWAY_SENDERS);
        return refused >= params.refused()
                && whose >= params.senders()
                && isMost(refused, window.sum(Count.FIRST_TAKEN, Count.RETRIED_SENT), params)
                && isMost(whose, window.distinct(Distinct.TAKEN_SENDERS), params)
                && (open || usedToTake(view.past(), params));
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
