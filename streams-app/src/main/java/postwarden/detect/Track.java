package postwarden.detect;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Hours;
import postwarden.tally.Tally;
import postwarden.tally.Week;

/** What a watch keeps about one key on one host. Owned and changed by the watcher. */
public final class Track {
    /** By first pane. */
    final TreeMap<Long, Kept> kept = new TreeMap<>();
    /** The sum of all that is older. */
    Optional<Kept> older = Optional.empty();
    /** The sum of what is older and in doubt, of a day at most; see {@link KeyState#doubts}. */
    Optional<Kept> doubted = Optional.empty();
    /** The first minute of that. */
    long doubtedFrom = Long.MIN_VALUE;
    /** Panes that have not been assessed since something was added to them. */
    final TreeSet<Long> pending = new TreeSet<>();

    final Map<Count, Baseline> baselines = new TreeMap<>();
    /** What is usual at each hour of the week, of the same counts. */
    final Map<Count, Week> weeks = new TreeMap<>();
    /** The first pane that the baselines have not learned from, but for idle minutes; {@link Long#MIN_VALUE} before the first. */
    long learnedTo = Long.MIN_VALUE;

    /** What is no longer kept by the minute, by the hour: those that are not in the row of their own yet. */
    Optional<Hours> hours = Optional.empty();
    /** Whether there is a row of their own, see {@link TrackKey#ofHours}. */
    boolean hasMoreHours;

    /** Before which pane everything is folded. Not stored. */
    long foldedTo = Long.MIN_VALUE;
    /** Sums of whole minutes whose panes are stored one by one, so that no window adds them up again. Not stored. */
    final Map<Long, Tally> minutes = new HashMap<>();
    /** The sum of all panes before {@link #pastBefore}; the same for a minute. Not stored. */
    Tally past = new Tally();

    long pastBefore = Long.MIN_VALUE;

    /** Forgets what a tally at this pane changes, but for the tally. */
    void changed(long pane) {
        if (!minutes.isEmpty()) {
            minutes.remove(History.minuteOf(pane));
        }
        if (pane < pastBefore) {
            pastBefore = Long.MIN_VALUE;
        }
    }

    /** Whether nothing waits to be looked at. */
    boolean isCalm() {
        return pending.isEmpty();
    }

    /** The newest pane that something was counted in; {@link Long#MIN_VALUE} when it is in the past. */
    long newest() {
        return kept.isEmpty()
                ? Long.MIN_VALUE
                : kept.lastKey() + kept.lastEntry().getValue().panes() - 1;
    }
}
