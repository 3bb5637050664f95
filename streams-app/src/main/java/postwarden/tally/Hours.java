package postwarden.tally;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the main counts of a key came to in each hour of a week, of the hours in which there was anything: what is too old to be
 * kept by the minute, for who asks; no detector reads it. An hour is one of UTC. At most {@value #MOST} of them, some ten bytes
 * each: who comes more than a week behind the first pushes it out. Bytes until somebody adds or asks, because most are carried
 * along. Owned and changed by one thread.
 */
public final class Hours {
    /** A week of them. */
    public static final int MOST = 7 * 24;

    /** Panes in an hour. */
    public static final int PANES = (int) Pane.count(Duration.ofHours(1));

    /** More counts than an hour has. */
    private static final int MOST_COUNTS = 16;

    private static final Map<Integer, Count> BY_ID = new HashMap<>();
    private static final Map<Watch, List<Count>> MAIN = new EnumMap<>(Watch.class);

    static {
        for (Count count : Count.values()) {
            BY_ID.put(count.id(), count);
        }
        MAIN.put(
                Watch.SERVER,
                List.of(Count.CONNECTS, Count.AUTH_FAILURES, Count.MESSAGES, Count.DELIVERIES, Count.DEFERRED));
        MAIN.put(Watch.CLIENT, List.of(Count.CONNECTS, Count.AUTH_FAILURES, Count.MESSAGES, Count.REJECTS));
        MAIN.put(Watch.ACCOUNT, List.of(Count.AUTH_SUCCESSES, Count.AUTH_FAILURES, Count.MESSAGES, Count.RECIPIENTS));
        MAIN.put(Watch.SENDER, List.of(Count.MESSAGES, Count.RECIPIENTS, Count.DEFERRED, Count.BOUNCED));
        MAIN.put(Watch.DESTINATION, List.of(Count.DELIVERIES, Count.DEFERRED, Count.BOUNCED, Count.THROTTLED));
    }

    private byte[] packed;
    /** By hour since 1970; null while nobody has opened the bytes. */
    private @Nullable NavigableMap<Long, Tally> opened;

    /** Nothing counted. */
    public Hours() {
        packed = new byte[0];
        opened = new TreeMap<>();
    }

    private Hours(byte[] packed) {
        this.packed = packed;
    }

    /** The counts that are kept of such a key. */
    public static List<Count> counts(Watch watch) {
        return MAIN.getOrDefault(watch, List.of());
    }

    /** Adds what was counted in a pane or in some panes of one hour. */
    public void add(Watch watch, long pane, Tally tally) {
        List<Count> counts = counts(watch);
        if (counts.stream().noneMatch(count -> tally.count(count) > 0)) {
            return;
        }
        Tally sum = open().computeIfAbsent(Math.floorDiv(pane, PANES), hour -> new Tally());
        counts.forEach(count -> sum.add(count, tally.count(count)));
        forget();
    }

    /** Takes in the other, which stays as it is. */
    public void merge(Hours other) {
        other.open()
                .forEach((hour, sum) ->
                        open().computeIfAbsent(hour, h -> new Tally()).mergeNumbers(sum));
        forget();
    }

    /** How many hours there are. */
    public int size() {
        return open().size();
    }

    /** By the hour's first pane, to read. */
    public SortedMap<Long, Tally> sums() {
        SortedMap<Long, Tally> sums = new TreeMap<>();
        open().forEach((hour, sum) -> sums.put(hour * PANES, sum));
        return sums;
    }

    private void forget() {
        NavigableMap<Long, Tally> hours = open();
        while (!hours.isEmpty() && hours.lastKey() - hours.firstKey() >= MOST) {
            hours.pollFirstEntry();
        }
        packed = new byte[0];
    }

    private NavigableMap<Long, Tally> open() {
        if (opened == null) {
            opened = unpacked(packed);
        }
        return opened;
    }

    /** Writes it behind what is written already. */
    public void write(Packer out) {
        if (packed.length == 0 && opened != null) {
            packed = packed(opened);
        }
        out.bytes(packed);
    }

    private static byte[] packed(Map<Long, Tally> hours) {
        Packer out = new Packer().number(hours.size());
        long before = 0;
        for (Map.Entry<Long, Tally> entry : hours.entrySet()) {
            out.number(entry.getKey() - before).number(entry.getValue().counts().size());
            entry.getValue().eachCount((count, value) -> out.number(count.id()).number(value));
            before = entry.getKey();
        }
        return out.packed();
    }

    /** Reads what {@link #write} wrote; what is in it is looked at when somebody asks. */
    public static Hours read(Unpacker in) {
        return new Hours(in.bytes());
    }

    private static NavigableMap<Long, Tally> unpacked(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        NavigableMap<Long, Tally> hours = new TreeMap<>();
        int size = in.count();
        if (size > MOST) {
            throw new IllegalArgumentException(size + " hours of a week");
        }
        long hour = 0;
        for (int left = size; left > 0; left--) {
            hour += in.number();
            hours.put(hour, tally(in));
        }
        return hours;
    }

    private static Tally tally(Unpacker in) {
        int size = in.count();
        if (size > MOST_COUNTS) {
            throw new IllegalArgumentException(size + " counts of an hour");
        }
        Tally tally = new Tally();
        for (int left = size; left > 0; left--) {
            Count count = BY_ID.get((int) in.number());
            long value = in.number();
            if (count != null) {
                tally.add(count, value);
            }
        }
        return tally;
    }
}
