package postwarden.tally;

import java.time.Duration;
import java.util.Arrays;

/**
 * What a count usually comes to in each hour of the week: a mean over the last weeks, of the hours in which there was anything.
 * Hours begin where the first minute that was learned does, not at full ones. Whole numbers only, so that what is known does not
 * depend on how often it was looked at. Owned and changed by one thread.
 */
public final class Week {
    private static final int HOURS = 7 * 24;
    private static final long HOUR = Pane.count(Duration.ofHours(1));
    private static final long WEEK = HOURS * HOUR;
    private static final double MINUTES = 60;

    /** Weeks that a mean is taken over, about: what was given up is forgotten within a season, one week off changes little. */
    private static final int WEEKS = 4;
    /** Weeks without any after which a mean of {@link #WEEKS} is below a hundredth of what it was. */
    private static final int FORGOTTEN = 16;

    /** Panes from 1970 that no stamp is beyond: ten thousand years, because a stamp's year has four digits. */
    private static final long FARTHEST = 10_000L * 365 * 24 * HOUR;

    private static final int HUNDREDTHS = 100;
    /** Most keys come once. */
    private static final int FIRST_ROOM = 1;

    private final long since;
    private int size;
    /** Rising; the others by the same index. */
    private short[] hours = new short[FIRST_ROOM];
    /** The last week in which there was anything at this hour. */
    private int[] last = new int[FIRST_ROOM];
    /** How much in that week, so far. */
    private long[] counted = new long[FIRST_ROOM];
    /** The mean of the weeks before it, in hundredths of an event an hour. */
    private long[] usual = new long[FIRST_ROOM];

    /** @param since pane of the first minute that is learned */
    public Week(long since) {
        this.since = since;
    }

    /** Learns what was counted in the minute at this pane; minutes come in their order. */
    public void add(long pane, long count) {
        if (pane < since || count <= 0) {
            return;
        }
        int week = week(pane);
        int at = Arrays.binarySearch(hours, 0, size, hour(pane));
        if (at < 0) {
            at = insert(-at - 1, hour(pane), week);
        } else if (last[at] < week) {
            usual[at] = before(at, week);
            last[at] = week;
            counted[at] = 0;
        }
        counted[at] += count;
    }

    /**
     * What is usual at this pane: between what is usual at all and what was usual at this hour, the more of the latter the more
     * weeks are known; as it is while no week is. How much the counts scatter about their mean is left as it is.
     */
    public Baseline at(long pane, Baseline overall) {
        int weeks = pane < since ? 0 : Math.min(week(pane), WEEKS);
        if (weeks == 0) {
            return overall;
        }
        double own = weeks / (weeks + 1.0);
        // Nobody is punctual to the hour: what usually begins at its end may begin in the next.
        double hourly = (2 * mean(pane) + mean(pane - HOUR) + mean(pane + HOUR)) / 4;
        return overall.withMean(own * hourly / MINUTES + (1 - own) * overall.mean());
    }

    /** Events in an hour, on the mean of the weeks before this pane's. */
    private double mean(long pane) {
        if (pane < since) {
            return 0;
        }
        int at = Arrays.binarySearch(hours, 0, size, hour(pane));
        return at < 0 ? 0 : before(at, week(pane)) / (double) HUNDREDTHS;
    }

    /** The mean at an hour over the weeks before this one. */
    private long before(int at, int week) {
        if (week <= last[at]) {
            return usual[at];
        }
        if (week - last[at] > FORGOTTEN) {
            return 0;
        }
        long mean = usual[at];
        for (int each = last[at]; each < week; each++) {
            long seen = each == last[at] ? HUNDREDTHS * counted[at] : 0;
            mean += (seen - mean) / Math.min(each + 1, WEEKS);
        }
        return mean;
    }

    private int insert(int at, short hour, int week) {
        if (size == hours.length) {
            int room = Math.min(2 * size, HOURS);
            hours = Arrays.copyOf(hours, room);
            last = Arrays.copyOf(last, room);
            counted = Arrays.copyOf(counted, room);
            usual = Arrays.copyOf(usual, room);
        }
        System.arraycopy(hours, at, hours, at + 1, size - at);
        System.arraycopy(last, at, last, at + 1, size - at);
        System.arraycopy(counted, at, counted, at + 1, size - at);
        System.arraycopy(usual, at, usual, at + 1, size - at);
        hours[at] = hour;
        last[at] = week;
        counted[at] = 0;
        usual[at] = 0;
        size++;
        return at;
    }

    private int week(long pane) {
        return (int) ((pane - since) / WEEK);
    }

    private short hour(long pane) {
        return (short) ((pane - since) % WEEK / HOUR);
    }

    /** Writes it behind what is written already: some five bytes for each hour that is known. */
    public void write(Packer out) {
        out.number(since).number(size);
        for (int at = 0; at < size; at++) {
            out.number(hours[at]).number(last[at]).number(counted[at]).number(usual[at]);
        }
    }

    /** @throws IllegalArgumentException when the bytes are no week */
    public static Week read(Unpacker in) {
        long since = in.number();
        int size = in.count();
        if (size > HOURS || since < -FARTHEST || since > FARTHEST) {
            throw new IllegalArgumentException("a week of " + size + " hours since pane " + since);
        }
        Week week = new Week(since);
        for (int at = 0; at < size; at++) {
            long hour = in.number();
            if (hour < 0 || hour >= HOURS || (at > 0 && hour <= week.hours[at - 1])) {
                throw new IllegalArgumentException("hour " + hour + " of a week");
            }
            long last = in.number();
            long counted = in.number();
            long usual = in.number();
            if (last < 0 || last > FARTHEST / WEEK || counted < 0 || usual < 0) {
                throw new IllegalArgumentException(
                        counted + " counted and " + usual + " usual in week " + last + " of a key");
            }
            week.insert(at, (short) hour, (int) last);
            week.counted[at] = counted;
            week.usual[at] = usual;
        }
        return week;
    }
}
