package postwarden.detect.reading;

import java.time.Duration;
import postwarden.detect.View;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Prior;

/**
 * How far a window is out of a key's ordinary.
 *
 * @param baseline what the key usually does; its cohort's while the key is young
 * @param tail probability of as much or more if nothing has changed
 */
public record Ordinary(Baseline baseline, double tail) {
    /**
     * Minutes of history before it is asked. What is learned may reach into the very window that is judged, and the longest
     * window is an hour: a younger history would call its own attack usual.
     */
    private static final double YOUNG = 60;

    /** What is ordinary for {@code count} in windows of this length, and how far {@code observed} is out of it. */
    public static Ordinary of(View view, Count count, long observed, Duration window, Prior prior) {
        Baseline own = view.baseline(count);
        Baseline asked = own.windows() < YOUNG ? Baseline.NONE : own;
        double minutes = window.toSeconds() / 60.0;
        return new Ordinary(asked, asked.tail((double) observed, minutes, prior));
    }
}
