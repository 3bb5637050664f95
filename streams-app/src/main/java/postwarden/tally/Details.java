package postwarden.tally;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import postwarden.event.Event;

/**
 * What people are shown of a tally, beside its numbers: lines, names, leaders. They are the larger part of it, and most sums
 * are thrown away unseen; so they may be told to come later, and do when somebody asks.
 */
final class Details {
    /** Evidence lines kept for each count: an alert shows ten in all, from three or four counts. */
    static final int SAMPLES_PER_COUNT = 3;
    /** Names kept with their counts; more than an alert shows (five), so that a merge of panes keeps the true top. */
    static final int NAMES = 24;

    /** Longest name kept: a role and a domain (RFC 1035: 253 characters). A path may be as long as a line. */
    static final int NAME_LIMIT = 270;

    /** What a sample takes beside its text, and a name with its count, about. */
    private static final int SAMPLE_BYTES = 60;

    private static final int NAME_BYTES = 24;

    private static final Leaders[] NO_LEADERS = {};
    private static final Leaders NO_ONE = new Leaders();
    private static final Lead[] LEADS = Lead.values();
    /** For ordering: evidence of one count stands together, the earliest first. */
    private static final Comparator<Sample> BY_COUNT =
            Comparator.<Sample, Count>comparing(Sample::of).thenComparing(Sample::compare);

    /** By ordinal; nothing before the first. */
    private Leaders[] leaders = NO_LEADERS;

    private List<Sample> samples = List.of();
    private Map<String, Long> names = Map.of();
    /** What has not been filled in yet, in its order. */
    private List<Runnable> later = List.of();

    /** Keeps the event's line as evidence while there is room. */
    void add(Count count, Event event) {
        complete();
        // Lines of a host come almost in order, so what is full is rarely touched again.
        if (hasRoom(count, event.time())) {
            keep(Sample.of(count, event));
        }
    }

    void name(String name, long n) {
        complete();
        if (names.isEmpty()) {
            names = new TreeMap<>();
        }
        String kept = Sample.cut(name, NAME_LIMIT);
        if (names.size() < NAMES || names.containsKey(kept)) {
            names.merge(kept, n, Long::sum);
        }
    }

    void lead(Lead lead, String id, String name, long event, String detail) {
        complete();
        open(lead).add(id, Sample.cut(name, NAME_LIMIT), event, detail);
    }

    /** Takes in the other, which stays as it is. */
    void merge(Details other) {
        complete();
        other.complete();
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
    }

    /** Takes in the other when somebody asks; until then it must not change. */
    void mergeLater(Details other) {
        if (!other.isEmpty()) {
            later(() -> merge(other));
        }
    }

    /** Has something filled in when somebody asks. */
    void later(Runnable fill) {
        if (later.isEmpty()) {
            later = new ArrayList<>(2);
        }
        later.add(fill);
    }

    void restore(Sample sample) {
        keep(sample);
    }

    void restore(Lead lead, Leaders restored) {
        open(lead);
        leaders[lead.ordinal()] = restored;
    }

    Leaders leaders(Lead lead) {
        return has(lead) ? leaders[lead.ordinal()] : NO_ONE;
    }

    boolean has(Lead lead) {
        return hasLeaders() && leaders[lead.ordinal()] != NO_ONE;
    }

    boolean hasLeaders() {
        complete();
        return leaders.length > 0;
    }

    List<Sample> samples() {
        complete();
        return Collections.unmodifiableList(samples);
    }

    List<Sample> samples(Count count) {
        return samples().stream().filter(sample -> sample.of() == count).toList();
    }

    void dropSamples() {
        complete();
        samples = List.of();
    }

    Map<String, Long> names() {
        complete();
        return Collections.unmodifiableMap(names);
    }

    List<String> topNames(String role, int most) {
        complete();
        return names.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(role))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(entry -> entry.getKey().substring(role.length()))
                .toList();
    }

    boolean hasAllNames() {
        complete();
        return names.size() < NAMES;
    }

    /** Bytes that they take when they are stored, about. */
    int weight() {
        complete();
        int weight = NAME_BYTES * names.size();
        for (Leaders each : leaders) {
            weight += each.weight();
        }
        for (int i = 0; i < samples.size(); i++) {
            weight += SAMPLE_BYTES + samples.get(i).text().length();
        }
        return weight;
    }

    private boolean isEmpty() {
        return later.isEmpty() && samples.isEmpty() && names.isEmpty() && leaders.length == 0;
    }

    private void complete() {
        if (!later.isEmpty()) {
            List<Runnable> due = later;
            later = List.of();
            due.forEach(Runnable::run);
        }
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
