package postwarden.diff;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** What one side tells and the other does not, or tells otherwise. */
public sealed interface Difference {
    /** The incident to speak of. */
    Case subject();

    /** Only the later side tells it. */
    record New(Case now) implements Difference {
        @Override
        public Case subject() {
            return now;
        }
    }

    /** Only the former side tells it. */
    record Lost(Case before) implements Difference {
        @Override
        public Case subject() {
            return before;
        }
    }

    /**
     * Both tell it, in other words.
     *
     * @param changes not empty
     */
    record Changed(Case before, Case now, Set<Change> changes) implements Difference {
        public Changed {
            changes = Set.copyOf(changes);
        }

        @Override
        public Case subject() {
            return now;
        }

        /** By how much it is found earlier (negative) or later. */
        public Duration delay() {
            return Duration.between(before.detectedAt(), now.detectedAt());
        }
    }

    /** In what two tellings of one incident can differ. */
    enum Change {
        EARLIER,
        LATER,
        SEVERITY,
        CAUSE
    }

    /** In what these two differ; empty when they agree. */
    static Set<Change> changes(Case before, Case now) {
        Set<Change> changes = EnumSet.noneOf(Change.class);
        if (now.detectedAt().isBefore(before.detectedAt())) {
            changes.add(Change.EARLIER);
        }
        if (now.detectedAt().isAfter(before.detectedAt())) {
            changes.add(Change.LATER);
        }
        if (now.highest() != before.highest()) {
            changes.add(Change.SEVERITY);
        }
        if (!now.cause().equals(before.cause())) {
            changes.add(Change.CAUSE);
        }
        return changes;
    }
}
