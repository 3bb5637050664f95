package postwarden.detect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Sample;
import postwarden.tally.Tally;

/**
 * Everything that a watch keeps about one key, for who asks about it. Reads a state that nobody else works on, such as a copy
 * out of a store, and changes nothing that is kept.
 */
public final class Dossier {
    private final Key key;
    private final KeyState state;
    private final Records records;
    private final History history;
    private final ToLongFunction<String> ends;
    /** Of which hosts it tells; the empty name stands for all together. */
    private final Predicate<String> seen;

    /** Windows of each host. */
    private final Map<String, WindowView> views = new HashMap<>();
    /** Empty until asked for. */
    private List<Stretch> stretches = List.of();

    /**
     * What is known of the key.
     *
     * @param state the key's own, to be read by this alone
     * @param ends the pane with which a host's windows end, by its name; {@link Long#MIN_VALUE} for the last one that counted
     */
    public Dossier(Key key, KeyState state, Records records, ToLongFunction<String> ends) {
        this(key, state, records, ends, host -> true);
    }

    /**
     * What some hosts have told of the key: sums, findings, baselines and evidence of theirs alone.
     *
     * @param seen which hosts; false for the empty name, which stands for all together, unless it is all of them
     */
    public Dossier(Key key, KeyState state, Records records, ToLongFunction<String> ends, Predicate<String> seen) {
        this.seen = seen;
        this.key = key;
        this.state = state;
        this.records = records;
        this.ends = ends;
        history = new History(records);
    }

    /** A finding that is open; {@code host} is empty where it is about all hosts together, {@code about} as {@link Finding#about} is. */
    public record Open(String detector, String host, String about, OpenFinding finding) {}

    /** What was counted from a pane on, in as many panes as it says. */
    public record Stretch(long start, int panes, Tally tally) {}

    /**
     * What was counted in an hour.
     *
     * @param usual events in as long a time at this hour of the week, by count; of the learned ones
     */
    public record Hour(Stretch counted, Map<Count, Double> usual) {
        public Hour {
            usual = Map.copyOf(usual);
        }
    }

    /** The hosts that contribute and are told of, sorted. */
    public Collection<String> hosts() {
        Collection<String> hosts = hostsOf(state);
        hosts.removeIf(host -> !seen.test(host));
        return hosts;
    }

    /** The hosts that contribute to a key, sorted. */
    public static Collection<String> hostsOf(KeyState state) {
        return Records.hosts(state);
    }

    /** The last pane that counted something; {@link Long#MIN_VALUE} when it is in the past. */
    public long newest() {
        return hosts().stream().mapToLong(host -> track(host).newest()).max().orElse(Long.MIN_VALUE);
    }

    /** The last stretch on each host that counts something, to be read only. */
    public SortedMap<String, Stretch> last() {
        SortedMap<String, Stretch> last = new TreeMap<>();
        for (String host : hosts()) {
            Map.Entry<Long, Kept> newest = track(host).kept.lastEntry();
            if (newest != null) {
                Kept kept = newest.getValue();
                records.tally(key, host, newest.getKey(), kept)
                        .ifPresent(tally -> last.put(host, new Stretch(newest.getKey(), kept.panes(), tally)));
            }
        }
        return last;
    }

    /** The sum of a window on all hosts, each by its own time; at most one hour. */
    public Tally window(Duration length) {
        Tally sum = new Tally();
        for (String host : hosts()) {
            sum.merge(view(host).window(length));
        }
        return sum;
    }

    /** One count of that window; much cheaper, where nothing was counted lately. */
    public long window(Duration length, Count count) {
        long sum = 0;
        for (String host : hosts()) {
            Track track = track(host);
            long end = end(host, track);
            sum += history.sum(key, host, track, History.begin(end, end - Pane.count(length) + 1), end, count);
        }
        return sum;
    }

    /** The sum of all that is kept, on all hosts. */
    public Tally all() {
        Tally sum = new Tally();
        for (String host : hosts()) {
            Track track = track(host);
            track.older
                    .flatMap(kept -> records.tally(key, host, History.PAST, kept))
                    .ifPresent(sum::merge);
            history.visit(key, host, track, Long.MIN_VALUE, Long.MAX_VALUE, sum::merge);
        }
        return sum;
    }

