package postwarden.tally;

import java.time.Instant;
import java.util.List;

/**
 * How far one host has come in its own event time. A line's time moves it forward; one line far ahead of its neighbours does
 * not, until a second one bears it out, so that a single wrong stamp cannot close the host's panes.
 *
 * @param newest latest time that was borne out; {@link Instant#MIN} before the first line
 * @param ahead a time far ahead that no second line has borne out yet, or {@link Instant#MIN}
 * @param ended whether the producer said that nothing more will come
 * @param pulse what its producer's heartbeats tell
 * @param holes in its files, that may still close; see {@link Holes}
 */
public record HostClock(Instant newest, Instant ahead, boolean ended, Pulse pulse, List<Hole> holes) {
    /** A host that has said nothing yet. */
    public static final HostClock UNSEEN = new HostClock(Instant.MIN, Instant.MIN, false);

    public HostClock {
        holes = List.copyOf(holes);
    }

    /** Of a host of which only lines are known. */
    public HostClock(Instant newest, Instant ahead, boolean ended) {
        this(newest, ahead, ended, Pulse.NONE, List.of());
    }

    /** The clock after a line of that time. */
    public HostClock after(Instant time, IntakeParams params) {
        if (newest.equals(Instant.MIN)) {
            return at(time);
        }
        if (!time.isAfter(newest)) {
            return ended ? new HostClock(newest, ahead, false, pulse, holes) : this;
        }
        boolean leap = time.isAfter(newest.plus(params.leap()));
        if (!leap) {
            return at(time);
        }
        boolean borneOut = !ahead.equals(Instant.MIN) && !time.isBefore(ahead.minus(params.leap()));
        return borneOut ? at(time) : new HostClock(newest, time, false, pulse, holes);
    }

    /** The clock after the producer's word that all that was written before {@code time} has been read. */
    public HostClock readUpTo(Instant time) {
        return time.isAfter(newest) ? new HostClock(time, Instant.MIN, ended, pulse, holes) : this;
    }

    /** The clock when the producer begins to read for the host. */
    public HostClock begin() {
        return new HostClock(newest, ahead, false, pulse, holes);
    }

    public HostClock end() {
        return new HostClock(newest, ahead, true, pulse, holes);
    }

    HostClock with(Pulse other) {
        return other.equals(pulse) ? this : new HostClock(newest, ahead, ended, other, holes);
    }

    HostClock with(List<Hole> others) {
        return others.equals(holes) ? this : new HostClock(newest, ahead, ended, pulse, others);
    }

    /** The last pane that no line in order will add to; {@link Long#MIN_VALUE} when none has passed. */
    public long closedThrough(IntakeParams params) {
        if (newest.equals(Instant.MIN)) {
            return Long.MIN_VALUE;
        }
        return ended ? Pane.of(newest) : Pane.before(newest, params.lateness()) - 1;
    }

    private HostClock at(Instant time) {
        return new HostClock(time, Instant.MIN, false, pulse, holes);
    }
}
