package postwarden.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Tally;

/** A key's numbers up to the end of one pane, on one host or on all; sums each window once. */
final class WindowView implements View {
    private final History history;
    private final Records records;
    private final KeyState state;
    private final Key key;
    private final String host;
    private final long pane;
    private final Map<Long, Tally> windows = new HashMap<>();
    private Optional<Tally> past = Optional.empty();

    WindowView(History history, Records records, KeyState state, Key key, String host, long pane) {
        this.history = history;
        this.records = records;
        this.state = state;
        this.key = key;
        this.host = host;
        this.pane = pane;
    }

    @Override
    public Key key() {
        return key;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public long pane() {
        return pane;
    }

    @Override
    public Tally window(Duration length) {
        return window(length, 0);
    }

    @Override
    public Tally window(Duration length, long panesAgo) {
        long panes = Pane.count(length);
        return windows.computeIfAbsent((panes << 32) | panesAgo, name -> sum(panesAgo, panes));
    }

    @Override
    public Optional<Severity> found(String detector) {
        return state.openAbout(detector, host).stream()
                .map(about -> state.open.get(new OpenName(detector, host, about)))
                .filter(Objects::nonNull)
                .map(OpenFinding::severity)
                .max(Comparator.naturalOrder());
    }

    @Override
    public Optional<OpenFinding> found(String detector, String about) {
        return Optional.ofNullable(state.open.get(new OpenName(detector, host, about)));
    }

    @Override
    public Tally past() {
        if (past.isEmpty()) {
            Sum sum = new Sum();
            contributors().forEach(each -> sum.add(history.past(key, each, state, track(each), pane)));
            past = Optional.of(sum.tally());
        }
        return past.get();
    }

    @Override
    public Tally doubted() {
        Tally doubted = new Tally();
        contributors().forEach(each -> history.doubted(key, each, state, track(each), pane, doubted));
        return doubted;
    }

    @Override
    public Baseline baseline(Count count) {
        return Learning.usual(count, track(host), pane);
    }

    @Override
    public Optional<Instant> firstWithin(Duration length, Count count) {
        long first = Long.MAX_VALUE;
        for (String each : contributors()) {
            Track track = track(each);
            for (long start : within(track, length).keySet()) {
                if (start < first && history.sum(key, each, track, start, start, count) > 0) {
                    first = History.seenAs(pane, start);
                }
            }
        }
        return first == Long.MAX_VALUE ? Optional.empty() : Optional.of(Pane.start(first));
    }

    @Override
    public Set<String> hosts(Duration length) {
        Set<String> hosts = new TreeSet<>();
        for (String each : contributors()) {
            if (!within(track(each), length).isEmpty()) {
                hosts.add(each);
            }
        }
        return hosts;
    }

    private Tally sum(long panesAgo, long panes) {
        long behind = pane - panesAgo + 1;
        long first = History.begin(pane, behind - panes);
        long last = History.begin(pane, behind) - 1;
        Sum sum = new Sum();
        for (String each : contributors()) {
            history.visit(key, each, track(each), first, last, sum::add);
        }
        return sum.tally();
    }

    private SortedMap<Long, Kept> within(Track track, Duration length) {
        return track.kept.subMap(History.begin(pane, pane - Pane.count(length) + 1), true, pane, true);
    }

    private Track track(String of) {
        return records.track(key, state, of);
    }

    private Collection<String> contributors() {
        return host.isEmpty() ? Records.hosts(state) : Set.of(host);
    }
}
