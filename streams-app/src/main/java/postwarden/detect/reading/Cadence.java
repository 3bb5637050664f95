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
 * @param each events in a part, on average
 * @param variance of the parts: as much as {@code each} for what comes by chance
 */
public record Cadence(int parts, double perMinute, double each, double variance) {
    /**
     * Variance of a timer whose parts hold one event more or less: they do when they are no multiple of its period, and when an
     * event falls on the border of two.
     */
    private static final double ONE_MORE_OR_LESS = 0.6;
    /** What a timer's own inaccuracy adds for each event: its intervals differ by some 15 %. */
    private static final double INACCURACY = 0.02;
    /** Parts below which evenness may be chance. */
    private static final int LEAST = 5;
    /** Parts that are aimed at: few, because the more events a part holds, the further a timer is from chance. */
    private static final int WANTED = 6;
    /** Events that a part should hold, or chance looks like a timer. */
    private static final double EACH = 4;

    private static final Cadence UNKNOWN = new Cadence(0, 0, 0, 0);

    /** How {@code count} came since {@code onset}, which is at most an hour ago. */
    public static Cadence since(View view, Instant onset, Count count) {
        long minutes = Duration.between(onset, Pane.end(view.pane())).toMinutes();
        if (minutes < LEAST) {
            return UNKNOWN;
        }
        double rate = view.window(Duration.ofMinutes(minutes)).count(count) / (double) minutes;
        long length = Math.max(minutes / WANTED, (long) Math.ceil(EACH / Math.max(rate, EACH / minutes)));
        int parts = (int) (minutes / Math.max(1, length));
        return parts < LEAST ? UNKNOWN : of(view, Duration.ofMinutes(length), parts, count, rate);
    }

    /** Whether it comes as a program's timer makes it, and no faster than this. */
    public boolean isTimer(double mostPerMinute) {
        return parts >= LEAST && variance <= ONE_MORE_OR_LESS + INACCURACY * each && perMinute <= mostPerMinute;
    }

    private static Cadence of(View view, Duration length, int parts, Count count, double rate) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < parts; i++) {
            double n = view.window(length, i * Pane.count(length)).count(count);
            sum += n;
            squares += n * n;
        }
        double mean = sum / parts;
        return new Cadence(parts, rate, mean, squares / parts - mean * mean);
    }
}
