package postwarden.detect;

import java.util.Optional;
import java.util.Set;
import postwarden.tally.Count;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * Tells one kind of trouble from windows over one key: a pure function, the same for the same numbers. It is asked when a
 * pane has closed that {@link #mayConcern} it, and at every pane while its last answer was a finding.
 */
public interface Detector {
    /** The id in alerts and configuration, such as {@code connection-flood}. */
    String id();

    /** What its key is. */
    Watch watch();

    /** Whether it looks at each host's numbers or at all hosts' together. */
    Span span();

    /** The counts of which it wants to know what is usual. */
    Set<Count> learns();

    /** Cheap: whether a pane with these numbers can start a finding. Monotone: more of anything never makes it false. */
    boolean mayConcern(Tally pane);

    /**
     * Looks at the key.
     *
     * @param open whether this detector has a finding open for this key and host, so that a lower threshold keeps it
     * @return what is wrong, or empty
     */
    Optional<Finding> assess(View view, boolean open);
}
