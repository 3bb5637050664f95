package postwarden.detect.reading;

import java.time.Duration;
import java.time.Instant;
import postwarden.detect.View;
import postwarden.tally.Count;
import postwarden.tally.Pane;

/**
 * How evenly something comes since it began: programs that try again do so by a timer, which neither people nor most attackers
 * do.
 *
 * @param parts equal stretches of time that were compared, 0 when it is too young to tell
 * @param perMinute how often it came
 * @param spread variance divided by mean of the parts: about 1 for what comes by chance, next to 0 for a timer
 */
public record Cadence(int parts, double perMinute, double spread) {
    /** A timer's spread; fewer than one in ten of what comes by chance is as even over the least number of parts. */
    private static final double TIMER = 0.25;
    /** Parts below which evenness may be chance. */
    private static final int LEAST = 5;
    /** Parts that are aimed at: as many as tell, and few windows to sum up. */
    private static final int WANTED = 8;
    /** Events that a part should hold, or a timer looks like chance. */
    private static final double EACH = 2;

    private static final Cadence UNKNOWN = new Cadence(0, 0, 1);

    /** How {@code count} came since {@code onset}, which is at most an hour ago. */
    public static Cadence since(View view, Instant onset, Count count) {
        long minutes =
                Duration.between(onset, Pane.end(view.pane())).toMinutes();
        if (minutes < LEAST) {
            return UNKNOWN;
        }
        double rate = view.window(Duration.ofMinutes(minutes)).count(count) / (double) minutes;
        long length = Math.max(minutes / WANTED, (long) Math.ceil(EACH / Math.max(rate, EACH / minutes)));
        int parts = (int) (minutes / Math.max(1, length));
        return parts < LEAST ? UNKNOWN : new Cadence(parts, rate, spread(view, Duration.ofMinutes(length), parts, count));
    }

    /** Whether it comes as a program's timer makes it, and no faster than this. */
    public boolean isTimer(double mostPerMinute) {
        return parts >= LEAST && spread <= TIMER && perMinute <= mostPerMinute;
    }

    private static double spread(View view, Duration length, int parts, Count count) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < parts; i++) {
            double n = view.window(length, i * Pane.count(length)).count(count);
            sum += n;
            squares += n * n;
        }
        double mean = sum / parts;
        return mean == 0 ? 1 : (squares / parts - mean * mean) / mean;
    }
}
