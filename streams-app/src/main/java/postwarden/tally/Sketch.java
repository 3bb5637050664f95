package postwarden.tally;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * How many different values were seen: exact up to {@value #EXACT}, then estimated (UltraLogLog, Ertl 2023) with a standard
 * error of 2.4 % in 1 KiB. Merging is associative, commutative and idempotent, whichever of the two forms either side has.
 */
public final class Sketch {
    /** Values that are kept exactly: every default threshold on a distinct count lies below it, so decisions are exact. */
    static final int EXACT = 64;

    private static final int PRECISION = 10;
    /** Of an estimate with that precision. */
    private static final double STANDARD_ERROR = 0.024;
    /** Standard errors that a difference of estimates must exceed. */
    private static final double ERRORS = 4;
    /** Probability below which something is not there by chance: asked once a minute, once in a thousand hours. */
    private static final double SURE = 1e-5;
    /** The most that a crowded sketch is taken to be. */
    private static final double CROWDED = 0.999;

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

    /** Whether a value was added; perhaps true for another one as well once the sketch is an estimate. */
    public boolean mayHold(String value) {
        Sketch alone = new Sketch();
        alone.add(value);
        return alone.surelyBeyond(this).isEmpty();
    }

    /** How many values are in this sketch and not in the other; an estimate unless both are exact. */
    public long countBeyond(Sketch other) {
        if (estimator.length == 0) {
            return Math.min(size, Math.round(surelyBeyond(other).cardinality() / (1 - other.chance())));
        }
        Sketch both = new Sketch();
        both.merge(this);
        both.merge(other);
        return Math.max(0, both.count() - other.count());
    }

    /**
     * How many values are in this sketch and in {@code other}, but not in {@code known}; 0 where that many may be there by
     * chance, because a sketch that estimates takes some values for its own that were never added.
     */
    public long countSharedBeyond(Sketch known, Sketch other) {
        if (estimator.length > 0) {
            Sketch either = new Sketch();
            either.merge(known);
            either.merge(other);
            long shared = countBeyond(known) - countBeyond(either);
            return shared > ERRORS * STANDARD_ERROR * (either.count() + count()) ? shared : 0;
        }
        BitSet fresh = surelyBeyond(known);
        BitSet sharedOnes = (BitSet) fresh.clone();
        sharedOnes.andNot(surelyBeyond(other));
        int shared = sharedOnes.cardinality();
        return shared > 0 && RegularizedBeta.value(other.chance(), shared, fresh.cardinality() - shared + 1.0) < SURE
                ? shared
                : 0;
    }

    /**
     * Which values of this exact sketch were certainly never added to the other. Each is asked for by itself: one that was added
     * changes no register. The difference of two estimates would be off by a fortieth of the larger, and a login from a new
     * address, out of five hundred known ones, is one.
     */
    private BitSet surelyBeyond(Sketch other) {
        BitSet beyond = new BitSet(size);
        if (other.estimator.length == 0) {
            for (int i = 0; i < size; i++) {
                beyond.set(i, Arrays.binarySearch(other.exact, 0, other.size, exact[i]) < 0);
            }
            return beyond;
        }
        UltraLogLog with = other.estimator[0].copy();
        for (int i = 0; i < size; i++) {
            int value = i;
            with.add(exact[i], probability -> beyond.set(value));
        }
        return beyond;
    }

    /** How likely it is that a value which was never added looks as if it had been, 0 to below 1. */
    private double chance() {
        return estimator.length == 0 ? 0 : Math.min(CROWDED, 1 - estimator[0].getStateChangeProbability());
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
