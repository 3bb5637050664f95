package postwarden.tally;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * What is usual for one count of one key: mean and variance of its minutes, with slow forgetting, shrunk to its cohort's while
 * it is young. Tails are those of a negative binomial, because mail comes in bursts: a Poisson tail would call a busy minute
 * of an ordinary sender impossible.
 *
 * @param windows minutes learned from, >= 0; forgetting keeps it at most {@link #MEMORY}
 * @param mean events in a minute
 * @param squares sum of squared deviations
 */
public record Baseline(double windows, double mean, double squares) {
    /** Nothing learned. */
    public static final Baseline NONE = new Baseline(0, 0, 0);

    /** Minutes after which old ones count for little: a week, so that each hour of the week is in it once. */
    static final double MEMORY = 7 * 24 * 60;
    /** Minutes at which a key's own history and its cohort's weigh the same (detectors.md, cold start). */
    static final double HALF_TRUST = 20;

    /** This baseline after one more minute. */
    public Baseline learn(double observed) {
        return learn(observed, 1);
    }

    /** This baseline after {@code minutes} more in which the count was {@code observed} each; idle time is learned at once. */
    public Baseline learn(double observed, double minutes) {
        if (minutes <= 0) {
            return this;
        }
        double kept = Math.min(windows, Math.max(0, MEMORY - minutes));
        double shrunkSquares = windows == 0 ? 0 : squares * kept / windows;
        double total = kept + minutes;
        double difference = observed - mean;
        return new Baseline(
                total,
                mean + difference * minutes / total,
                shrunkSquares + difference * difference * kept * minutes / total);
    }

    /** The same with another mean, about which counts scatter as they did: the negative binomial's size stays. */
    Baseline withMean(double other) {
        double excess = windows == 0 ? 0 : Math.max(0, squares / windows - mean);
        double scale = mean > 0 ? other / mean : 0;
        return new Baseline(windows, other, windows * (other + excess * scale * scale));
    }

    /** Weight of the key's own history, 0 to 1. */
    public double maturity() {
        return windows / (windows + HALF_TRUST);
    }

    /** Mean events a minute, shrunk to the cohort's. */
    public double expected(Prior prior) {
        double own = maturity();
        return Math.max(1e-6, own * mean + (1 - own) * prior.mean());
    }

    /** Probability of at least {@code observed} events in {@code minutes} minutes if nothing has changed, 0 to 1. */
    public double tail(double observed, double minutes, Prior prior) {
        if (observed <= 0) {
            return 1;
        }
        double expected = expected(prior) * minutes;
        double size = size(prior) * minutes;
        return RegularizedBeta.value(expected / (expected + size), observed, size);
    }

    /** The smallest count of a minute that less than {@code probability} of minutes reach. */
    public double quantile(double probability, Prior prior) {
        double low = 0;
        double high = 1;
        while (tail(high, 1, prior) > probability && high < 1e9) {
            low = high;
            high *= 2;
        }
        while (high - low > 0.5) {
            double middle = (low + high) / 2;
            if (tail(middle, 1, prior) > probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.ceil(high);
    }

    private double size(Prior prior) {
        double variance = windows < 2 ? mean : squares / windows;
        double excess = variance - mean;
        // No more spread than a Poisson's: then the size has no bound, and the cohort's caution is kept.
        double own = excess <= 1e-9 ? prior.dispersion() : Math.min(prior.dispersion() * 4, mean * mean / excess);
        double weight = maturity();
        return Math.max(0.05, weight * own + (1 - weight) * prior.dispersion());
    }
}
