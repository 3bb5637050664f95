package postwarden.detect;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Watch;

/** Learns what is usual for a key, of the counts that detectors ask for. */
final class Learning {
    /** Panes before a minute is learned: no detector takes longer to make up its mind, but for the slowest guessing. */
    private static final long LAG = Pane.count(Duration.ofMinutes(30));

    private final Map<Watch, Set<Count>> learns = new HashMap<>();
    private final Records records;
    private final History history;

    Learning(List<Detector> detectors, Records records, History history) {
        for (Detector detector : detectors) {
            learns.computeIfAbsent(detector.scope().watch(), w -> EnumSet.noneOf(Count.class))
                    .addAll(detector.scope().learns());
        }
        this.records = records;
        this.history = history;
    }

    /**
     * Learns from whole minutes that are older than {@link #LAG}, unless something was wrong in them: what is being judged
     * must not become usual while it is judged.
     */
    void learn(Key key, String host, long pane, KeyState state, Track track) {
        long now = History.minuteOf(pane);
        if (track.learnedTo == Long.MIN_VALUE || !state.openAt(host).isEmpty()) {
            track.learnedTo = Math.max(track.learnedTo, now);
            return;
        }
        long minute = now - LAG;
        if (minute <= track.learnedTo) {
            return;
        }
        for (Count count : learns.getOrDefault(key.watch(), Set.of())) {
            track.baselines.put(count, learned(key, host, state, track, minute, count));
        }
        track.learnedTo = minute;
    }

    private Baseline learned(Key key, String host, KeyState state, Track track, long minute, Count count) {
        Baseline baseline = track.baselines.getOrDefault(count, Baseline.NONE);
        long busyFrom = Math.max(track.learnedTo, minute - Pane.count(Duration.ofMinutes(35)));
        baseline = baseline.learn(0, (busyFrom - track.learnedTo) / (double) History.MINUTE);
        for (long start = busyFrom; start < minute; start += History.MINUTE) {
            long sum = 0;
            for (String each : host.isEmpty() ? Records.hosts(state) : List.of(host)) {
                sum += history.sum(
                        key, each, records.track(key, state, each), start, start + History.MINUTE - 1, count);
            }
            baseline = baseline.learn((double) sum);
        }
        return baseline;
    }
}
