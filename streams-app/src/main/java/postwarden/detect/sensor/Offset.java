package postwarden.detect.sensor;

import java.util.List;
import postwarden.detect.reading.Say;

/**
 * By how much stamps are off.
 *
 * @param ahead whether they lie in the future; else in the past
 * @param seconds by how much, >= 0
 */
record Offset(boolean ahead, double seconds) {
    private static final double MINUTE = 60;
    private static final double HOUR = 3600;
    private static final double HALF_HOUR = 1800;
    /** A line is up to ten seconds older than the heartbeat behind it: half of that on average. */
    private static final double AGE = 5;
    /** How far from a half hour a clock that is right may seem to be: its own error, and that of the average. */
    private static final double NEAR = 90;
    /** Beyond UTC-12 and UTC+14 there are no zones, and between them are 26 hours. */
    private static final double WIDEST = 26 * HOUR + NEAR;

    static Offset of(boolean ahead, List<Double> offsets) {
        double mean = offsets.stream()
                .filter(offset -> offset > 0)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
        return new Offset(ahead, Math.max(0, ahead ? mean + AGE : mean - AGE));
    }

    /** Whether it is as two zones differ. */
    boolean isZone() {
        return seconds <= WIDEST && halfHours() >= 1 && Math.abs(seconds - halfHours() * HALF_HOUR) <= NEAR;
    }

    /** How many half hours it is, rounded. */
    long halfHours() {
        return Math.round(seconds / HALF_HOUR);
    }

    /** As a person says it: {@code 2 h}, {@code 5.5 h}, {@code 12 min}. */
    String words() {
        if (isZone()) {
            return Say.number(halfHours() / 2.0) + " h";
        }
        if (seconds >= HOUR) {
            return Say.number(Math.round(seconds / HOUR * 10) / 10.0) + " h";
        }
        return seconds >= 2 * MINUTE
                ? Say.number(Math.rint(seconds / MINUTE)) + " min"
                : Say.number(Math.rint(seconds)) + " s";
    }
}
