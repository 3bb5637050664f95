package postwarden.detect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Progress;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * Merges tallies of many keys where they belong, and asks the detectors about a key when a pane has closed: the same panes in
 * the same order whatever the order in which the tallies came.
 */
public final class Watcher {
    /** The longest window that a detector may ask for. */
    private static final long HOUR = Pane.count(Duration.ofHours(1));

    private final Map<Watch, List<Detector>> detectors = new HashMap<>();
    private final Learning learning;
    private final Records records;
    private final History history;
    private final Fleet fleet;
    private final Crowd crowd;
    private final Silence silence;
    private final WatchParams params;
    /** Keys that wait for a pane to close, or in which something is open; by tenant and host, or tenant alone. */
    private final Map<Place, Set<Key>> waiting = new TreeMap<>();

    /** What the last settling has assessed, by tenant and host; see {@link Fleet#closed}. */
    private final Map<String, Map<String, Long>> settled = new HashMap<>();

    private record Place(String tenant, String host) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byTenant = tenant.compareTo(other.tenant);
            return byTenant != 0 ? byTenant : host.compareTo(other.host);
        }
    }

    /** Of all keys that there are. */
    public Watcher(List<Detector> detectors, Records records, Fleet fleet, WatchParams params) {
        this(detectors, records, fleet, params, key -> true);
    }

    /** @param isMine whether a key is among those that this watch is given */
    public Watcher(List<Detector> detectors, Records records, Fleet fleet, WatchParams params, Predicate<Key> isMine) {
        for (Detector detector : detectors) {
            this.detectors
                    .computeIfAbsent(detector.scope().watch(), w -> new ArrayList<>())
                    .add(detector);
        }
        this.records = records;
        this.history = new History(records);
        this.learning = new Learning(detectors, records, history);
        this.fleet = fleet;
        this.params = params;
        crowd = new Crowd(records, fleet, params.crowd());
        silence = new Silence(fleet, params, isMine);
        records.keys().forEach(this::awaitAgain);
        records.tracks().forEach((place, track) -> {
            if (!track.isCalm()) {
                await(place.key(), place.host());
            }
        });
    }

    /** Adds what was counted for a key on a host in a pane; the tally is the watcher's from now on. */
    public void merge(Key key, String host, long pane, Tally tally) {
        Optional<KeyState> known = records.keys().get(key);
        if (known.isEmpty() && !crowd.admits(key, tally)) {
            return;
        }
        KeyState state = known.orElseGet(KeyState::new);
        Track track = records.track(key, state, host);
        if (crowd.isForgotten(key, state, track, pane) && crowd.forget(key)) {
            merge(key, host, pane, tally);
            return;
        }
        fold(key, host, state, track);
        Tally sum = history.add(key, host, track, pane, tally);
        for (Detector detector : detectors.getOrDefault(key.watch(), List.of())) {
            if (detector.mayConcern(sum)) {
                String place = detector.scope().span() == Span.HOST ? host : "";
                Track concerned = place.equals(host) ? track : records.track(key, state, place);
                if (concerned.pending.add(pane)) {
                    records.changed(key, state, place, concerned);
                    await(key, place);
                }
            }
        }
        records.changed(key, state, host, track);
    }

    private void fold(Key key, String host, KeyState state, Track track) {
        long settled = settledThrough(key.tenant(), host);
        long past = History.past(settled);
        if (!track.kept.isEmpty() && track.kept.firstKey() < past) {
            learning.beforeFolding(key, host, past, state, track);
        }
        history.fold(key, host, state, track, settled);
    }

    /** Takes in how far a host has come. */
    public void progress(Progress told) {
        fleet.progress(told);
    }

    /** Assesses every pane that has closed since the last call, and tells what the detectors say. */
    public List<Report> settle() {
        List<Report> reports = new ArrayList<>();
        for (Map.Entry<Place, Set<Key>> entry : List.copyOf(waiting.entrySet())) {
            Place place = entry.getKey();
            long closed = place.host().isEmpty()
                    ? fleet.closedThrough(place.tenant())
                    : fleet.closedThrough(place.tenant(), place.host());
            if (closed != Long.MIN_VALUE) {
                entry.getValue().removeIf(key -> !settle(key, place.host(), closed, reports));
            }
        }
        waiting.values().removeIf(Set::isEmpty);
        for (String tenant : fleet.tenants()) {
            settled.put(tenant, fleet.closed(tenant));
            reports.addAll(silence.look(tenant));
        }
        crowd.look();
        return reports;
    }

    /** How many keys of a watch there are, and what became of others. */
    public Census census(Watch watch) {
        return crowd.census(watch);
    }

    /** The last pane of the host that will not be assessed again, neither by itself nor among all. */
    private long settledThrough(String tenant, String host) {
        Map<String, Long> hosts = settled.getOrDefault(tenant, Map.of());
        return Math.min(hosts.getOrDefault("", Long.MIN_VALUE), hosts.getOrDefault(host, Long.MIN_VALUE));
    }

    private void awaitAgain(Key key, KeyState state) {
        crowd.known(key);
        state.tracks.forEach((host, track) -> {
            if (!track.isCalm()) {
                await(key, host);
            }
        });
        state.open.keySet().forEach(name -> await(key, name.host()));
    }

    private void await(Key key, String host) {
        waiting.computeIfAbsent(new Place(key.tenant(), host), p -> new HashSet<>())
                .add(key);
    }

    /** Whether the key still has to wait for something. */
    private boolean settle(Key key, String host, long closed, List<Report> reports) {
        KeyState state = records.state(key);
        Track track = records.track(key, state, host);
        boolean changed = false;
        for (Optional<Long> pane = next(key, state, track, host, closed);
                pane.isPresent();
                pane = next(key, state, track, host, closed)) {
            assess(key, host, pane.get(), state, track, reports);
            changed = true;
        }
        if (changed) {
            records.keys().put(key, state);
            records.changed(key, state, host, track);
        }
        return !track.pending.isEmpty() || !state.openAt(host).isEmpty();
    }

    private Optional<Long> next(Key key, KeyState state, Track track, String host, long closed) {
        long next = track.pending.isEmpty() ? Long.MAX_VALUE : track.pending.first();
        for (OpenFinding open : state.openAt(host)) {
            next = Math.min(next, goesOn(key, state, host, open, closed));
        }
        return next <= closed ? Optional.of(next) : Optional.empty();
    }

    /**
     * The pane at which an open finding is looked at next: as far as one of the hosts has come that contributed to it, because
     * beyond that it would be judged by the silence of those who saw it; pane by pane until every window is empty, then only the
     * last one, because a wrong clock may close years of panes at once.
     */
    private long goesOn(Key key, KeyState state, String host, OpenFinding open, long closed) {
        long next = open.lastAssessed() + 1;
        if (next > closed) {
            return next;
        }
        long newest = open.lastShown();
        long reached = Long.MIN_VALUE;
        for (String each : host.isEmpty() ? Records.hosts(state) : List.of(host)) {
            long counted = records.track(key, state, each).newest();
            newest = Math.max(newest, counted);
            if (counted > open.lastShown() - HOUR) {
                reached = Math.max(reached, fleet.closedThrough(key.tenant(), each));
            }
        }
        long last = Math.min(closed, reached);
        if (next > last) {
            return Long.MAX_VALUE;
        }
        return next > newest + 2 * HOUR + Pane.count(params.hold()) ? last : next;
    }

    private void assess(Key key, String host, long pane, KeyState state, Track track, List<Report> reports) {
        boolean pending = track.pending.remove(pane);
        learning.learn(key, host, pane, state, track);
        View view = new WindowView(history, records, state, key, host, pane);
        for (Detector detector : detectors.getOrDefault(key.watch(), List.of())) {
            Set<String> open = state.openAbout(detector.id(), host);
            if (detector.scope().span() == (host.isEmpty() ? Span.FLEET : Span.HOST) && (pending || !open.isEmpty())) {
                assess(detector, view, open, state, reports);
            }
        }
        if ((key.watch() == Watch.ACCOUNT && isSuspected(state, host)) || (pending && isDoubted(view))) {
            state.doubt(pane - HOUR + 1, pane);
        }
    }

    private void assess(Detector detector, View view, Set<String> open, KeyState state, List<Report> reports) {
        List<Finding> findings = detector.assess(view, open);
        for (Finding found : findings) {
            OpenName name = new OpenName(detector.id(), view.host(), found.about());
            Optional<OpenFinding> before = Optional.ofNullable(state.open.get(name));
            state.open.put(name, shown(found, before, view.pane(), reports));
        }
        for (String about : open) {
            OpenName name = new OpenName(detector.id(), view.host(), about);
            OpenFinding before = state.open.get(name);
            if (before != null
                    && findings.stream().noneMatch(found -> found.about().equals(about))) {
                calm(detector, name, before, view, state, reports);
            }
        }
    }

    private boolean isDoubted(View view) {
        Span span = view.host().isEmpty() ? Span.FLEET : Span.HOST;
        return detectors.getOrDefault(view.key().watch(), List.of()).stream()
                .anyMatch(detector -> detector.scope().span() == span && detector.doubts(view));
    }

    /** Whether somebody else may have the account: who is there then is not to be taken for its owner later. */
    private static boolean isSuspected(KeyState state, String host) {
        return state.openAt(host).stream().anyMatch(open -> open.severity().compareTo(Severity.MEDIUM) >= 0);
    }

    private OpenFinding shown(Finding finding, Optional<OpenFinding> before, long pane, List<Report> reports) {
        boolean tell = before.map(open -> open.severity() != finding.severity()
                        || !open.cause().equals(finding.cause())
                        || pane - open.lastReported() >= Pane.count(params.repeat()))
                .orElse(true);
        if (tell) {
            reports.add(new Report.Found(finding));
        }
        OpenFinding last = before.orElse(new OpenFinding(pane, pane, pane, 0, finding.severity(), finding.cause()));
        return new OpenFinding(
                Math.max(pane, last.lastShown()),
                Math.max(pane, last.lastAssessed()),
                tell ? pane : last.lastReported(),
                0,
                finding.severity(),
                finding.cause());
    }

    private void calm(
            Detector detector, OpenName name, OpenFinding open, View view, KeyState state, List<Report> reports) {
        long passed = Math.max(1, view.pane() - open.lastAssessed());
        long calm = open.calm() + (allReport(view, open, state) ? passed : 0);
        long assessed = Math.max(view.pane(), open.lastAssessed());
        if (calm >= Pane.count(detector.hold(view, params.hold()))) {
            reports.add(new Report.Over(
                    name.detector(), view.key(), view.host(), view.pane(), open.lastShown(), name.about()));
            state.open.remove(name);
        } else {
            state.open.put(
                    name,
                    new OpenFinding(
                            open.lastShown(), assessed, open.lastReported(), calm, open.severity(), open.cause()));
        }
    }

    /**
     * Whether every host that contributed, lately or to what was wrong, has passed the pane itself: silence of a host that is
     * gone is no calm, however far the others have come since.
     */
    private boolean allReport(View view, OpenFinding open, KeyState state) {
        Duration longest = Duration.ofHours(1);
        Set<String> hosts = new HashSet<>(view.hosts(longest));
        hosts.addAll(new WindowView(history, records, state, view.key(), view.host(), open.lastShown()).hosts(longest));
        return hosts.stream().allMatch(host -> fleet.closedThrough(view.key().tenant(), host) >= view.pane());
    }
}
