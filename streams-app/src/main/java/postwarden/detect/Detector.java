package postwarden.detect;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import postwarden.tally.Count;
import postwarden.tally.Tally;

/**
 * Tells one kind of trouble from windows over one key: a pure function, the same for the same numbers. It is asked when a
 * pane has closed that {@link #mayConcern} it, and at every pane while its last answer was a finding.
 */
public interface Detector {
    /** What it looks at. */
    Scope scope();

    /** The same as {@link Scope#id}. */
    default String id() {
        return scope().id();
    }

    /** Cheap: whether a pane with these numbers can start a finding. Monotone: more of anything never makes it false. */
    boolean mayConcern(Tally pane);

    /**
     * Looks at the key.
     *
     * @param open what the findings of this detector that are open for this key and host are {@linkplain Finding#about
     *     about}, so that lower thresholds keep them
     * @return what is wrong, each about something else
     */
    List<Finding> assess(View view, Set<String> open);

    /** What of a minute is learned instead of a count's number, where something else than the detector's own trouble may be in it. */
    default Map<Count, ToLongFunction<Tally>> lessons() {
        return Map.of();
    }

    /**
     * Whether what was seen in the last hour may be somebody else's, so that it is no history to hold anything against, although
     * it is too little to be told, or whether it is the very trouble that a later one is to be told from. Asked where a pane
     * {@link #mayConcern} it.
     */
    default boolean doubts(View view) {
        return false;
    }

    /**
     * How long what it found must be unseen to be over, where nothing was found in this view. Longer than the usual only where
     * silence is no recovery: a host that few use may be silent for an hour and nothing be mended.
     *
     * @param usual of all detectors
     * @return at least the usual
     */
    default Duration hold(View view, Duration usual) {
        return usual;
    }
}
