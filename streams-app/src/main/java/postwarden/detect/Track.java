package postwarden.detect;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import postwarden.tally.Baseline;
import postwarden.tally.Count;

/** What a watch keeps about one key on one host, but for the tallies themselves. Owned and changed by the watcher. */
public final class Track {
    /** Which tallies are stored: first pane to number of panes. */
    final TreeMap<Long, Integer> stored = new TreeMap<>();
    /** Panes that have not been assessed since something was added to them. */
    final TreeSet<Long> pending = new TreeSet<>();

    final Map<Count, Baseline> baselines = new EnumMap<>(Count.class);
    /** The first pane that the baselines have not learned from; {@link Long#MIN_VALUE} before the first. */
    long learnedTo = Long.MIN_VALUE;
}
