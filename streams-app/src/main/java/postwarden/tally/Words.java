package postwarden.tally;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import postwarden.event.LogRecord;
import postwarden.event.Source;

/**
 * What a producer's words tell of itself and its hosts: losses, holes that did not close, and stamps that do not fit its clock.
 * Once a heartbeat, never for a line.
 */
final class Words {
    /**
     * How far behind its time of sending the time of a heartbeat may be when everything was read: both are taken from one clock
     * within one step of the producer.
     */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    /**
     * Stamps nearer than this to what they can be are no sign: a line that was written just before the last heartbeat may be read
     * just behind it, and stamps are cut to the second.
     */
    private static final Duration SIGN = Duration.ofSeconds(5);
    /** For so long after stamps that were off it is worth counting that they no longer are. */
    private static final Duration WATCHED = Duration.ofHours(1);

    private final SeenFiles seen;
    private final IntakeParams params;

    Words(SeenFiles seen, IntakeParams params) {
        this.seen = seen;
        this.params = params;
    }

    /** The host's clock after a session has begun. */
    HostClock hello(HostClock before) {
        return before.begin().with(Holes.anew(before.holes()));
    }

    /**
     * The host's clock after a heartbeat.
     *
     * @param name of the host in the memory of what was seen
     */
    HostClock beat(LogRecord.Heartbeat heartbeat, String name, HostClock before, OpenPanes open) {
        Instant read = heartbeat.read();
        Pulse pulse = before.pulse();
        boolean caughtUp = !heartbeat.time().isBefore(read.minus(AT_ONCE))
                && !heartbeat.time().isAfter(read.plus(AT_ONCE));
        Instant off = pulse.off();
        if (caughtUp && pulse.caughtUp()) {
            off = compare(heartbeat, before, open);
        }
        HostClock after = before.readUpTo(heartbeat.time());
        List<Hole> waiting = Holes.due(
                before.holes(),
                read,
                params.patience(),
                file -> seen.of(name, file),
                hole -> tell(heartbeat, after.newest(), hole, open));
        return after.with(new Pulse(pulse.reporter(), pulse.heard(), read, caughtUp, after.newest(), Instant.MIN, off))
                .with(waiting);
    }

    /** The host's clock at its end: what is missing will not come. */
    HostClock end(LogRecord.End end, String name, HostClock before, OpenPanes open) {
        Instant now = before.newest().equals(Instant.MIN) ? Instant.EPOCH : before.newest();
        List<Hole> waiting = Holes.due(
                Holes.anew(before.holes()),
                now,
                Duration.ZERO,
                file -> seen.of(name, file),
                hole -> tell(end, now, hole, open));
        return before.end().with(waiting);
    }

    /** The host's clock after the producer's word that bytes are lost. */
    HostClock lost(LogRecord.Loss loss, HostClock before, OpenPanes open) {
        Source source = loss.source();
        Instant time = before.newest().equals(Instant.MIN) ? Instant.EPOCH : before.newest();
        boolean known = source.end() > source.start();
        String which = known
                ? "bytes " + source.start() + " to " + source.end() + ": "
                : "from byte " + source.start() + " on, nobody knows how many: ";
        Tally server = server(loss, time, open)
                .add(Count.LOST_LINES, 1)
                .add(Count.LOSSES, 1)
                .add(Count.LOST_BYTES, Math.max(0, source.end() - source.start()))
                .mark(Mark.LOG_GAP);
        server.restore(sample(Count.LOSSES, time, loss.host(), source, which + loss.cause()));
        return known ? before.with(Holes.said(before.holes(), source)) : before;
    }

    /** Notes a line in a place that another had. */
    void contested(LogRecord line, Source source, HostClock clock, OpenPanes open) {
        Instant time = clock.newest().equals(Instant.MIN) ? Instant.EPOCH : clock.newest();
        String text = "bytes " + source.start() + " to " + source.end()
                + " came before, and now from a producer that never sent them: "
                + clock.pulse().reporter();
        Tally server = server(line, time, open).add(Count.CONTESTED, 1);
        server.restore(sample(Count.CONTESTED, time, line.host(), source, text));
    }

    private void tell(LogRecord at, Instant newest, Hole hole, OpenPanes open) {
        Instant time = newest.equals(Instant.MIN) ? Instant.EPOCH : newest;
        Source source = new Source(hole.file(), hole.fileId(), hole.start(), hole.end(), -1, -1);
        Tally server = server(at, time, open)
                .add(Count.LOST_LINES, 1)
                .add(Count.HOLES, 1)
                .add(Count.LOST_BYTES, hole.end() - hole.start())
                .mark(Mark.LOG_GAP);
        server.restore(sample(
                Count.HOLES,
                time,
                at.host(),
                source,
                "bytes " + hole.start() + " to " + hole.end() + " never came, later ones did"));
    }

    /**
     * Holds the stamps of the lines between two heartbeats, at both of which everything was read, against the producer's clock:
     * they were written in between.
     *
     * @return when stamps were last off
     */
    private static Instant compare(LogRecord.Heartbeat heartbeat, HostClock clock, OpenPanes open) {
        Pulse pulse = clock.pulse();
        Instant read = heartbeat.read();
        boolean moved = clock.newest().isAfter(pulse.newest());
        boolean late = !pulse.late().equals(Instant.MIN);
        boolean ahead = moved && clock.newest().isAfter(read.plus(SIGN));
        // What is late lies behind the last heartbeat but one pane and the lateness that is allowed anyway.
        boolean behind = late && pulse.late().isBefore(pulse.read().minus(Pane.LENGTH));
        boolean watched =
                !pulse.off().equals(Instant.MIN) && read.isBefore(pulse.off().plus(WATCHED));
        if (!ahead && !behind && !(watched && (moved || late))) {
            return pulse.off();
        }
        // Among the host's other numbers, which stand where its stamps put them.
        Instant place = clock.newest().isAfter(read) ? clock.newest() : read;
        Tally server = server(heartbeat, place, open).add(Count.STAMP_CHECKS, 1);
        if (ahead) {
            Duration by = Duration.between(read, clock.newest());
            server.add(Count.STAMPS_AHEAD, 1).add(Count.STAMPS_AHEAD_SECONDS, by.toSeconds());
            server.restore(stamp(Count.STAMPS_AHEAD, heartbeat, clock.newest()));
        }
        if (behind) {
            Duration by = Duration.between(pulse.late(), read);
            server.add(Count.STAMPS_BEHIND, 1).add(Count.STAMPS_BEHIND_SECONDS, by.toSeconds());
            server.restore(stamp(Count.STAMPS_BEHIND, heartbeat, pulse.late()));
        }
        return ahead || behind ? read : pulse.off();
    }

    private static Sample stamp(Count of, LogRecord.Heartbeat heartbeat, Instant stamp) {
        Source nowhere = new Source("-", "-", 0, 0, -1, -1);
        String text = "the newest line of the last heartbeat is stamped " + stamp + ", and was read before "
                + heartbeat.read() + " by the producer's clock";
        return sample(of, heartbeat.read(), heartbeat.host(), nowhere, text);
    }

    private static Tally server(LogRecord record, Instant time, OpenPanes open) {
        return open.open(record.tenant(), record.host(), Pane.of(time), Watch.SERVER, record.host());
    }

    private static Sample sample(Count of, Instant time, String host, Source source, String text) {
        return new Sample(
                of,
                time,
                host,
                source.file(),
                source.start(),
                source.partition(),
                source.recordOffset(),
                Sample.cut(text, Sample.TEXT_LIMIT));
    }
}
