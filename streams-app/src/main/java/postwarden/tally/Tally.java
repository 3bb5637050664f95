package postwarden.tally;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    /** Evidence lines kept for each count: an alert shows ten in all, from three or four counts. */
    static final int SAMPLES_PER_COUNT = 3;
    /** Names kept with their counts; more than an alert shows (five), so that a merge of panes keeps the true top. */
    static final int NAMES = 24;

    /** Longest name kept: a role and a domain (RFC 1035: 253 characters). A path may be as long as a line. */
    static final int NAME_LIMIT = 270;

    /** What a sample takes beside its text, and a name with its count, about. */
    private static final int SAMPLE_BYTES = 60;

    private static final int NAME_BYTES = 24;

    private static final Sketch[] NO_SKETCHES = {};
    private static final Sketch UNSEEN = new Sketch();
    private static final Leaders[] NO_LEADERS = {};
    private static final Leaders NO_ONE = new Leaders();
    private static final Lead[] LEADS = Lead.values();
    private static final Count[] COUNTS = Count.values();
    private static final Distinct[] DISTINCT = Distinct.values();
    /** For ordering: evidence of one count stands together, the earliest first. */
    private static final Comparator<Sample> BY_COUNT =
            Comparator.<Sample, Count>comparing(Sample::of).thenComparing(Sample::compare);

    private final Sparse counts = new Sparse();
    private final Sparse peaks = new Sparse();
    /** By ordinal; nothing before the first. */
    private Sketch[] sketches = NO_SKETCHES;

    /** By ordinal; nothing before the first. */
    private Leaders[] leaders = NO_LEADERS;

    private List<Sample> samples = List.of();
    private Map<String, Long> names = Map.of();
    private long marks;

    /** Adds {@code n}. */
    public Tally add(Count count, long n) {
        counts.add(count.ordinal(), n);
        return this;
    }

    /** Adds {@code n}, and keeps the event's line as evidence while there is room. */
    public Tally add(Count count, long n, Event event) {
        counts.add(count.ordinal(), n);
        // Lines of a host come almost in order, so what is full is rarely touched again.
        if (hasRoom(count, event.time())) {
            keep(Sample.of(count, event));
        }
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
        if (names.isEmpty()) {
            names = new TreeMap<>();
        }
        String kept = Sample.cut(name, NAME_LIMIT);
        if (names.size() < NAMES || names.containsKey(kept)) {
            names.merge(kept, n, Long::sum);
        }
        return this;
    }

    /**
     * Counts a name among those of which the most frequent are kept.
     *
     * @param id what the name stands for: equal ids are the same
     * @param name how it is shown, cut at {@value #NAME_LIMIT} characters
     * @param event a number of the event, always the same for the same event
     * @param detail what the events of a name may have in common or not; empty for nothing
     */
    public Tally lead(Lead lead, String id, String name, long event, String detail) {
        open(lead).add(id, Sample.cut(name, NAME_LIMIT), event, detail);
        return this;
    }

    /** Takes in the other, which stays as it is. */
    public Tally merge(Tally other) {
        mergeNumbers(other);
        marks |= other.marks;
        for (Lead lead : LEADS) {
            if (other.has(lead)) {
                open(lead).merge(other.leaders[lead.ordinal()]);
            }
        }
        for (int i = 0; i < other.samples.size(); i++) {
            keep(other.samples.get(i));
        }
        if (!other.names.isEmpty()) {
            other.names.forEach(this::name);
        }
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
        return has(lead) ? leaders[lead.ordinal()] : NO_ONE;
    }

    /** The lines kept for a count, the earliest first. */
    public List<Sample> samples(Count count) {
        return samples.stream().filter(sample -> sample.of() == count).toList();
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

    /** Whether all names are kept that ever came: then, and only then, a decision may rest on their counts. */
    public boolean hasAllNames() {
        return names.size() < NAMES;
    }

    /** Forgets the evidence: of what is long past none is shown. */
    public void dropSamples() {
        samples = List.of();
    }

    /** Bytes that it takes when it is stored, about. */
    public int weight() {
        int weight = 8 + 3 * (counts.size() + peaks.size());
        for (Sketch sketch : sketches) {
            weight += sketch.weight();
        }
        for (Leaders each : leaders) {
            weight += each.weight();
        }
        for (int i = 0; i < samples.size(); i++) {
            weight += SAMPLE_BYTES + samples.get(i).text().length();
        }
        return weight + NAME_BYTES * names.size();
    }

    long marks() {
        return marks;
    }

    void restoreMarks(long restored) {
        marks = restored;
    }

    void restore(Sample sample) {
        keep(sample);
    }

    void restore(Distinct distinct, Sketch sketch) {
        open(distinct);
        sketches[distinct.ordinal()] = sketch;
    }

    void restore(Lead lead, Leaders restored) {
        open(lead);
        leaders[lead.ordinal()] = restored;
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
        return leaders.length > 0 && leaders[lead.ordinal()] != NO_ONE;
    }

    /** Whether a name of any kind came. */
    boolean hasLeaders() {
        return leaders.length > 0;
    }

    /** All lines that are kept, those of one count together, in the order of the counts. */
    public List<Sample> samples() {
        return Collections.unmodifiableList(samples);
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

    private Leaders open(Lead lead) {
        if (leaders.length == 0) {
            leaders = new Leaders[LEADS.length];
            Arrays.fill(leaders, NO_ONE);
        }
        int at = lead.ordinal();
        if (leaders[at] == NO_ONE) {
            leaders[at] = new Leaders();
        }
        return leaders[at];
    }

    private boolean hasRoom(Count count, Instant time) {
        int kept = 0;
        boolean earlier = false;
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            if (sample.of() == count) {
                kept++;
                earlier |= time.isBefore(sample.time());
            }
        }
        return kept < SAMPLES_PER_COUNT || earlier;
    }

    /** Keeps the earliest of its count, in order. */
    private void keep(Sample sample) {
        if (samples.isEmpty()) {
            samples = new ArrayList<>(2);
        }
        int at = 0;
        int order = -1;
        int before = 0;
        while (at < samples.size()) {
            Sample other = samples.get(at);
            order = BY_COUNT.compare(sample, other);
            if (order <= 0) {
                break;
            }
            before += other.of() == sample.of() ? 1 : 0;
            at++;
        }
        if ((order == 0 && at < samples.size()) || before == SAMPLES_PER_COUNT) {
            return;
        }
        samples.add(at, sample);
        int last = at - before + SAMPLES_PER_COUNT;
        if (last < samples.size() && samples.get(last).of() == sample.of()) {
            samples.remove(last);
        }
    }
}