    /**
     * The numbers of several windows, each as {@link #window} would sum it, and of {@link #all} behind them, without names,
     * evidence and marks. What is kept is added once, whatever number of windows it is in.
     *
     * @param lengths from the shortest to the longest, at most one hour
     */
    public List<Tally> numbers(List<Duration> lengths) {
        List<Tally> sums = new ArrayList<>();
        for (int i = 0; i <= lengths.size(); i++) {
            sums.add(new Tally());
        }
        for (String host : hosts()) {
            Track track = track(host);
            long end = end(host, track);
            List<Long> begins = lengths.stream()
                    .map(length -> History.begin(end, end - Pane.count(length) + 1))
                    .toList();
            track.kept.forEach((start, kept) -> {
                boolean isWithin = start + kept.panes() - 1 <= end;
                Tally sum = sums.get(isWithin ? shortest(begins, start) : begins.size());
                records.tally(key, host, start, kept).ifPresent(sum::mergeNumbers);
            });
            track.older
                    .flatMap(kept -> records.tally(key, host, History.PAST, kept))
                    .ifPresent(sums.get(begins.size())::mergeNumbers);
        }
        for (int i = 1; i < sums.size(); i++) {
            sums.get(i).mergeNumbers(sums.get(i - 1));
        }
        return sums;
    }

    /** The shortest window that a pane is in; behind all of them when it is in none. */
    private static int shortest(List<Long> begins, long start) {
        int at = 0;
        while (at < begins.size() && start < begins.get(at)) {
            at++;
        }
        return at;
    }

    /**
     * What was counted over time on all hosts, the oldest first, no two stretches of the same time; without the past. The tallies
     * are to be read only: most are what is kept, and no copy.
     */
    public List<Stretch> series() {
        if (stretches.isEmpty()) {
            stretches = timeline().series();
        }
        return stretches;
    }

    /**
     * What the main counts came to in each hour of the last week, from the first one that is known on, idle ones too, the oldest
     * first, on all hosts; the last one as far as it has come.
     */
    public List<Hour> hours() {
        return timeline().hours(baselines().keySet().stream().map(this::track).toList());
    }

    /** What is usual in a minute, by host; the empty name is for all hosts together. */
    public SortedMap<String, Map<Count, Baseline>> baselines() {
        SortedMap<String, Map<Count, Baseline>> baselines = new TreeMap<>();
        TreeSet<String> places = new TreeSet<>(hosts());
        if (state.tracks.containsKey("") && seen.test("")) {
            places.add("");
        }
        for (String place : places) {
            Map<Count, Baseline> learned = track(place).baselines;
            if (!learned.isEmpty()) {
                baselines.put(place, Collections.unmodifiableMap(learned));
            }
        }
        return baselines;
    }

    /** The findings that are open, by detector and host. */
    public List<Open> open() {
        return openOf(state).stream().filter(open -> seen.test(open.host())).toList();
    }

    /** The findings that are open about a key, by detector and host. */
    public static List<Open> openOf(KeyState state) {
        List<Open> open = new ArrayList<>();
        state.open.forEach((name, finding) -> open.add(new Open(name.detector(), name.host(), name.about(), finding)));
        return open;
    }

    /** Lines that show what was counted, of the youngest panes, each once. */
    public List<Sample> samples(int most) {
        Set<Sample> samples = new LinkedHashSet<>();
        List<Stretch> series = series();
        for (int i = series.size() - 1; i >= 0 && samples.size() < most; i--) {
            samples.addAll(series.get(i).tally().samples());
        }
        return samples.stream().limit(most).toList();
    }

    private Timeline timeline() {
        SortedMap<String, Track> tracks = new TreeMap<>();
        hosts().forEach(host -> tracks.put(host, track(host)));
        return new Timeline(key, records, tracks, this::end);
    }

    private WindowView view(String host) {
        return views.computeIfAbsent(
                host, name -> new WindowView(history, records, state, key, name, end(name, track(name))));
    }

    private long end(String host, Track track) {
        long end = ends.applyAsLong(host);
        return end == Long.MIN_VALUE ? track.newest() : end;
    }

    private Track track(String host) {
        return records.track(key, state, host);
    }
}
