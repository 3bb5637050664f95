package postwarden.tally;

import java.util.Comparator;

/**
 * One event drawn by lot from many: the one with the lowest lot. The lowest of all is the lowest of the lowest, so drawing
 * may be done in any order and in any number of steps, and a name is drawn as often as its share is.
 *
 * @param lot as good as random, always the same for the same event
 * @param id hash of what the name stands for
 */
record Drawn(long lot, long id, String name) implements Comparable<Drawn> {
    private static final Comparator<Drawn> ORDER =
            Comparator.comparingLong(Drawn::lot).thenComparingLong(Drawn::id).thenComparing(Drawn::name);

    @Override
    public int compareTo(Drawn other) {
        return ORDER.compare(this, other);
    }

    Drawn lower(Drawn other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
