package postwarden.producer.follow;

import java.time.Clock;
import java.time.Duration;

/**
 * When everything is gone through again: after the pause that is asked for, but never so soon that it would take more than a
 * small part of the time, as it would with thousands of files, unless a longest pause says so.
 */
final class Pace {
    /** The same for looking because something has happened. */
    private static final int NEWS_SHARE = 10;

    private final Clock clock;
    private final long pauseMillis;
    private final long longestMillis;
    private final int share;
    private long begunMillis;
    private long endedMillis;
    private long tookMillis;

    /** @param share the part of the time that may be spent on what has mostly not changed, as one in so many */
    Pace(Clock clock, Duration pause, Duration longest, int share) {
        this.share = share;
        this.clock = clock;
        this.pauseMillis = pause.toMillis();
        this.longestMillis = Math.max(pauseMillis, longest.toMillis());
    }

    /** Whether it is time; the clock may be set back, so a difference counts in both directions. */
    boolean isDue() {
        return since() >= Math.min(longestMillis, Math.max(pauseMillis, tookMillis * share));
    }

    /** Whether it may be done at once because something has happened: it may then take a tenth of the time. */
    boolean isDueForNews() {
        return since() >= Math.max(pauseMillis, tookMillis * NEWS_SHARE);
    }

    void begin() {
        begunMillis = clock.millis();
    }

    void end() {
        endedMillis = clock.millis();
        tookMillis = Math.abs(endedMillis - begunMillis);
    }

    private long since() {
        return Math.abs(clock.millis() - endedMillis);
    }
}
