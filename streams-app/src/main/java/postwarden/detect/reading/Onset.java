package postwarden.detect.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import postwarden.detect.View;
import postwarden.tally.Count;
import postwarden.tally.Pane;

/** When something began, as far as windows tell. */
public final class Onset {
    /** Share of the whole that the burst itself holds; the rest is what the key did before it. */
    private static final double BULK = 0.8;
    /** Spans tried, the shortest first. */
    private static final List<Duration> SPANS = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofMinutes(40));

    private Onset() {}

    /** The beginning of the shortest span that holds the bulk of the count within {@code most}; the pane's start without any. */
    public static Instant of(View view, Duration most, Count count) {
        long whole = view.window(most).count(count);
        Duration span = SPANS.stream()
                .filter(shorter -> shorter.compareTo(most) < 0)
                .filter(shorter -> view.window(shorter).count(count) >= BULK * whole)
                .findFirst()
                .orElse(most);
        return view.firstWithin(span, count).orElse(Pane.start(view.pane()));
    }
}
