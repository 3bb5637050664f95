package postwarden.detect;

import postwarden.tally.Baseline;
import postwarden.tally.Prior;

/**
 * What is usual for a measure, as an alert shows it.
 *
 * @param median and {@code p99} in the measure's unit
 * @param windows minutes learned from
 * @param maturity weight of the key's own history, 0 to 1
 */
public record Usual(double median, double p99, long windows, double maturity) {
    public static Usual of(Baseline baseline, Prior prior) {
        return new Usual(
                baseline.quantile(0.5, prior),
                baseline.quantile(0.01, prior),
                Math.round(baseline.windows()),
                baseline.maturity());
    }
}
