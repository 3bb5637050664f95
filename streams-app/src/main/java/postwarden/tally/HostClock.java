package postwarden.tally;

import java.time.Duration;
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
 * @param since when it began to be watched, later by every leap of its clock, in which it was not; {@link Instant#MIN} where
 *     that is not known
 */
public record HostClock(Instant newest, Instant ahead, boolean ended, Pulse pulse, List<Hole> holes, Instant since) {
    /** A host that has said nothing yet. */
    public static final HostClock UNSEEN = new HostClock(Instant.MIN, Instant.MIN, false);

    public HostClock {
        holes = List.copyOf(holes);
    }

    /** Of a host of which only lines are known. */
    public HostClock(Instant newest, Instant ahead, boolean ended) {
        this(newest, ahead, ended, Pulse.NONE, List.of(), Instant.MIN);
    }

    /** The clock after a line of that time. */
    public HostClock after(Instant time, IntakeParams params) {
        if (newest.equals(Instant.MIN)) {
            return at(time);
        }
        if (!time.isAfter(newest)) {
            return ended ? begin() : this;
        }
        boolean leap = time.isAfter(newest.plus(params.leap()));
        if (!leap) {
            return at(time);
        }
        boolean borneOut = !ahead.equals(Instant.MIN) && !time.isBefore(ahead.minus(params.leap()));
        if (!borneOut) {
            return new HostClock(newest, time, false, pulse, holes, since);
        }
        Instant later = since.equals(Instant.MIN) ? since : since.plus(Duration.between(newest, time));
        return new HostClock(time, Instant.MIN, false, pulse, holes, later);
    }

    /** The clock after the producer's word that all that was written before {@code time} has been read. */
    public HostClock readUpTo(Instant time) {
        return time.isAfter(newest) ? new HostClock(time, Instant.MIN, ended, pulse, holes, begun(time)) : this;
    }

    /** The clock when the producer begins to read for the host. */
    public HostClock begin() {
        return new HostClock(newest, ahead, false, pulse, holes, since);
    }

    public HostClock end() {
        return new HostClock(newest, ahead, true, pulse, holes, since);
    }

    HostClock with(Pulse other) {
        return other.equals(pulse) ? this : new HostClock(newest, ahead, ended, other, holes, since);
    }

    HostClock with(List<Hole> others) {
        return others.equals(holes) ? this : new HostClock(newest, ahead, ended, pulse, others, since);
    }

    /** The last pane that no line in order will add to; {@link Long#MIN_VALUE} when none has passed. */
    public long closedThrough(IntakeParams params) {
        if (newest.equals(Instant.MIN)) {
            return Long.MIN_VALUE;
        }
        return ended ? Pane.of(newest) : Pane.before(newest, params.lateness()) - 1;
    }

    /** Whether it has been watched for so long that who is new to it is new indeed. */
    public boolean isSeasoned(IntakeParams params) {
        return !since.equals(Instant.MIN) && Duration.between(since, newest).compareTo(params.seasoned()) >= 0;
    }

    private HostClock at(Instant time) {
        return new HostClock(time, Instant.MIN, false, pulse, holes, begun(time));
    }

    private Instant begun(Instant time) {
        return since.equals(Instant.MIN) ? time : since;
    }
}
