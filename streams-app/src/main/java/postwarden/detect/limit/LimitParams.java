package postwarden.detect.limit;

import java.time.Duration;
import postwarden.detect.reading.Persistence;
import postwarden.detect.reading.Range;

/**
 * Settings of a detector that rests on what a daemon states of a limit. Each of its detectors has a section of its own:
 * {@code client-limit}, {@code server-limit}, {@code queue-only}, {@code load-shedding}, {@code queue-io},
 * {@code ftp-limit}, {@code mailbox-limit}.
 *
 * @param window over which statements are counted, and for how long one of them holds, 10 s to 1 h
 * @param floor statements that each window of {@code persistence} must have, 1 to 1,000,000
 * @param persistence how long it must last: a limit that is touched for a moment did its work
 * @param immediate statements in {@code window} that are believed at once, 1 to 1,000,000
 * @param hold for how long a statement that is said once in a while keeps an open finding open, {@code window} to 1 h; default the
 *     window, and 20 min for server-limit (detectors.md L2): Postfix says once in 1000 s that its processes are used up, so that
 *     less silence than that is no end
 * @param openFactor share of the floor that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record LimitParams(
        Duration window, int floor, Persistence persistence, int immediate, Duration hold, double openFactor) {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);
    private static final Duration TWENTY_MINUTES = Duration.ofMinutes(20);
    private static final double HALF = 0.5;

    public LimitParams {
        Range.check("window", window, Duration.ofSeconds(10), Duration.ofHours(1));
        Range.check("floor", floor, 1, 1_000_000);
        Range.check("immediate", immediate, 1, 1_000_000);
        Range.check("hold", hold, window, Duration.ofHours(1));
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    /**
     * Of one SMTP client: 3 refusals in 10 min. A daemon's statement is never in doubt (detectors.md L1 takes a single one); one or
     * two are what limits are for, and who is wanted is told as INFO.
     */
    public static LimitParams clientLimit() {
        return new LimitParams(TEN_MINUTES, 3, Persistence.adjacent(TEN_MINUTES, 1, 1), 3, TEN_MINUTES, HALF);
    }

    /**
     * Of the whole server: 3 refusals in 5 min at once, because they hit anybody. A statement that is said once in a while for any
     * number of refusals (Postfix: once in 1000 s, Dovecot: once a second) counts as three.
     */
    public static LimitParams serverLimit() {
        return new LimitParams(FIVE_MINUTES, 3, Persistence.adjacent(FIVE_MINUTES, 1, 1), 3, TWENTY_MINUTES, HALF);
    }

    /** Messages that only wait for a queue run: 10 in 10 min; nothing was refused, so nothing is urgent (detectors.md L2b: in 5). */
    public static LimitParams queueOnly() {
        return new LimitParams(TEN_MINUTES, 10, Persistence.adjacent(TEN_MINUTES, 1, 1), 10, TEN_MINUTES, HALF);
    }

    /** Refusals because of load: in 2 of 3 minutes (detectors.md 5.1, L3), or 10 in one. */
    public static LimitParams loadShedding() {
        return new LimitParams(MINUTE, 1, Persistence.adjacent(MINUTE, 2, 3), 10, MINUTE, HALF);
    }

    /** Of a full disk: 3 refusals or complaints in 10 min; one or two may be a single message that is too large for what is left. */
    public static LimitParams queueIo() {
        return new LimitParams(TEN_MINUTES, 3, Persistence.adjacent(TEN_MINUTES, 1, 1), 3, TEN_MINUTES, HALF);
    }

    /**
     * Of one FTP client: refused once in 15 min (detectors.md L4). Pure-FTPd says it only of an address that is not the last
     * refused one (490 refusals gave one line), so that a line stands for any number; and it is INFO.
     */
    public static LimitParams ftpLimit() {
        return new LimitParams(QUARTER_HOUR, 1, Persistence.adjacent(QUARTER_HOUR, 1, 1), 1, QUARTER_HOUR, HALF);
    }

    /** Of one mailbox user: 3 refusals in a quarter of an hour (detectors.md L5). */
    public static LimitParams mailboxLimit() {
        return new LimitParams(QUARTER_HOUR, 3, Persistence.adjacent(QUARTER_HOUR, 1, 1), 3, QUARTER_HOUR, HALF);
    }
}
