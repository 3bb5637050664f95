package postwarden.evaluate;

import java.time.Duration;
import java.util.Set;

/**
 * What may be said about one kind of thing that happens.
 *
 * @param right detectors that tell it by its name
 * @param also detectors that may speak of it too: its parts, and what it leads to
 * @param never detectors that must not speak of it with {@code MEDIUM} or more
 * @param window how long behind its end it may still be told
 */
record Expectation(Set<String> right, Set<String> also, Set<String> never, Duration window) {
    Expectation {
        right = Set.copyOf(right);
        also = Set.copyOf(also);
        never = Set.copyOf(never);
    }

    boolean allows(String detector) {
        return right.contains(detector) || also.contains(detector);
    }
}
