package postwarden.tally;

import java.time.Duration;
import java.time.Instant;

/** Arithmetic on panes: event time cut into pieces of ten seconds, numbered from 1970. */
public final class Pane {
    /**
     * Length of a pane. A format fact rather than a setting: stored tallies are numbered by it. Ten seconds is the finest
     * that an alert needs (60 s to tell an attack) and keeps an hour at 360 panes before they are merged into coarser ones.
     */
    public static final Duration LENGTH = Duration.ofSeconds(10);

    private static final long MILLIS = LENGTH.toMillis();

    private Pane() {}

    /** Number of the pane that holds this time. */
    public static long of(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), MILLIS);
    }

    /** Number of the pane that was {@code ago} before this time, in whole milliseconds; asked for every line. */
    static long before(Instant time, Duration ago) {
        return Math.floorDiv(time.toEpochMilli() - ago.toMillis(), MILLIS);
    }

    /** First instant of the pane. */
    public static Instant start(long pane) {
        return Instant.ofEpochMilli(pane * MILLIS);
    }

    /** First instant behind the pane. */
    public static Instant end(long pane) {
        return Instant.ofEpochMilli((pane + 1) * MILLIS);
    }

    /** How many panes make up this time, at least 1. */
    public static long count(Duration time) {
        return Math.max(1, time.toMillis() / MILLIS);
    }
}
