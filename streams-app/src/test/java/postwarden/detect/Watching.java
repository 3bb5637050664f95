package postwarden.detect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import postwarden.tally.Key;
import postwarden.tally.PaneKey;
import postwarden.tally.Progress;
import postwarden.tally.Tally;
import postwarden.tally.TallyCodec;
import postwarden.tally.Watch;

/** A watch over its memory, which can be started again in the middle of a story. */
final class Watching {
    private final KeptOnHeap<Key, KeyState> keys =
            new KeptOnHeap<>(state -> KeyStateCodec.decode(KeyStateCodec.encode(state)));
    private final KeptOnHeap<PaneKey, Tally> tallies =
            new KeptOnHeap<>(tally -> TallyCodec.decode(TallyCodec.encode(tally)));
    private final KeptOnHeap<TrackKey, Track> tracks =
            new KeptOnHeap<>(track -> TrackCodec.decode(TrackCodec.encode(track)));
    private final KeptOnHeap<String, HostProgress> hosts = new KeptOnHeap<>(progress -> progress);
    private final List<Detector> detectors;
    private final WatchParams params;
    private final List<Report> reports = new ArrayList<>();
    private Watcher watcher;

    Watching(WatchParams params, Detector... detectors) {
        this.detectors = List.of(detectors);
        this.params = params;
        watcher = start();
    }

    void merge(Key key, String host, long pane, Tally tally) {
        watcher.merge(key, host, pane, tally);
    }

    void progress(Progress told) {
        watcher.progress(told);
    }

    void settle() {
        reports.addAll(watcher.settle());
        commit();
    }

    private void commit() {
        keys.commit();
        tracks.commit();
        tallies.commit();
        hosts.commit();
    }

    /** As after a crash: only what was remembered at the last settling is left. */
    void restart() {
        keys.restart();
        tracks.restart();
        tallies.restart();
        hosts.restart();
        watcher = start();
    }

    List<Report> reports() {
        return List.copyOf(reports);
    }

    /** Tallies that are kept, with their keys or in rows of their own. */
    int storedTallies() {
        int[] stored = {0};
        keys.forEach((key, state) -> state.tracks
                .values()
                .forEach(track -> stored[0] += track.kept.size() + (track.older.isPresent() ? 1 : 0)));
        return stored[0];
    }

    int keys() {
        return keys.size();
    }

    boolean knows(Key key) {
        return keys.get(key).isPresent();
    }

    /** What some hosts have told of a key, as who asks would find it stored. */
    Dossier dossier(Key key, ToLongFunction<String> ends, Predicate<String> seen) {
        KeyState state = keys.get(key).orElseThrow();
        return new Dossier(
                key, KeyStateCodec.decode(KeyStateCodec.encode(state)), new Records(keys, tracks, tallies), ends, seen);
    }

    Census census(Watch watch) {
        return watcher.census(watch);
    }

    /** Of these: rows of their own. */
    int rows() {
        return tallies.size();
    }

    /** Rows of hours. */
    int hourRows() {
        return tracks.size();
    }

    private Watcher start() {
        return new Watcher(detectors, new Records(keys, tracks, tallies), new Fleet(hosts, params), params);
    }

    static WatchParams replay() {
        return new WatchParams(
                Optional.empty(), 0.1, Duration.ofMinutes(5), Duration.ofMinutes(1), CrowdParams.STANDARD);
    }
}
