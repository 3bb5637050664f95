package postwarden.detect;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A detector that has one thing to say about a key, or nothing. */
public interface KeyDetector extends Detector {
    /**
     * Looks at the key.
     *
     * @param open whether this detector has a finding open for this key and host, so that a lower threshold keeps it
     * @return what is wrong, or empty
     */
    Optional<Finding> assess(View view, boolean open);

    @Override
    default List<Finding> assess(View view, Set<String> open) {
        return assess(view, !open.isEmpty()).map(List::of).orElse(List.of());
    }
}
