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
    /** Windows of each host. */
    private final Map<String, WindowView> views = new HashMap<>();

    /**
     * What is known of the key.
     *
     * @param state the key's own, to be read by this alone
     * @param ends the pane with which a host's windows end, by its name; {@link Long#MIN_VALUE} for the last one that counted
     */
    public Dossier(Key key, KeyState state, Records records, ToLongFunction<String> ends) {
        this.key = key;
        this.state = state;
        this.records = records;
        this.ends = ends;
        history = new History(records);
    }

    /** A finding that is open; {@code host} is empty where it is about all hosts together. */
    public record Open(String detector, String host, OpenFinding finding) {}

    /** What was counted from a pane on, in as many panes as it says. */
    public record Stretch(long start, int panes, Tally tally) {}

    /** The hosts that contribute, sorted. */
    public Collection<String> hosts() {
        return hostsOf(state);
    }

    /** The hosts that contribute to a key, sorted. */
    public static Collection<String> hostsOf(KeyState state) {
        return Records.hosts(state);
    }

    /** The last pane that counted something; {@link Long#MIN_VALUE} when it is in the past. */
    public long newest() {
        return hosts().stream().mapToLong(host -> track(host).newest()).max().orElse(Long.MIN_VALUE);
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
            history.sum(key, host, track, Long.MIN_VALUE, Long.MAX_VALUE, sum);
        }
        return sum;
    }

    /** What was counted over time on all hosts, the oldest first, no two stretches of the same time; without the past. */
    public List<Stretch> series() {
        Set<Long> minutes = new TreeSet<>();
        for (String host : hosts()) {
            track(host).kept.forEach((start, kept) -> {
                if (kept.panes() != 1) {
                    minutes.add(start);
                }
            });
        }
        SortedMap<Long, Stretch> series = new TreeMap<>();
        for (String host : hosts()) {
            track(host).kept.forEach((start, kept) -> {
                long minute = History.minuteOf(start);
                boolean coarse = minutes.contains(minute);
                Stretch sum = series.computeIfAbsent(
                        coarse ? minute : start, first -> new Stretch(first, coarse ? History.MINUTE : 1, new Tally()));
                records.tally(key, host, start, kept).ifPresent(sum.tally()::merge);
            });
        }
        return List.copyOf(series.values());
    }

    /** What is usual in a minute, by host; the empty name is for all hosts together. */
    public SortedMap<String, Map<Count, Baseline>> baselines() {
        SortedMap<String, Map<Count, Baseline>> baselines = new TreeMap<>();
        TreeSet<String> places = new TreeSet<>(hosts());
        if (state.tracks.containsKey("")) {
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
        return openOf(state);
    }

    /** The findings that are open about a key, by detector and host. */
    public static List<Open> openOf(KeyState state) {
        List<Open> open = new ArrayList<>();
        state.open.forEach((name, finding) -> {
            int at = name.indexOf('@');
            open.add(new Open(name.substring(0, at), name.substring(at + 1), finding));
        });
        return open;
    }

    /** Lines that show what was counted, of the youngest panes, each once. */
    public List<Sample> samples(int most) {
        Set<Sample> samples = new LinkedHashSet<>();
        List<Stretch> series = series();
        for (int i = series.size() - 1; i >= 0 && samples.size() < most; i--) {
            for (Count count : Count.values()) {
                samples.addAll(series.get(i).tally().samples(count));
            }
        }
        return samples.stream().limit(most).toList();
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
