package postwarden.detect;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Tally;

/** What a watch keeps about one key on one host, but for the tallies themselves. Owned and changed by the watcher. */
public final class Track {
    /** Which tallies are stored: first pane to number of panes. */
    final TreeMap<Long, Integer> stored = new TreeMap<>();
    /** Panes that have not been assessed since something was added to them. */
    final TreeSet<Long> pending = new TreeSet<>();

    final Map<Count, Baseline> baselines = new EnumMap<>(Count.class);
    /** The first pane that the baselines have not learned from; {@link Long#MIN_VALUE} before the first. */
    long learnedTo = Long.MIN_VALUE;

    /** Sums of whole minutes whose panes are stored one by one, so that no window adds them up again. Not stored. */
    final Map<Long, Tally> minutes = new HashMap<>();
    /** The sum of all panes before {@link #pastBefore}; the same for a minute. Not stored. */
    Tally past = new Tally();

    long pastBefore = Long.MIN_VALUE;

    /** Forgets the sums that a tally at this pane changes. */
    void changed(long pane) {
        minutes.remove(History.minuteOf(pane));
        if (pane < pastBefore) {
            pastBefore = Long.MIN_VALUE;
        }
    }
}
