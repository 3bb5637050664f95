package postwarden.detect;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import postwarden.tally.Count;
import postwarden.tally.Hours;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.PaneKey;
import postwarden.tally.Tally;

/**
 * The stored tallies of a key, finest while they are young: panes for twenty minutes, minutes for seventy, then one sum of
 * all that is older. Every window that a detector may ask for is exact to the pane within the first and to the minute within
 * the second. What the main counts of a week came to by the hour ({@link Hours}) is for people.
 */
final class History {
    /** Panes in a minute. */
    static final int MINUTE = (int) Pane.count(Duration.ofMinutes(1));
    /** Where the sum of all that is older stands. */
    static final long PAST = Long.MIN_VALUE;
    /** Where the sum of what is older and in doubt stands. */
    static final long DOUBTED = Long.MIN_VALUE + 1;

    private static final long FINE = Pane.count(Duration.ofMinutes(20));
    private static final long HOUR = Pane.count(Duration.ofHours(1));
    private static final long DAY = 24 * HOUR;
    private static final long COARSE = Pane.count(Duration.ofMinutes(70));
    /** Bytes of tallies that stay in a track, about; what is larger would be written again with every change. */
    private static final int HERE_BYTES = 1024;

    private final Records records;

    History(Records records) {
        this.records = records;
    }

    /** Adds to a pane, taking over {@code tally}, and returns what the pane now holds. */
    Tally add(Key key, String host, Track track, long pane, Tally tally) {
        long minute = minuteOf(pane);
        Kept folded = track.kept.get(minute);
        boolean isFolded = folded != null && folded.panes() == MINUTE;
        track.changed(pane);
        return merge(key, host, track, isFolded ? minute : pane, isFolded ? MINUTE : 1, tally);
    }

    /** Gives what lies wholly within the panes from {@code first} to {@code last}, both included, in few pieces, to read. */
    void visit(Key key, String host, Track track, long first, long last, Consumer<Tally> into) {
        if (first > last) {
            return;
        }
        long summed = Long.MIN_VALUE;
        for (Map.Entry<Long, Kept> entry :
                track.kept.subMap(first, true, last, true).entrySet()) {
            long start = entry.getKey();
            long minute = minuteOf(start);
            int panes = entry.getValue().panes();
            if (panes == 1 && minute >= first && minute + MINUTE - 1 <= last) {
                if (start >= summed) {
                    into.accept(minute(key, host, track, minute));
                    summed = minute + MINUTE;
                }
            } else if (start + panes - 1 <= last) {
                records.tally(key, host, start, entry.getValue()).ifPresent(into);
            }
        }
    }

    /** The sum of a minute whose panes are stored one by one. */
    private Tally minute(Key key, String host, Track track, long minute) {
        return track.minutes.computeIfAbsent(minute, first -> {
            Sum sum = new Sum();
            track.kept
                    .subMap(minute, minute + MINUTE)
                    .forEach((start, kept) ->
                            records.tally(key, host, start, kept).ifPresent(sum::add));
            return sum.tally();
        });
    }

    /** Visits what was counted from {@code first} on and before {@code before}, by the first pane of its minute, in order. */
    void minutes(Key key, String host, Track track, long first, long before, BiConsumer<Long, Tally> visitor) {
        track.kept
                .subMap(first, before)
                .forEach((start, kept) -> records.tally(key, host, start, kept)
                        .ifPresent(tally -> visitor.accept(minuteOf(start), tally)));
    }

    /** One count within the panes from {@code first} to {@code last}, both included. */
    long sum(Key key, String host, Track track, long first, long last, Count count) {
        long sum = 0;
        for (Map.Entry<Long, Kept> entry :
                track.kept.subMap(first, true, last, true).entrySet()) {
            sum += records.tally(key, host, entry.getKey(), entry.getValue())
                    .map(tally -> tally.count(count))
                    .orElse(0L);
        }
        return sum;
    }

    /** The sum of all that is older than the hour that ends with {@code pane}, folded or not yet, but for what is in doubt; to read. */
    Tally past(Key key, String host, KeyState state, Track track, long pane) {
        long before = begin(pane, pane - HOUR + 1);
        if (before != track.pastBefore) {
            // A copy of all, because it outlives the folding of its parts.
            track.past = new Tally();
            track.older.flatMap(kept -> records.tally(key, host, PAST, kept)).ifPresent(track.past::merge);
            track.kept.headMap(before).forEach((start, kept) -> {
                if (!state.isDoubtful(start)) {
                    records.tally(key, host, start, kept).ifPresent(track.past::merge);
                }
            });
            track.pastBefore = before;
        }
        return track.past;
    }

    /**
     * The sum of what is in doubt and older than the hour that ends with {@code pane}, folded or not: of a day from when it began.
     * What is in doubt later begins the next sum.
     */
    void doubted(Key key, String host, KeyState state, Track track, long pane, Tally into) {
        long from = track.doubtedFrom;
        Tally sum = new Tally();
        track.doubted.flatMap(kept -> records.tally(key, host, DOUBTED, kept)).ifPresent(sum::merge);
        for (Map.Entry<Long, Kept> entry :
                track.kept.headMap(begin(pane, pane - HOUR + 1)).entrySet()) {
            long minute = minuteOf(entry.getKey());
            if (state.isDoubtful(entry.getKey())) {
                if (isAnotherDay(from, minute)) {
                    sum = new Tally();
                    from = minute;
                }
                records.tally(key, host, entry.getKey(), entry.getValue()).ifPresent(sum::merge);
            }
        }
        if (!isAnotherDay(from, pane)) {
            into.merge(sum);
        }
    }

