package postwarden.producer.sample;

import java.util.Map;
import postwarden.producer.publish.Sample;

/**
 * What a probe read.
 *
 * @param about which one, where a host has several; else empty
 * @param flaw why it is not all; empty when it is. A constant text, so that it is said once
 * @param intervalNanos how long the interval is that the values are about; 0 for a moment
 * @param values by name with unit
 * @param groups the same broken down
 */
record Reading(
        String about, String flaw, long intervalNanos, Map<String, Double> values, Map<String, Sample.Group> groups) {
    private static final int MOST_ABOUT = 255;
    private static final long NANOS_A_MICRO = 1000;

    /** About a moment. */
    static Reading of(Map<String, Double> values) {
        return new Reading("", "", 0, values, Map.of());
    }

    /** About an interval. */
    static Reading over(Interval interval, Map<String, Double> values) {
        return new Reading("", interval.flaw(), interval.nanos(), values, Map.of());
    }

    Reading about(String what) {
        String cut = what.length() > MOST_ABOUT ? what.substring(0, MOST_ABOUT) : what;
        return new Reading(cut, flaw, intervalNanos, values, groups);
    }

    Reading flawed(String why) {
        return new Reading(about, why, intervalNanos, values, groups);
    }

    Sample sample(Sample.Kind kind, long timeMicros, long tookNanos) {
        return new Sample(
                kind,
                about,
                flaw.isEmpty() ? Sample.State.WHOLE : Sample.State.PARTIAL,
                flaw,
                timeMicros,
                intervalNanos / NANOS_A_MICRO,
                tookNanos / NANOS_A_MICRO,
                values,
                groups);
    }

    /** That it could not be measured. */
    static Sample unable(Sample.Kind kind, String about, String why, long timeMicros, long tookNanos) {
        return new Sample(
                kind, about, Sample.State.UNABLE, why, timeMicros, 0, tookNanos / NANOS_A_MICRO, Map.of(), Map.of());
    }
}
