package postwarden.detect;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postwarden.correlate.Memory;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.PaneKey;
import postwarden.tally.Tally;

/**
 * The stored tallies of a key, finest while they are young: panes for twenty minutes, minutes for seventy, then one sum of
 * all that is older. Every window that a detector may ask for is exact to the pane within the first and to the minute within
 * the second.
 */
final class History {
    /** Panes in a minute. */
    static final int MINUTE = (int) Pane.count(Duration.ofMinutes(1));

    private static final long FINE = Pane.count(Duration.ofMinutes(20));
    private static final long HOUR = Pane.count(Duration.ofHours(1));
    private static final long COARSE = Pane.count(Duration.ofMinutes(70));
    /** Where the sum of all that is older stands. */
    private static final long PAST = Long.MIN_VALUE;

    private final Memory<PaneKey, Tally> tallies;

    History(Memory<PaneKey, Tally> tallies) {
        this.tallies = tallies;
    }

    /** Adds to a pane and returns what it now holds. */
    Tally add(Key key, String host, Track track, long pane, Tally tally) {
        boolean folded = isFolded(track, pane);
        long start = folded ? minuteOf(pane) : pane;
        int panes = folded ? MINUTE : 1;
        track.stored.put(start, panes);
        track.changed(pane);
        return merge(new PaneKey(key, host, start, panes), tally);
    }

    /** Sums up what lies wholly within the panes from {@code first} to {@code last}, both included; nothing where there is none. */
    void sum(Key key, String host, Track track, long first, long last, Tally into) {
        if (first > last) {
            return;
        }
        long summed = Long.MIN_VALUE;
        for (Map.Entry<Long, Integer> entry :
                track.stored.subMap(first, true, last, true).entrySet()) {
            long start = entry.getKey();
            long minute = minuteOf(start);
            if (entry.getValue() == 1 && minute >= first && minute + MINUTE - 1 <= last) {
                if (start >= summed) {
                    into.merge(minute(key, host, track, minute));
                    summed = minute + MINUTE;
                }
            } else if (start + entry.getValue() - 1 <= last) {
                stored(key, host, start, entry.getValue()).ifPresent(into::merge);
            }
        }
    }

    /** The sum of a minute whose panes are stored one by one. */
    private Tally minute(Key key, String host, Track track, long minute) {
        return track.minutes.computeIfAbsent(minute, first -> {
            Tally sum = new Tally();
            track.stored
                    .subMap(minute, minute + MINUTE)
                    .forEach((start, panes) -> stored(key, host, start, panes).ifPresent(sum::merge));
            return sum;
        });
    }

    private Optional<Tally> stored(Key key, String host, long start, int panes) {
        return tallies.get(new PaneKey(key, host, start, panes));
    }

    /** One count within the panes from {@code first} to {@code last}, both included. */
    long sum(Key key, String host, Track track, long first, long last, Count count) {
        long sum = 0;
        for (Map.Entry<Long, Integer> entry :
                track.stored.subMap(first, true, last, true).entrySet()) {
            sum += stored(key, host, entry.getKey(), entry.getValue())
                    .map(tally -> tally.count(count))
                    .orElse(0L);
        }
        return sum;
    }

    /** The sum of all that is older than the hour that ends with {@code pane}, folded or not yet. */
    void past(Key key, String host, Track track, long pane, Tally into) {
        long before = begin(pane, pane - HOUR + 1);
        if (before != track.pastBefore) {
            track.past = new Tally();
            stored(key, host, PAST, 1).ifPresent(track.past::merge);
            sum(key, host, track, Long.MIN_VALUE, before - 1, track.past);
            track.pastBefore = before;
        }
        into.merge(track.past);
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

    /**
     * Makes tallies coarser that are old.
     *
     * @param settled the last pane that was assessed, or MIN_VALUE: what is still to be assessed needs its windows exact
     */
    void fold(Key key, String host, Track track, long settled) {
        if (settled == Long.MIN_VALUE || track.stored.isEmpty() || track.stored.firstKey() > settled - FINE) {
            return;
        }
        long past = minuteOf(settled - COARSE);
        for (long start :
                List.copyOf(track.stored.headMap(minuteOf(settled - FINE)).keySet())) {
            int panes = track.stored.getOrDefault(start, 1);
            boolean old = start < past;
            if (old || panes == 1) {
                PaneKey from = new PaneKey(key, host, start, panes);
                long into = minuteOf(start);
                tallies.get(from)
                        .ifPresent(tally -> merge(
                                old ? new PaneKey(key, host, PAST, 1) : new PaneKey(key, host, into, MINUTE), tally));
                tallies.remove(from);
                track.stored.remove(start);
                track.minutes.remove(into);
                if (!old) {
                    track.stored.put(into, MINUTE);
                }
            }
        }
    }

    static long minuteOf(long pane) {
        return Math.floorDiv(pane, MINUTE) * MINUTE;
    }

    private static boolean isFolded(Track track, long pane) {
        Integer panes = track.stored.get(minuteOf(pane));
        return panes != null && panes == MINUTE;
    }

    private Tally merge(PaneKey at, Tally tally) {
        Tally sum = tallies.get(at).orElseGet(Tally::new).merge(tally);
        tallies.put(at, sum);
        return sum;
    }

    /** The hosts of a key in order, without the one that stands for all. */
    static Collection<String> hosts(KeyState state) {
        return state.tracks.keySet().stream().filter(host -> !host.isEmpty()).toList();
    }
}
