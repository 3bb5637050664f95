package postwarden.benchmarks;

import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Numbers that stand for clients, accounts, senders or destinations, drawn by the law of Zipf and Mandelbrot: the chance of
 * number r goes with 1 / (r + {@link #FLAT}).
 */
final class Population {
    /** Flattens the head, where plain Zipf would give one client of a hundred thousand a twelfth of all mail. */
    private static final double FLAT = 50;

    private final int size;
    private final double fresh;
    private final SplittableRandom random;
    private final BitSet seen = new BitSet();
    private int next;

    /**
     * @param size how many there are, >= 1
     * @param fresh share of the draws that give a number never drawn before and never drawn again, size and above
     */
    Population(int size, double fresh, SplittableRandom random) {
        this.size = size;
        this.fresh = fresh;
        this.random = random;
        this.next = size;
    }

    int draw() {
        int number = fresh > 0 && random.nextDouble() < fresh ? next++ : known();
        seen.set(number);
        return number;
    }

    /** How many different numbers were drawn so far. */
    int seen() {
        return seen.cardinality();
    }

    private int known() {
        double rank = FLAT * Math.pow((size + FLAT) / FLAT, random.nextDouble()) - FLAT;
        return Math.min(size - 1, (int) rank);
    }
}
