package postwarden.tally;

/**
 * What is usual for a whole cohort, held until a key's own history says otherwise.
 *
 * @param mean events in a minute, > 0
 * @param dispersion the negative binomial's size, > 0; the smaller, the burstier (variance = mean + mean² / size)
 */
public record Prior(double mean, double dispersion) {
    public Prior {
        if (!(mean > 0) || !(dispersion > 0)) {
            throw new IllegalArgumentException("mean and dispersion must be above 0, not " + mean + ", " + dispersion);
        }
    }
}
