package postwarden.tally;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/** What chance alone brings about. */
public final class Odds {
    private Odds() {}

    /**
     * Probability of at least {@code some} of {@code all} that each happen with probability {@code share} (binomial), 0 to 1; 0 for
     * more than all.
     *
     * @param share 0 to 1
     */
    public static double atLeast(long some, long all, double share) {
        if (some <= 0 || share >= 1) {
            return some <= all ? 1 : 0;
        }
        return some > all || share <= 0 ? 0 : RegularizedBeta.value(share, (double) some, all - some + 1.0);
    }
}
