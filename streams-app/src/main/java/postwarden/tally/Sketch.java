package postwarden.tally;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;

/**
 * How many different values were seen: exact up to {@value #EXACT}, then estimated (UltraLogLog, Ertl 2023) with a standard
 * error of 2.4 % in 1 KiB. Merging is associative, commutative and idempotent, whichever of the two forms either side has.
 */
public final class Sketch {
    /** Values that are kept exactly: every default threshold on a distinct count lies below it, so decisions are exact. */
    static final int EXACT = 64;

    private static final int PRECISION = 10;
    private static final Hasher64 HASHER = Hashing.wyhashFinal4();

    private static final long[] NOTHING = {};
    private static final UltraLogLog[] ABSENT = {};

    /** Sorted hashes; used while {@link #estimator} is absent. */
    private long[] exact = NOTHING;

    private int size;
    private UltraLogLog[] estimator = ABSENT;

    /** Adds a value. */
    public void add(String value) {
        addHash(HASHER.hashCharsToLong(value));
    }

    void addHash(long hash) {
        if (estimator.length > 0) {
            estimator[0].add(hash);
            return;
        }
        int at = Arrays.binarySearch(exact, 0, size, hash);
        if (at >= 0) {
            return;
        }
        insert(-at - 1, hash);
        if (size > EXACT) {
            spill();
        }
    }

    /** How many different values were added, exact up to {@value #EXACT}. */
    public long count() {
        return estimator.length > 0 ? Math.round(estimator[0].getDistinctCountEstimate()) : size;
    }

    /** Whether a value was added; true for any value, perhaps wrongly, once the sketch is an estimate. */
    public boolean mayHold(String value) {
        return estimator.length > 0 || Arrays.binarySearch(exact, 0, size, HASHER.hashCharsToLong(value)) >= 0;
    }

    /** How many values are in this sketch and not in the other; an estimate unless both are exact. */
    public long countBeyond(Sketch other) {
        if (estimator.length == 0 && other.estimator.length == 0) {
            long beyond = 0;
            for (int i = 0; i < size; i++) {
                if (Arrays.binarySearch(other.exact, 0, other.size, exact[i]) < 0) {
                    beyond++;
                }
            }
            return beyond;
        }
        Sketch both = new Sketch();
        both.merge(this);
        both.merge(other);
        return Math.max(0, both.count() - other.count());
    }

    /** Takes in all values of the other, which stays as it is. */
    public void merge(Sketch other) {
        if (other.estimator.length == 0) {
            for (int i = 0; i < other.size; i++) {
                addHash(other.exact[i]);
            }
            return;
        }
        if (estimator.length == 0) {
            spill();
        }
        estimator[0].add(other.estimator[0]);
    }

    /** Bytes that it takes when it is stored. */
    int weight() {
        return estimator.length > 0 ? 1 << PRECISION : Long.BYTES * size;
    }

    boolean isExact() {
        return estimator.length == 0;
    }

    /** The sorted hashes of an exact sketch. */
    long[] hashes() {
        return Arrays.copyOf(exact, size);
    }

    /** The registers of an estimating sketch. */
    byte[] registers() {
        return estimator[0].getState();
    }

    static Sketch ofRegisters(byte[] registers) {
        Sketch sketch = new Sketch();
        sketch.estimator = new UltraLogLog[] {UltraLogLog.wrap(registers)};
        sketch.exact = NOTHING;
        return sketch;
    }

    private void insert(int at, long hash) {
        if (size == exact.length) {
            exact = Arrays.copyOf(exact, Math.max(4, size * 2));
        }
        System.arraycopy(exact, at, exact, at + 1, size - at);
        exact[at] = hash;
        size++;
    }

    private void spill() {
        UltraLogLog estimate = UltraLogLog.create(PRECISION);
        for (int i = 0; i < size; i++) {
            estimate.add(exact[i]);
        }
        estimator = new UltraLogLog[] {estimate};
        exact = NOTHING;
        size = 0;
    }
}
