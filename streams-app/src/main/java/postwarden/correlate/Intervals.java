package postwarden.correlate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which bytes of one file were read: disjoint intervals in order, normally one. A set rather than a high-water mark, because
 * an idempotent producer that gave up on one batch may have delivered a later one. Immutable.
 */
public final class Intervals {
    /** Intervals kept for one file; holes are rare and close again, so more than this means a hostile or broken reporter. */
    static final int MOST = 512;

    public static final Intervals NONE = new Intervals(new long[0], 0);

    /** Start and end of each interval in turn, in bytes, ascending. */
    private final long[] bounds;

    private final long day;

    private Intervals(long[] bounds, long day) {
        this.bounds = bounds;
        this.day = day;
    }

    /** The set with these bounds: start and end of each interval in turn, in bytes, ascending. */
    public static Intervals of(long... bounds) {
        return new Intervals(bounds.clone(), 0);
    }

    /** The day on which it grew last, since 1970; 0 when nobody noted it. */
    public long day() {
        return day;
    }

    /** The same set, which grew on that day. */
    public Intervals on(long thatDay) {
        return thatDay == day ? this : new Intervals(bounds, thatDay);
    }

    /** Start and end of each interval in turn, in bytes, ascending. */
    public long[] bounds() {
        return bounds.clone();
    }

    /** Whether every byte from {@code start} to before {@code end} is in the set. */
    public boolean cover(long start, long end) {
        for (int i = bounds.length - 2; i >= 0; i -= 2) {
            if (start >= bounds[i]) {
                return end <= bounds[i + 1] && start < bounds[i + 1];
            }
        }
        return false;
    }

    /**
     * This set and the bytes from {@code start} to before {@code end}. Beyond {@value #MOST} intervals the lowest is given up:
     * a line that comes again may then be counted twice, but none is lost.
     */
    public Intervals with(long start, long end) {
        int last = bounds.length - 1;
        if (last > 0 && start == bounds[last]) {
            long[] grown = bounds.clone();
            grown[last] = end;
            return new Intervals(grown, day);
        }
        long[] merged = new long[bounds.length + 2];
        int size = 0;
        long from = start;
        long to = end;
        boolean placed = false;
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i + 1] < from) {
                merged[size++] = bounds[i];
                merged[size++] = bounds[i + 1];
            } else if (bounds[i] > to) {
                if (!placed) {
                    merged[size++] = from;
                    merged[size++] = to;
                    placed = true;
                }
                merged[size++] = bounds[i];
                merged[size++] = bounds[i + 1];
            } else {
                from = Math.min(from, bounds[i]);
                to = Math.max(to, bounds[i + 1]);
            }
        }
        if (!placed) {
            merged[size++] = from;
            merged[size++] = to;
        }
        int cut = Math.max(0, size - 2 * MOST);
        return new Intervals(Arrays.copyOfRange(merged, cut, size), day);
    }

    /** Whether a piece leaves a hole behind the highest interval, or before the lowest; between them there is one already. */
    public boolean opensGap(long start, long end) {
        return bounds.length > 0 && (start > bounds[bounds.length - 1] || end < bounds[0]);
    }

    /**
     * What is not in the set of the bytes from {@code start} to before {@code end}, in order.
     *
     * @return of each part its start and its end
     */
    public List<long[]> missing(long start, long end) {
        List<long[]> missing = new ArrayList<>();
        long from = start;
        for (int i = 0; i < bounds.length && from < end; i += 2) {
            if (bounds[i] > from) {
                missing.add(new long[] {from, Math.min(end, bounds[i])});
            }
            from = Math.max(from, bounds[i + 1]);
        }
        if (from < end) {
            missing.add(new long[] {from, end});
        }
        return missing;
    }

    /** First byte of the set, or -1 when it is empty. */
    public long first() {
        return bounds.length == 0 ? -1 : bounds[0];
    }

    /** First byte behind the set, or -1 when it is empty. */
    public long last() {
        return bounds.length == 0 ? -1 : bounds[bounds.length - 1];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Intervals that && day == that.day && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds) + Long.hashCode(day);
    }

    @Override
    public String toString() {
        return Arrays.toString(bounds);
    }
}
