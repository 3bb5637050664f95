package postwarden.detect;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;
import postwarden.tally.Week;

/**
 * Learns what is usual for a key, of the counts that detectors ask for. Every minute since the key was first seen is learned
 * once, whether a detector looked at it or not: up to where it is judged when one looks, and before it is folded away when
 * none did. So what has been learned by a pane does not depend on when tallies were folded.
 */
final class Learning {
    /** Panes before a minute is learned: no detector takes longer to make up its mind, but for the slowest guessing. */
    private static final long LAG = Pane.count(Duration.ofMinutes(30));

    private final Map<Scoped, Set<Count>> learns = new HashMap<>();
    private final Map<Scoped, Map<Count, ToLongFunction<Tally>>> lessons = new HashMap<>();
    private final Records records;
    private final History history;

    private record Scoped(Watch watch, Span span) {}

    Learning(List<Detector> detectors, Records records, History history) {
        for (Detector detector : detectors) {
            Scope scope = detector.scope();
            Scoped scoped = new Scoped(scope.watch(), scope.span());
            if (!scope.learns().isEmpty()) {
                learns.computeIfAbsent(scoped, s -> EnumSet.noneOf(Count.class)).addAll(scope.learns());
            }
            if (!detector.lessons().isEmpty()) {
                lessons.computeIfAbsent(scoped, s -> new EnumMap<>(Count.class)).putAll(detector.lessons());
            }
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
        if (!state.openAt(host).isEmpty()) {
            learnIdle(now - LAG, track);
            track.learnedTo = Math.max(track.learnedTo, now);
        } else {
            learnTo(key, host, now - LAG, state, track);
        }
    }

    /** The calm before a finding was calm, however long ago the last minute was in which something was counted. */
    private static void learnIdle(long before, Track track) {
        if (track.learnedTo != Long.MIN_VALUE && before > track.learnedTo) {
            double idle = (before - track.learnedTo) / (double) History.MINUTE;
            track.baselines.replaceAll((count, baseline) -> baseline.learn(0, idle));
        }
    }

    /** Learns from the minutes of a host that are about to be folded away, for the host and for all hosts together. */
    void beforeFolding(Key key, String host, long before, KeyState state, Track track) {
        if (state.openAt(host).isEmpty() && learnTo(key, host, before, state, track)) {
            records.changed(key, state, host, track);
        }
        if (learns.containsKey(new Scoped(key.watch(), Span.FLEET))
                && state.openAt("").isEmpty()) {
            Track all = records.track(key, state, "");
            if (learnTo(key, "", before, state, all)) {
                records.changed(key, state, "", all);
            }
        }
    }

    /**
     * Learns each minute before this pane in which something was counted, with the idle ones before it. Those that follow the
     * last are learned with the next, so that a sum of fractions is the same however often this is called; see
     * {@link #usual}. Answers whether there was one.
     */
    private boolean learnTo(Key key, String host, long before, KeyState state, Track track) {
        Scoped scoped = new Scoped(key.watch(), host.isEmpty() ? Span.FLEET : Span.HOST);
        Set<Count> counts = learns.getOrDefault(scoped, Set.of());
        if (counts.isEmpty() || before <= track.learnedTo) {
            return false;
        }
        Map<Count, ToLongFunction<Tally>> taught = lessons.getOrDefault(scoped, Map.of());
        TreeMap<Long, Map<Count, Long>> minutes = new TreeMap<>();
        Map<Long, Tally> whole = new HashMap<>();
        for (String each : host.isEmpty() ? Records.hosts(state) : List.of(host)) {
            Track counted = records.track(key, state, each);
            history.minutes(key, each, counted, track.learnedTo, before, (minute, tally) -> {
                add(tally, counts, minutes.computeIfAbsent(minute, m -> new EnumMap<>(Count.class)));
                if (!taught.isEmpty()) {
                    // A sum of its own: whether a minute is still ten-second panes must make no difference.
                    whole.computeIfAbsent(minute, m -> new Tally()).merge(tally);
                }
            });
        }
        minutes.forEach((minute, counted) -> {
            Tally sum = whole.get(minute);
            if (sum != null) {
                taught.forEach((count, lesson) -> counted.put(count, lesson.applyAsLong(sum)));
            }
        });
        minutes.forEach((minute, counted) -> {
            double idle = track.learnedTo == Long.MIN_VALUE ? 0 : (minute - track.learnedTo) / (double) History.MINUTE;
            counted.forEach((count, number) -> {
                track.baselines.put(
                        count,
                        track.baselines
                                .getOrDefault(count, Baseline.NONE)
                                .learn(0, idle)
                                .learn((double) number));
                if (number > 0) {
                    track.weeks.computeIfAbsent(count, c -> new Week(minute)).add(minute, number);
                }
            });
            track.learnedTo = minute + History.MINUTE;
        });
        return !minutes.isEmpty();
    }

    private static void add(Tally tally, Set<Count> counts, Map<Count, Long> into) {
        counts.forEach(count -> into.merge(count, tally.count(count), Long::sum));
    }

    /**
     * What is usual at this pane, as far as it is learned: nothing was counted in the minutes since the last that was, and each
     * hour of the week has a usual of its own once a week is known.
     */
    static Baseline usual(Count count, Track track, long pane) {
        Baseline learned = track.baselines.getOrDefault(count, Baseline.NONE);
        if (track.learnedTo == Long.MIN_VALUE) {
            return learned;
        }
        double idle = (History.minuteOf(pane) - LAG - track.learnedTo) / (double) History.MINUTE;
        Baseline overall = learned.learn(0, idle);
        Week week = track.weeks.get(count);
        return week == null ? overall : week.at(pane, overall);
    }
}
