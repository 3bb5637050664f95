package postwarden.evaluate;

import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import postwarden.detect.Severity;

/**
 * What may be said about one kind of thing that happens.
 *
 * @param right detectors that tell it by its name
 * @param also detectors that may speak of it too: its parts, and what it leads to
 * @param never detectors that must not speak of it, or only mildly
 * @param mild below which severity they may
 * @param window how long behind its end it may still be told
 */
record Expectation(Set<String> right, Set<String> also, Set<String> never, Severity mild, Duration window) {
    Expectation {
        Set<String> named = Set.copyOf(right);
        right = named;
        also = also.stream().filter(Predicate.not(named::contains)).collect(Collectors.toUnmodifiableSet());
        never = Set.copyOf(never);
    }

    /** The same, where they may speak with less than this severity. */
    Expectation below(Severity severity) {
        return new Expectation(right, also, never, severity, window);
    }

    boolean allows(String detector) {
        return right.contains(detector) || also.contains(detector);
    }
}
