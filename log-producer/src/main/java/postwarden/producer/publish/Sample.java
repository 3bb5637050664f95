package postwarden.producer.publish;

import java.util.Map;

/**
 * One measurement on its way to Kafka: what no log says, and only about the time at which it was taken.
 *
 * @param kind what was measured
 * @param about which one, where a host has several; else empty
 * @param state whether the values can be relied on
 * @param note for people: why it is not WHOLE; empty when it is
 * @param timeMicros when the measurement ended, microseconds since the epoch
 * @param intervalMicros how long the interval is that the values are about, in microseconds; 0 for a moment
 * @param tookMicros how long the measurement took, in microseconds
 * @param values by name with unit
 * @param groups the same broken down, by what the rows are
 */
public record Sample(
        Kind kind,
        String about,
        State state,
        String note,
        long timeMicros,
        long intervalMicros,
        long tookMicros,
        Map<String, Double> values,
        Map<String, Group> groups) {
    public Sample {
        values = Map.copyOf(values);
        groups = Map.copyOf(groups);
    }

    /** What was measured; see MailSample.avsc. */
    public enum Kind {
        /** Messages in a mail queue. */
        QUEUE,
        /** TCP sessions on mail ports. */
        SESSIONS,
        /** Connections that the kernel turned away. */
        LISTEN,
        /** Run queue and CPU. */
        LOAD,
        /** Memory, swap, and processes killed for want of it. */
        MEMORY,
        /** Time that work stood still for want of CPU, memory or disk. */
        PRESSURE,
        /** The device of the spool. */
        DISK,
        /** How long DNS answers take. */
        RESOLVER
    }

    /** Whether the values can be relied on. */
    public enum State {
        /** All of it was measured. */
        WHOLE,
        /** A bound was met, or a part was not readable: counts are lower bounds. */
        PARTIAL,
        /** It could not be measured; there are no values. */
        UNABLE
    }

    /**
     * The largest rows of one breakdown, and the sum of all others.
     *
     * @param rows values by row
     * @param leftOut how many rows are not shown; an upper bound where lowerBounds is true
     * @param rest what those come to
     * @param lowerBounds whether a part of what belongs to a row may stand in rest
     */
    public record Group(
            Map<String, Map<String, Double>> rows, long leftOut, Map<String, Double> rest, boolean lowerBounds) {
        public Group {
            rows = Map.copyOf(rows);
            rest = Map.copyOf(rest);
        }
    }
}
