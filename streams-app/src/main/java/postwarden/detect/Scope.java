package postwarden.detect;

import java.util.Set;
import postwarden.tally.Count;
import postwarden.tally.Watch;

/**
 * What a detector looks at.
 *
 * @param id in alerts and configuration, such as {@code connection-flood}
 * @param watch what its key is
 * @param span whether it looks at each host's numbers or at all hosts' together
 * @param learns the counts of which it wants to know what is usual
 */
public record Scope(String id, Watch watch, Span span, Set<Count> learns) {
    public Scope {
        learns = Set.copyOf(learns);
    }
}