    private static boolean isAnotherDay(long from, long pane) {
        return from == Long.MIN_VALUE || pane - from > DAY;
    }

    /**
     * Where a window that is looked at from the end of {@code pane} begins when it is to begin with {@code first}: on the next
     * minute where tallies may have been folded already, whether they were or not, so that folding changes no window.
     */
    static long begin(long pane, long first) {
        return first > pane - FINE ? first : minuteOf(first + MINUTE - 1);
    }

    /** What to call a stored tally's first pane, seen from the end of {@code pane}: the same whether it was folded or not. */
    static long seenAs(long pane, long start) {
        return start > pane - FINE ? start : minuteOf(start);
    }

    /** The pane before which {@link #fold} sums up all there is; what is before it is there for the last time. */
    static long past(long settled) {
        return settled == Long.MIN_VALUE ? Long.MIN_VALUE : minuteOf(settled - COARSE);
    }

    /**
     * Makes tallies coarser that are old.
     *
     * @param settled the last pane that was assessed, or MIN_VALUE: what is still to be assessed needs its windows exact
     */
    void fold(Key key, String host, KeyState state, Track track, long settled) {
        if (settled == Long.MIN_VALUE || track.kept.isEmpty()) {
            return;
        }
        long fine = minuteOf(settled - FINE);
        if (fine <= track.foldedTo || track.kept.firstKey() >= fine) {
            return;
        }
        long past = past(settled);
        for (long start : List.copyOf(track.kept.headMap(fine).keySet())) {
            Kept kept = track.kept.getOrDefault(start, Kept.elsewhere(1));
            boolean old = start < past;
            if (old || kept.panes() == 1) {
                track.kept.remove(start);
                track.minutes.remove(minuteOf(start));
                taken(key, host, start, kept).ifPresent(tally -> {
                    if (!old) {
                        merge(key, host, track, minuteOf(start), MINUTE, tally);
                        return;
                    }
                    Hours hours = track.hours.orElseGet(Hours::new);
                    hours.add(key.watch(), start, tally);
                    track.hours = Optional.of(hours);
                    if (state.isDoubtful(start)) {
                        mergeDoubted(key, host, track, minuteOf(start), tally);
                    } else {
                        track.older = Optional.of(summed(key, host, PAST, track.older, tally));
                    }
                });
            }
        }
        records.moveHours(key, host, track);
        track.foldedTo = fine;
    }

    static long minuteOf(long pane) {
        return Math.floorDiv(pane, MINUTE) * MINUTE;
    }

    /** The tally, which is stored no longer. */
    private Optional<Tally> taken(Key key, String host, long start, Kept kept) {
        Optional<Tally> tally = records.tally(key, host, start, kept);
        if (!kept.isHere()) {
            records.tallies().remove(new PaneKey(key, host, start, kept.panes()));
        }
        return tally;
    }

    private Tally merge(Key key, String host, Track track, long start, int panes, Tally tally) {
        Kept known = track.kept.get(start);
        if (known == null) {
            track.kept.put(start, Kept.here(panes, tally));
            moveLarge(key, host, track);
            return tally;
        }
        return merge(key, host, start, known, tally);
    }

    private Tally merge(Key key, String host, long start, Kept known, Tally tally) {
        if (known.isHere()) {
            return known.open().merge(tally);
        }
        PaneKey row = new PaneKey(key, host, start, known.panes());
        Tally sum = records.tallies().get(row).orElseGet(Tally::new).merge(tally);
        records.tallies().put(row, sum);
        return sum;
    }

    private void mergeDoubted(Key key, String host, Track track, long minute, Tally tally) {
        if (isAnotherDay(track.doubtedFrom, minute)) {
            track.doubted.ifPresent(kept -> taken(key, host, DOUBTED, kept));
            track.doubted = Optional.empty();
            track.doubtedFrom = minute;
        }
        track.doubted = Optional.of(summed(key, host, DOUBTED, track.doubted, tally));
    }

    /** Where a sum of what is old stands after one more tally. */
    private Kept summed(Key key, String host, long row, Optional<Kept> known, Tally tally) {
        tally.dropSamples();
        if (known.isEmpty()) {
            return Kept.here(1, tally);
        }
        Kept kept = known.get();
        Tally sum = merge(key, host, row, kept, tally);
        if (!kept.isHere() || sum.weight() <= HERE_BYTES / 2) {
            return kept;
        }
        records.tallies().put(new PaneKey(key, host, row, 1), sum);
        return Kept.elsewhere(1);
    }

    /** Moves the oldest tallies to rows of their own while those that stay are too large; the newest stays. */
    private void moveLarge(Key key, String host, Track track) {
        long newest = track.kept.lastKey();
        int room = HERE_BYTES;
        // Not by descendingMap: a map holds on to each view of itself, and there are as many maps as tracks.
        for (Map.Entry<Long, Kept> entry = track.kept.lowerEntry(newest);
                entry != null;
                entry = track.kept.lowerEntry(entry.getKey())) {
            Kept kept = entry.getValue();
            if (kept.isHere()) {
                room -= kept.weight();
                if (room < 0) {
                    records.tallies().put(new PaneKey(key, host, entry.getKey(), kept.panes()), kept.open());
                    track.kept.put(entry.getKey(), Kept.elsewhere(kept.panes()));
                }
            }
        }
    }
}
