package postwarden.detect.reading;

/** Which part of what a key does usually ends in one way: its own past, held by what is ordinary while that is short. */
public final class UsualShare {
    private UsualShare() {}

    /**
     * The share, 0 to 1; never less than the ordinary one, since a key that was lucky so far is no better than others.
     *
     * @param some how often it ended so
     * @param all how often it ended in any way
     * @param ordinary share of an ordinary key, 0 to 1
     * @param believed from how many its own past counts more than the ordinary, >= 1
     */
    public static double of(long some, long all, double ordinary, int believed) {
        return Math.max(ordinary, (some + ordinary * believed) / (all + (double) believed));
    }
}
