package postwarden.detect.reading;

import java.time.Duration;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import postwarden.detect.View;
import postwarden.tally.Count;
import postwarden.tally.Pane;
import postwarden.tally.Tally;

/**
 * What a key did in the last hour before what is judged: for what changes over a day more than it differs between keys, and for
 * numbers that are no counts, such as how many clients came.
 */
public final class Earlier {
    /** Windows looked at, one every ten minutes, so that a burst of some minutes is in one of them at most. */
    private static final int WINDOWS = 5;

    private static final long TEN_MINUTES = Pane.count(Duration.ofMinutes(10));

    private Earlier() {}

    /** The median of windows of this length, at most ten minutes, that ended 10, 20, 30, 40 and 50 minutes ago. */
    public static long median(View view, Duration window, ToLongFunction<Tally> number) {
        long[] rising = LongStream.rangeClosed(1, WINDOWS)
                .map(i -> number.applyAsLong(view.window(window, i * TEN_MINUTES)))
                .sorted()
                .toArray();
        return rising[WINDOWS / 2];
    }

    /** Whether the server wrote anything when the first of these windows was open, so that they tell what is usual there. */
    public static boolean isKnown(View view) {
        return view.past().count(Count.LINES) > 0
                || view.window(Duration.ofMinutes(10), WINDOWS * TEN_MINUTES).count(Count.LINES) > 0;
    }
}
