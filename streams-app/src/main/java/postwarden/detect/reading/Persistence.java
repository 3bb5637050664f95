package postwarden.detect.reading;

import java.time.Duration;
import java.util.function.Predicate;
import postwarden.detect.View;
import postwarden.tally.Pane;
import postwarden.tally.Tally;

/**
 * How long something must last before it is believed: in {@code needed} of the last {@code of} windows.
 *
 * @param window length of each window, 10 s to 1 h
 * @param hop time between the ends of two windows, 10 s to 1 h; equal to {@code window} where they must not overlap
 * @param needed windows that must show it, 1 to {@code of}
 * @param of windows looked at, 1 to 360, within an hour in all
 */
public record Persistence(Duration window, Duration hop, int needed, int of) {
    private static final Duration HOUR = Duration.ofHours(1);

    public Persistence {
        Range.check("persistence window", window, Pane.LENGTH, HOUR);
        Range.check("persistence hop", hop, Pane.LENGTH, HOUR);
        Range.check("persistence of", of, 1, 360);
        Range.check("persistence needed", needed, 1, of);
        if (hop.multipliedBy(of - 1L).plus(window).compareTo(HOUR) > 0) {
            throw new IllegalArgumentException(
                    "persistence must lie within an hour, not " + of + " windows of " + window + " every " + hop);
        }
    }

    /** Windows that stand side by side. */
    public static Persistence adjacent(Duration window, int needed, int of) {
        return new Persistence(window, window, needed, of);
    }

    /** Whether enough windows pass. */
    public boolean met(View view, Predicate<Tally> passes) {
        return count(view, passes) >= needed;
    }

    /** How many of the windows pass. */
    public int count(View view, Predicate<Tally> passes) {
        int passed = 0;
        for (int i = 0; i < of; i++) {
            if (passes.test(view.window(window, i * Pane.count(hop)))) {
                passed++;
            }
        }
        return passed;
    }
}
