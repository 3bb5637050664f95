package postwarden.tally;

import java.time.Instant;
import java.util.List;
import postwarden.correlate.Correlator;
import postwarden.correlate.Intervals;
import postwarden.correlate.Memory;
import postwarden.drift.Drift;
import postwarden.event.Event;
import postwarden.event.Kind;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.parse.LineParser;

/**
 * Takes records of the lines topic one by one: drops what was read before, parses, correlates, and adds to the open tallies.
 * Everything that comes in has exactly one {@link Outcome}, so that the sums can be checked.
 */
public final class Intake {
    private final LineParser parser;
    private final Correlator correlator;
    private final Tallier tallier;
    private final Memory<String, Intervals> seen;
    private final Memory<String, HostClock> clocks;
    private final IntakeParams params;
    private final Drift drift;
    private long unrecognised;
    private long unparsed;
    /** Names of the last line's host and file: the next line's are the same most of the time. */
    private HostName lastHost = new HostName("", "", "");

    private FileName lastFile = new FileName(lastHost, "", "");

    private record HostName(String tenant, String host, String name) {}

    private record FileName(HostName host, String fileId, String name) {}

    /** What became of one record. */
    public enum Outcome {
        /** A line, understood or not, that was added to the tallies. */
        COUNTED,
        /** A line older than its host's allowed lateness, added to its own pane all the same. */
        LATE,
        /** Bytes that were read before. */
        DUPLICATE,
        /** A later part of a long line, or a word of the producer: nothing to count. */
        NOTED
    }

    public Intake(
            LineParser parser,
            Correlator correlator,
            Tallier tallier,
            Memory<String, Intervals> seen,
            Memory<String, HostClock> clocks,
            Drift drift,
            IntakeParams params) {
        this.parser = parser;
        this.correlator = correlator;
        this.tallier = tallier;
        this.seen = seen;
        this.clocks = clocks;
        this.drift = drift;
        this.params = params;
    }

    /** Takes one record. Never throws on any text. */
    public Outcome accept(LogRecord record, OpenPanes open) {
        if (record instanceof LogRecord.Line line) {
            return isNew(line.tenant(), line.host(), line.source()) ? count(line, open) : Outcome.DUPLICATE;
        }
        if (record instanceof LogRecord.Unparsed unparsed) {
            return isNew(unparsed.tenant(), unparsed.host(), unparsed.source())
                    ? countUnparsed(unparsed, open)
                    : Outcome.DUPLICATE;
        }
        if (record instanceof LogRecord.Continuation part) {
            return isNew(part.tenant(), part.host(), part.source()) ? Outcome.NOTED : Outcome.DUPLICATE;
        }
        return note(record, open);
    }

    /** Counted lines whose message no rule knew. */
    public long unrecognised() {
        return unrecognised;
    }

    /** Counted lines whose header was not understood. */
    public long unparsed() {
        return unparsed;
    }

    private Outcome count(LogRecord.Line line, OpenPanes open) {
        String name = name(line.tenant(), line.host()).name();
        HostClock before = clocks.get(name).orElse(HostClock.UNSEEN);
        HostClock after = before.after(line.time(), params);
        if (!after.equals(before)) {
            clocks.put(name, after);
            tell(line.tenant(), line.host(), before, after, List.of(), open);
        }
        Event event = correlator.enrich(parser.parse(line));
        if (event.is(Kind.UNRECOGNISED)) {
            unrecognised++;
            drift.unrecognised(event);
        } else {
            drift.version(event);
        }
        long pane = Pane.of(line.time());
        tallier.tally(event, (watch, key) -> open.open(line.tenant(), line.host(), pane, watch, key));
        return pane <= before.closedThrough(params) ? Outcome.LATE : Outcome.COUNTED;
    }

    private Outcome countUnparsed(LogRecord.Unparsed line, OpenPanes open) {
        unparsed++;
        HostClock clock = clocks.get(name(line.tenant(), line.host()).name()).orElse(HostClock.UNSEEN);
        // A line without a time of its own stands among its neighbours.
        Instant time = clock.newest().equals(Instant.MIN) ? Instant.EPOCH : clock.newest();
        drift.unparsed(line, time);
        open.open(line.tenant(), line.host(), Pane.of(time), Watch.SERVER, line.host())
                .add(Count.UNPARSED, 1);
        return Outcome.COUNTED;
    }

    private Outcome note(LogRecord record, OpenPanes open) {
        String name = name(record.tenant(), record.host()).name();
        HostClock before = clocks.get(name).orElse(HostClock.UNSEEN);
        HostClock after = before;
        List<String> roster = List.of();
        if (record instanceof LogRecord.Hello hello) {
            after = new HostClock(before.newest(), before.ahead(), false);
            roster = hello.roster();
        } else if (record instanceof LogRecord.Heartbeat heartbeat) {
            after = before.readUpTo(heartbeat.time());
        } else if (record instanceof LogRecord.End) {
            after = before.end();
        } else if (record instanceof LogRecord.Loss) {
            Instant time = before.newest().equals(Instant.MIN) ? Instant.EPOCH : before.newest();
            open.open(record.tenant(), record.host(), Pane.of(time), Watch.SERVER, record.host())
                    .add(Count.LOST_LINES, 1)
                    .mark(Mark.LOG_GAP);
        }
        clocks.put(name, after);
        if (!roster.isEmpty() || after.ended() != before.ended()) {
            open.progress(
                    new Progress(record.tenant(), record.host(), after.closedThrough(params), after.ended(), roster));
        } else {
            tell(record.tenant(), record.host(), before, after, roster, open);
        }
        return Outcome.NOTED;
    }

    private void tell(
            String tenant, String host, HostClock before, HostClock after, List<String> roster, OpenPanes open) {
        long closed = after.closedThrough(params);
        if (closed != before.closedThrough(params) || after.ended() != before.ended()) {
            open.progress(new Progress(tenant, host, closed, after.ended(), roster));
        }
    }

    private boolean isNew(String tenant, String host, Source source) {
        String name = name(name(tenant, host), source.fileId());
        Intervals before = seen.get(name).orElse(Intervals.NONE);
        if (before.cover(source.start(), source.end())) {
            return false;
        }
        seen.put(name, before.with(source.start(), source.end()));
        return true;
    }

    private HostName name(String tenant, String host) {
        if (!host.equals(lastHost.host()) || !tenant.equals(lastHost.tenant())) {
            lastHost = new HostName(tenant, host, tenant + "/" + host);
        }
        return lastHost;
    }

    private String name(HostName host, String fileId) {
        if (!fileId.equals(lastFile.fileId()) || !host.equals(lastFile.host())) {
            lastFile = new FileName(host, fileId, host.name() + "/" + fileId);
        }
        return lastFile.name();
    }
}
