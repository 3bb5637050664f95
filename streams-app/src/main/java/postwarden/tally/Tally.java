package postwarden.tally;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import postwarden.event.Event;

/**
 * What was counted for one key in one span of event time. Merging is associative and commutative and an empty tally changes
 * nothing, so a sum may be built in any order and in any number of steps. {@link #names} is the exception: beyond its bound
 * it is a guide for people, and no decision may rest on it; {@link #hasAllNames} tells.
 *
 * <p>Mutable, because it is added to for every line: it is owned by whoever built it and never shared while it grows.
 */
public final class Tally {
    private static final Sketch[] NO_SKETCHES = {};
    private static final Sketch UNSEEN = new Sketch();
    private static final Count[] COUNTS = Count.values();
    private static final Distinct[] DISTINCT = Distinct.values();

    private final Sparse counts = new Sparse();
    private final Sparse peaks = new Sparse();
    /** By ordinal; nothing before the first. */
    private Sketch[] sketches = NO_SKETCHES;

    private final Details details = new Details();
    private long marks;

    /** Adds {@code n}. */
    public Tally add(Count count, long n) {
        counts.add(count.ordinal(), n);
        return this;
    }

    /** Adds {@code n}, and keeps the event's line as evidence while there is room. */
    public Tally add(Count count, long n, Event event) {
        counts.add(count.ordinal(), n);
        details.add(count, event);
        return this;
    }

    /** Raises the peak to at least {@code value}. */
    public Tally raise(Peak peak, long value) {
        peaks.raise(peak.ordinal(), value);
        return this;
    }

    /** Notes a value of which the different ones are counted. */
    public Tally note(Distinct distinct, String value) {
        open(distinct).add(value);
        return this;
    }

    /** Notes that something was seen. */
    public Tally mark(Mark mark) {
        marks |= mark.mask();
        return this;
    }

    /** Counts a name to show, such as the remote host that refused; prefix it with its role, as in {@code relay:mx1}. */
    public Tally name(String name, long n) {
        details.name(name, n);
        return this;
    }

    /**
     * Counts a name among those of which the most frequent are kept.
     *
     * @param id what the name stands for: equal ids are the same
     * @param name how it is shown, cut at {@value Details#NAME_LIMIT} characters
     * @param event a number of the event, always the same for the same event
     * @param detail what the events of a name may have in common or not; empty for nothing
     */
    public Tally lead(Lead lead, String id, String name, long event, String detail) {
        details.lead(lead, id, name, event, detail);
        return this;
    }

    /** Takes in the other, which stays as it is. */
    public Tally merge(Tally other) {
        mergeNumbers(other);
        marks |= other.marks;
        details.merge(other.details);
        return this;
    }

    /**
     * Takes in the other, which must not change as long as this is used: its lines, names and leaders are taken in when
     * somebody asks for any, which of most sums nobody does.
     */
    public Tally mergeLater(Tally other) {
        mergeNumbers(other);
        marks |= other.marks;
        details.mergeLater(other.details);
        return this;
    }

    /** Takes in the counts, peaks and distinct values of the other alone: much cheaper, for who shows numbers and nothing else. */
    public Tally mergeNumbers(Tally other) {
        counts.addAll(other.counts);
        peaks.raiseAll(other.peaks);
        for (Distinct distinct : DISTINCT) {
            if (other.has(distinct)) {
                open(distinct).merge(other.sketches[distinct.ordinal()]);
            }
        }
        return this;
    }

    public long count(Count count) {
        return counts.get(count.ordinal());
    }

    /** Calls the visitor for each count that something was added to, which are a few of many. */
    public void eachCount(ObjLongConsumer<Count> visitor) {
        for (int at = counts.next(0); at < Sparse.LIMIT; at = counts.next(at + 1)) {
            visitor.accept(COUNTS[at], counts.get(at));
        }
    }

    /** The sum of several counts. */
    public long sum(Count... several) {
        long sum = 0;
        for (Count count : several) {
            sum += count(count);
        }
        return sum;
    }

    /** One count as a share of another, 0 when the other is 0. */
    public double share(Count part, Count whole) {
        long all = count(whole);
        return all == 0 ? 0 : (double) count(part) / all;
    }

    public long peak(Peak peak) {
        return peaks.get(peak.ordinal());
    }

    public boolean has(Mark mark) {
        return (marks & mark.mask()) != 0;
    }

    public long distinct(Distinct distinct) {
        return has(distinct) ? sketches[distinct.ordinal()].count() : 0;
    }

    /** Calls the visitor for each distinct count of which a value came. */
    public void eachDistinct(ObjLongConsumer<Distinct> visitor) {
        for (int at = 0; at < sketches.length; at++) {
            if (sketches[at] != UNSEEN) {
                visitor.accept(DISTINCT[at], sketches[at].count());
            }
        }
    }

    /** The values of a distinct count, to hold against another, not to change; empty when none came. */
    public Sketch sketch(Distinct distinct) {
        return has(distinct) ? sketches[distinct.ordinal()] : UNSEEN;
    }

    /** The most frequent names of a kind, to read, not to change; empty when none came. */
    public Leaders leaders(Lead lead) {
        return details.leaders(lead);
    }

    /** The lines kept for a count, the earliest first. */
    public List<Sample> samples(Count count) {
        return details.samples(count);
    }

    /** The names with their counts, in the order of the names; to read, as long as nothing is added. */
    public Map<String, Long> names() {
        return details.names();
    }

    /** The names that begin with {@code role}, without it, the most frequent first, at most {@code most}. */
    public List<String> topNames(String role, int most) {
        return details.topNames(role, most);
    }

    /** Whether all names are kept that ever came: then, and only then, a decision may rest on their counts. */
    public boolean hasAllNames() {
        return details.hasAllNames();
    }

    /** Forgets the evidence: of what is long past none is shown. */
    public void dropSamples() {
        details.dropSamples();
    }

    /** Bytes that it takes when it is stored, about. */
    public int weight() {
        int weight = 8 + 3 * (counts.size() + peaks.size());
        for (Sketch sketch : sketches) {
            weight += sketch.weight();
        }
        return weight + details.weight();
    }

    /** What fills in lines, names and leaders when somebody asks for any. */
    void later(Consumer<Tally> fill) {
        details.later(() -> fill.accept(this));
    }

    long marks() {
        return marks;
    }

    void restoreMarks(long restored) {
        marks = restored;
    }

    void restore(Sample sample) {
        details.restore(sample);
    }

    void restore(Distinct distinct, Sketch sketch) {
        open(distinct);
        sketches[distinct.ordinal()] = sketch;
    }

    void restore(Lead lead, Leaders restored) {
        details.restore(lead, restored);
    }

    Sparse counts() {
        return counts;
    }

    Sparse peaks() {
        return peaks;
    }

    /** Whether a value of it came. */
    boolean has(Distinct distinct) {
        return sketches.length > 0 && sketches[distinct.ordinal()] != UNSEEN;
    }

    /** Whether a name of it came. */
    boolean has(Lead lead) {
        return details.has(lead);
    }

    /** Whether a name of any kind came. */
    boolean hasLeaders() {
        return details.hasLeaders();
    }

    /** All lines that are kept, those of one count together, in the order of the counts. */
    public List<Sample> samples() {
        return details.samples();
    }

    private Sketch open(Distinct distinct) {
        if (sketches.length == 0) {
            sketches = new Sketch[DISTINCT.length];
            Arrays.fill(sketches, UNSEEN);
        }
        int at = distinct.ordinal();
        if (sketches[at] == UNSEEN) {
            sketches[at] = new Sketch();
        }
        return sketches[at];
    }
}
