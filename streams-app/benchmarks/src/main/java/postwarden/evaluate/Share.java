package postwarden.evaluate;

/**
 * A share of a few, with the interval that holds the true one with 95 % (Wilson's score interval, which also holds near none and
 * all, where there are few).
 *
 * @param part of {@code whole}, 0 to whole
 * @param whole 0 or more
 */
record Share(int part, int whole) {
    /** Of the normal distribution, for 95 % on both sides. */
    private static final double Z = 1.96;

    Share {
        if (part < 0 || part > whole) {
            throw new IllegalArgumentException("a share of " + part + " of " + whole);
        }
    }

    /** NaN of nothing. */
    double value() {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }

    /** The least that is believable; NaN of nothing. */
    double least() {
        return whole == 0 ? Double.NaN : Math.max(0, middle() - reach());
    }

    /** The most that is believable; NaN of nothing. */
    double most() {
        return whole == 0 ? Double.NaN : Math.min(1, middle() + reach());
    }

    private double middle() {
        return (value() + Z * Z / (2 * whole)) / (1 + Z * Z / whole);
    }

    private double reach() {
        return Z * Math.sqrt(value() * (1 - value()) / whole + Z * Z / (4.0 * whole * whole)) / (1 + Z * Z / whole);
    }
}
