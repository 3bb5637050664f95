package postwarden.tally;

import java.time.Instant;

/**
 * How far one host has come in its own event time. A line's time moves it forward; one line far ahead of its neighbours does
 * not, until a second one bears it out, so that a single wrong stamp cannot close the host's panes.
 *
 * @param newest latest time that was borne out; {@link Instant#MIN} before the first line
 * @param ahead a time far ahead that no second line has borne out yet, or {@link Instant#MIN}
 * @param ended whether the producer said that nothing more will come
 */
public record HostClock(Instant newest, Instant ahead, boolean ended) {
    /** A host that has said nothing yet. */
    public static final HostClock UNSEEN = new HostClock(Instant.MIN, Instant.MIN, false);

    /** The clock after a line of that time. */
    public HostClock after(Instant time, IntakeParams params) {
        if (newest.equals(Instant.MIN)) {
            return new HostClock(time, Instant.MIN, false);
        }
        if (!time.isAfter(newest)) {
            return ended ? new HostClock(newest, ahead, false) : this;
        }
        boolean leap = time.isAfter(newest.plus(params.leap()));
        if (!leap) {
            return new HostClock(time, Instant.MIN, false);
        }
        boolean borneOut = !ahead.equals(Instant.MIN) && !time.isBefore(ahead.minus(params.leap()));
        return borneOut ? new HostClock(time, Instant.MIN, false) : new HostClock(newest, time, false);
    }

    /** The clock after the producer's word that all that was written before {@code time} has been read. */
    public HostClock readUpTo(Instant time) {
        return time.isAfter(newest) ? new HostClock(time, Instant.MIN, ended) : this;
    }

    public HostClock end() {
        return new HostClock(newest, ahead, true);
    }

    /** The last pane that no line in order will add to; {@link Long#MIN_VALUE} when none has passed. */
    public long closedThrough(IntakeParams params) {
        if (newest.equals(Instant.MIN)) {
            return Long.MIN_VALUE;
        }
        return ended ? Pane.of(newest) : Pane.before(newest, params.lateness()) - 1;
    }
}
