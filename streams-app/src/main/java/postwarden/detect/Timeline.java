package postwarden.detect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongBiFunction;
import postwarden.detect.Dossier.Hour;
import postwarden.detect.Dossier.Stretch;
import postwarden.tally.Count;
import postwarden.tally.Hours;
import postwarden.tally.Key;
import postwarden.tally.Tally;

/** What was counted for one key over time, on all hosts together. */
final class Timeline {
    /** Never added to. */
    private static final Tally IDLE = new Tally();

    private final Key key;
    private final Records records;
    private final SortedMap<String, Track> tracks;
    private final ToLongBiFunction<String, Track> ends;

    /**
     * @param tracks by host
     * @param ends the pane with which a host's windows end
     */
    Timeline(Key key, Records records, SortedMap<String, Track> tracks, ToLongBiFunction<String, Track> ends) {
        this.key = key;
        this.records = records;
        this.tracks = tracks;
        this.ends = ends;
    }

    /** The oldest first, no two stretches of the same time, without the past; as fine as the coarsest host has it. */
    List<Stretch> series() {
        Set<Long> minutes = new TreeSet<>();
        tracks.values()
                .forEach(track -> track.kept.forEach((start, kept) -> {
                    if (kept.panes() != 1) {
                        minutes.add(start);
                    }
                }));
        SortedMap<Long, Stretch> series = new TreeMap<>();
        Set<Tally> sums = Collections.newSetFromMap(new IdentityHashMap<>());
        tracks.forEach((host, track) -> track.kept.forEach((start, kept) -> {
            long minute = History.minuteOf(start);
            boolean coarse = minutes.contains(minute);
            Tally tally = records.tally(key, host, start, kept).orElseGet(Tally::new);
            Stretch one = new Stretch(coarse ? minute : start, coarse ? History.MINUTE : 1, tally);
            series.merge(one.start(), one, (before, next) -> together(before, next, sums));
        }));
        return List.copyOf(series.values());
    }

    /** @param sums what was added up here, and may be added to; everything else is what is kept */
    private static Stretch together(Stretch one, Stretch other, Set<Tally> sums) {
        if (sums.contains(one.tally())) {
            one.tally().merge(other.tally());
            return one;
        }
        Tally sum = new Tally().merge(one.tally()).merge(other.tally());
        sums.add(sum);
        return new Stretch(one.start(), one.panes(), sum);
    }

    /**
     * The main counts by the hour, from the first hour that is known on, idle ones too, the oldest first.
     *
     * @param learned of whom it is known what is usual
     */
    List<Hour> hours(Collection<Track> learned) {
        Hours all = new Hours();
        long end = Long.MIN_VALUE;
        for (Map.Entry<String, Track> host : tracks.entrySet()) {
            long own = ends.applyAsLong(host.getKey(), host.getValue());
            all.merge(records.hours(key, host.getKey(), host.getValue(), own));
            end = Math.max(end, own);
        }
        SortedMap<Long, Tally> sums = all.sums();
        if (sums.isEmpty()) {
            return List.of();
        }
        // In the past there is no newest pane, and the last hour is whole.
        end = Math.max(end, sums.lastKey() + (end < sums.lastKey() ? Hours.PANES - 1 : 0));
        long last = Math.floorDiv(end, Hours.PANES) * Hours.PANES;
        List<Hour> hours = new ArrayList<>();
        for (long start = Math.max(sums.firstKey(), last - (Hours.MOST - 1L) * Hours.PANES);
                start <= last;
                start += Hours.PANES) {
            int panes = (int) Math.min(Hours.PANES, end + 1 - start);
            hours.add(
                    new Hour(new Stretch(start, panes, sums.getOrDefault(start, IDLE)), usual(learned, start, panes)));
        }
        return hours;
    }

    /** What would have been usual in these panes, of the counts that are learned. */
    private static Map<Count, Double> usual(Collection<Track> learned, long start, int panes) {
        Map<Count, Double> usual = new EnumMap<>(Count.class);
        for (Track track : learned) {
            for (Count count : track.baselines.keySet()) {
                double mean = Learning.usual(count, track, start).mean();
                usual.merge(count, mean * panes / History.MINUTE, Double::sum);
            }
        }
        return usual;
    }
}
