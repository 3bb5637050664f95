package postwarden.detect.limit;

import java.util.Set;
import java.util.function.Predicate;
import postwarden.detect.Scope;
import postwarden.detect.Span;
import postwarden.tally.Count;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * One limit that daemons state: a line of the table that {@link LimitDetector} goes by.
 *
 * @param scope whose limit it is, always on one host
 * @param concerns cheap: whether a pane may hold a statement of it; monotone
 * @param said how often it was said
 * @param onset the count whose first line is the beginning
 * @param telling what to make of it
 */
record LimitRule(Scope scope, Predicate<Tally> concerns, Said said, Count onset, Telling telling) {

    /** How often the limit was said within a part of a window, which may tell of the limit's value. */
    @FunctionalInterface
    interface Said {
        long times(Tally part, Tally window);
    }

    /** Pure: what the statements mean, as far as the key's other numbers tell. */
    @FunctionalInterface
    interface Telling {
        Told of(Sight sight);
    }

    /** A rule for what a single count states. */
    static LimitRule of(String id, Watch watch, Count count, Said said, Telling telling) {
        return new LimitRule(
                new Scope(id, watch, Span.HOST, Set.of()), pane -> pane.count(count) > 0, said, count, telling);
    }
}
