package postwarden.detect.sensor;

import java.time.Duration;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code clock-skew}.
 *
 * @param bound how far stamps may be off the producer's clock, 30 s to 1 h; default 1 min: by as much a host is left behind, and its
 *     numbers no longer meet those of others. Heartbeats every ten seconds tell no less than 30 s apart from a slow logger
 * @param checks heartbeats with lines at which stamps must be off in a row, 3 to 300; default 12: two minutes of a busy host; a logger
 *     that catches up with a backlog is over it sooner, or is off by less each time
 * @param spread how much the first and last of them may differ, 11 s to 1 h; default 25 s: a line is up to ten seconds older than the
 *     heartbeat behind it, twice that between two; a backlog that shrinks differs by more
 * @param medium offset from which it is MEDIUM, 1 min to 30 d; default 10 min: the longest window of most detectors, so that what
 *     happens on two hosts at once is no longer seen as one
 */
public record ClockSkewParams(Duration bound, int checks, Duration spread, Duration medium) {
    public ClockSkewParams {
        Range.check("bound", bound, Duration.ofSeconds(30), Duration.ofHours(1));
        Range.check("checks", checks, 3, 300);
        Range.check("spread", spread, Duration.ofSeconds(11), Duration.ofHours(1));
        Range.check("medium", medium, Duration.ofMinutes(1), Duration.ofDays(30));
    }

    public static ClockSkewParams defaults() {
        return new ClockSkewParams(Duration.ofMinutes(1), 12, Duration.ofSeconds(25), Duration.ofMinutes(10));
    }
}
