package postwarden.tally;

import java.util.Arrays;

/**
 * Numbers by a small index, of which few are not zero: a bit for each index that has one, and the numbers packed in the order
 * of their indexes. Most tallies count five of seventy things, and there are a million of them.
 */
final class Sparse {
    /** Indexes are below this. */
    static final int LIMIT = 128;

    private static final long[] NOTHING = {};

    private long low;
    private long high;
    private long[] values = NOTHING;

    /** The number at the index, 0 where none was set. */
    long get(int index) {
        return has(index) ? values[rank(index)] : 0;
    }

    void add(int index, long n) {
        if (n != 0) {
            int at = place(index);
            values[at] += n;
        }
    }

    /** Raises the number at the index to at least {@code value}. */
    void raise(int index, long value) {
        if (value > get(index)) {
            int at = place(index);
            values[at] = value;
        }
    }

    void addAll(Sparse other) {
        int at = 0;
        for (int index = other.next(0); index < LIMIT; index = other.next(index + 1)) {
            add(index, other.values[at++]);
        }
    }

    void raiseAll(Sparse other) {
        int at = 0;
        for (int index = other.next(0); index < LIMIT; index = other.next(index + 1)) {
            raise(index, other.values[at++]);
        }
    }

    /** The first index from {@code from} on that has a number; {@link #LIMIT} when there is none. */
    int next(int from) {
        if (from < Long.SIZE) {
            long rest = low & (-1L << from);
            if (rest != 0) {
                return Long.numberOfTrailingZeros(rest);
            }
        }
        int upper = Math.max(0, from - Long.SIZE);
        long rest = upper < Long.SIZE ? high & (-1L << upper) : 0;
        return rest == 0 ? LIMIT : Long.SIZE + Long.numberOfTrailingZeros(rest);
    }

    /** How many indexes have a number. */
    int size() {
        return Long.bitCount(low) + Long.bitCount(high);
    }

    private boolean has(int index) {
        return (index < Long.SIZE ? low >>> index & 1 : high >>> (index - Long.SIZE) & 1) != 0;
    }

    private int rank(int index) {
        return index < Long.SIZE
                ? Long.bitCount(low & ((1L << index) - 1))
                : Long.bitCount(low) + Long.bitCount(high & ((1L << (index - Long.SIZE)) - 1));
    }

    /** Where the number of the index stands, made room for when there is none. */
    private int place(int index) {
        int rank = rank(index);
        if (has(index)) {
            return rank;
        }
        int size = size();
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(4, size * 2));
        }
        System.arraycopy(values, rank, values, rank + 1, size - rank);
        values[rank] = 0;
        if (index < Long.SIZE) {
            low |= 1L << index;
        } else {
            high |= 1L << (index - Long.SIZE);
        }
        return rank;
    }
}
