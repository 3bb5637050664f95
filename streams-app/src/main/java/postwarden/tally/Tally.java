package postwarden.tally;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import postwarden.event.Event;

/**
 * What was counted for one key in one span of event time. Merging is associative and commutative and an empty tally changes
 * nothing, so a sum may be built in any order and in any number of steps. {@link #names} is the exception: beyond its bound
 * it is a guide for people, and no decision may rest on it.
 *
 * <p>Mutable, because it is added to for every line: it is owned by whoever built it and never shared while it grows.
 */
public final class Tally {
    /** Evidence lines kept for each count: an alert shows ten in all, from three or four counts. */
    static final int SAMPLES_PER_COUNT = 3;
    /** Names kept with their counts; more than an alert shows (five), so that a merge of panes keeps the true top. */
    static final int NAMES = 24;

    private static final Count[] COUNTS = Count.values();
    private static final int PEAKS = Peak.values().length;

    private final long[] counts = new long[COUNTS.length];
    private final long[] peaks = new long[PEAKS];
    private final Map<Distinct, Sketch> sketches = new EnumMap<>(Distinct.class);
    private final Map<Count, List<Sample>> samples = new EnumMap<>(Count.class);
    private final Map<String, Long> names = new TreeMap<>();
    private long marks;

    /** Adds {@code n}. */
    public Tally add(Count count, long n) {
        counts[count.ordinal()] += n;
        return this;
    }

    /** Adds {@code n}, and keeps the event's line as evidence while there is room. */
    public Tally add(Count count, long n, Event event) {
        counts[count.ordinal()] += n;
        List<Sample> kept = samples.computeIfAbsent(count, c -> new ArrayList<>(SAMPLES_PER_COUNT));
        // Lines of a host come almost in order, so a full list is rarely touched again.
        if (kept.size() < SAMPLES_PER_COUNT
                || event.time().isBefore(kept.get(kept.size() - 1).time())) {
            keep(kept, Sample.of(count, event));
        }
        return this;
    }

    /** Raises the peak to at least {@code value}. */
    public Tally raise(Peak peak, long value) {
        peaks[peak.ordinal()] = Math.max(peaks[peak.ordinal()], value);
        return this;
    }

    /** Notes a value of which the different ones are counted. */
    public Tally note(Distinct distinct, String value) {
        sketches.computeIfAbsent(distinct, d -> new Sketch()).add(value);
        return this;
    }

    /** Notes that something was seen. */
    public Tally mark(Mark mark) {
        marks |= mark.mask();
        return this;
    }

    /** Counts a name to show, such as the remote host that refused; prefix it with its role, as in {@code relay:mx1}. */
    public Tally name(String name, long n) {
        if (names.size() < NAMES || names.containsKey(name)) {
            names.merge(name, n, Long::sum);
        }
        return this;
    }

    /** Takes in the other, which stays as it is. */
    public Tally merge(Tally other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        for (int i = 0; i < peaks.length; i++) {
            peaks[i] = Math.max(peaks[i], other.peaks[i]);
        }
        marks |= other.marks;
        // Loops over keys rather than forEach over entries: windows merge hundreds of tallies, and each entry is an
        // object.
        for (Distinct distinct : other.sketches.keySet()) {
            sketches.computeIfAbsent(distinct, d -> new Sketch()).merge(other.sketch(distinct));
        }
        for (Count count : other.samples.keySet()) {
            List<Sample> kept = samples.computeIfAbsent(count, c -> new ArrayList<>(SAMPLES_PER_COUNT));
            List<Sample> theirs = other.samples.getOrDefault(count, List.of());
            for (int i = 0; i < theirs.size(); i++) {
                keep(kept, theirs.get(i));
            }
        }
        other.names.forEach(this::name);
        return this;
    }

    public long count(Count count) {
        return counts[count.ordinal()];
    }

    /** The sum of several counts. */
    public long sum(Count... several) {
        long sum = 0;
        for (Count count : several) {
            sum += counts[count.ordinal()];
        }
        return sum;
    }

    /** One count as a share of another, 0 when the other is 0. */
    public double share(Count part, Count whole) {
        long all = count(whole);
        return all == 0 ? 0 : (double) count(part) / all;
    }

    public long peak(Peak peak) {
        return peaks[peak.ordinal()];
    }

    public boolean has(Mark mark) {
        return (marks & mark.mask()) != 0;
    }

    public long distinct(Distinct distinct) {
        Sketch sketch = sketches.get(distinct);
        return sketch == null ? 0 : sketch.count();
    }

    /** The values of a distinct count, to hold against another; empty when none came. */
    public Sketch sketch(Distinct distinct) {
        return sketches.getOrDefault(distinct, new Sketch());
    }

    /** The lines kept for a count, the earliest first. */
    public List<Sample> samples(Count count) {
        return List.copyOf(samples.getOrDefault(count, List.of()));
    }

    /** The names with their counts, by name. */
    public Map<String, Long> names() {
        return Map.copyOf(names);
    }

    /** The names that begin with {@code role}, without it, the most frequent first, at most {@code most}. */
    public List<String> topNames(String role, int most) {
        return names.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(role))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(entry -> entry.getKey().substring(role.length()))
                .toList();
    }

    long marks() {
        return marks;
    }

    void restoreMarks(long restored) {
        marks = restored;
    }

    void restore(Sample sample) {
        keep(samples.computeIfAbsent(sample.of(), c -> new ArrayList<>(SAMPLES_PER_COUNT)), sample);
    }

    Map<Distinct, Sketch> sketches() {
        return sketches;
    }

    Map<Count, List<Sample>> samples() {
        return samples;
    }

    /** Keeps the earliest, in order; {@code kept} is full most of the time and what comes is later than all of it. */
    private static void keep(List<Sample> kept, Sample sample) {
        int at = kept.size();
        int order = at == 0 ? 1 : Sample.compare(sample, kept.get(at - 1));
        while (order < 0) {
            at--;
            order = at == 0 ? 1 : Sample.compare(sample, kept.get(at - 1));
        }
        if (order == 0 || at == SAMPLES_PER_COUNT) {
            return;
        }
        kept.add(at, sample);
        if (kept.size() > SAMPLES_PER_COUNT) {
            kept.remove(SAMPLES_PER_COUNT);
        }
    }
}
