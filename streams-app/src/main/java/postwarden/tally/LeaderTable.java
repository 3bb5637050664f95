package postwarden.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/**
 * Counts of more names than there is room for: a count-min sketch (Cormode and Muthukrishnan 2005) of {@value #ROWS} rows with
 * {@value #WIDTH} cells. Each cell also keeps the name of one of its events, drawn by lot, and which of 64 classes the
 * details of its events fell into (linear counting, Whang, Vander-Zanden and Taylor 1990). All of it is a sum, a lowest or a
 * union, so it depends on what was added and on nothing else.
 */
final class LeaderTable {
    static final int ROWS = 3;
    static final int WIDTH = 64;
    static final int CELLS = ROWS * WIDTH;
    /** Standard deviations that are taken off for what else fell into a cell: by chance three rows exceed it once in 10^7. */
    private static final double DEVIATIONS = 3;

    /** From a median of deviations to a standard deviation, where they are normal. */
    private static final double NORMAL = 1.4826;

    private static final int WIDTH_BITS = 6;
    /** Odd numbers of which the upper bits spread (Dietzfelbinger et al. 1997); the first is Knuth's golden ratio. */
    private static final long[] SPREADS = {0x9E3779B97F4A7C15L, 0xC2B2AE3D27D4EB4FL, 0xD6E8FEB86659FD93L};

    private static final Drawn NOBODY = new Drawn(Long.MAX_VALUE, 0, "");

    final long[] counts = new long[CELLS];
    final long[] details = new long[CELLS];
    /** Of use where the count is not 0. */
    final Drawn[] drawn = new Drawn[CELLS];

    LeaderTable() {
        Arrays.fill(drawn, NOBODY);
    }

    void add(Drawn one, long n, long detail) {
        for (int row = 0; row < ROWS; row++) {
            put(cell(row, one.id()), one, n, detail);
        }
    }

    void merge(LeaderTable other) {
        for (int at = 0; at < CELLS; at++) {
            if (other.counts[at] > 0) {
                put(at, other.drawn[at], other.counts[at], other.details[at]);
            }
        }
    }

    void put(int at, Drawn one, long n, long detail) {
        counts[at] += n;
        details[at] |= detail;
        drawn[at] = drawn[at].lower(one);
    }

    /** No name came more often than this. */
    long most() {
        long least = Long.MAX_VALUE;
        for (int row = 0; row < ROWS; row++) {
            long most = 0;
            for (int at = row * WIDTH; at < (row + 1) * WIDTH; at++) {
                most = Math.max(most, counts[at]);
            }
            least = Math.min(least, most);
        }
        return least;
    }

    /** What is known of a name. */
    Leader bounds(long id, String name, List<Noise> noise) {
        long atMost = Long.MAX_VALUE;
        double atLeast = Double.MAX_VALUE;
        long kinds = Long.MAX_VALUE;
        for (int row = 0; row < ROWS; row++) {
            int at = cell(row, id);
            atMost = Math.min(atMost, counts[at]);
            atLeast = Math.min(atLeast, counts[at] - noise.get(row).most());
            kinds = Math.min(
                    kinds, Math.max(0, kinds(details[at]) - noise.get(row).kinds()));
        }
        return new Leader(name, Math.max(0, (long) Math.floor(atLeast)), atMost, kinds);
    }

    /**
     * What a cell of a row has from names that nobody asks for: half of the cells have less, and hardly one has
     * {@link #most}. Medians, because the names that are looked for must not hide each other.
     *
     * @param usual events
     * @param spread standard deviation of the events; a Poisson's at least
     * @param kinds different details, about
     */
    record Noise(double usual, double spread, long kinds) {
        double most() {
            return usual + DEVIATIONS * spread;
        }
    }

    /** The noise of each row. */
    List<Noise> noise() {
        List<Noise> noise = new ArrayList<>(ROWS);
        for (int row = 0; row < ROWS; row++) {
            int from = row * WIDTH;
            double usual = median(from, at -> counts[at]);
            double off = median(from, at -> Math.abs(counts[at] - usual));
            double spread = Math.max(Math.sqrt(usual), NORMAL * off);
            noise.add(new Noise(usual, spread, (long) median(from, at -> kinds(details[at]))));
        }
        return noise;
    }

    private static double median(int from, IntToDoubleFunction value) {
        double[] sorted = new double[WIDTH];
        for (int at = 0; at < WIDTH; at++) {
            sorted[at] = value.applyAsDouble(from + at);
        }
        Arrays.sort(sorted);
        return sorted[WIDTH / 2];
    }

    /** One for each name that was drawn for a cell. */
    Collection<Drawn> names() {
        TreeMap<Long, Drawn> byId = new TreeMap<>();
        for (int at = 0; at < CELLS; at++) {
            if (counts[at] > 0) {
                byId.merge(drawn[at].id(), drawn[at], Drawn::lower);
            }
        }
        return byId.values();
    }

    /** How many different details make this many of 64 classes, about; the last class is taken for half. */
    static long kinds(long classes) {
        double empty = Math.max(0.5, Long.SIZE - Long.bitCount(classes));
        return Math.round(-Long.SIZE * Math.log(empty / Long.SIZE));
    }

    private static int cell(int row, long id) {
        return row * WIDTH + (int) ((id * SPREADS[row]) >>> (Long.SIZE - WIDTH_BITS));
    }
}
