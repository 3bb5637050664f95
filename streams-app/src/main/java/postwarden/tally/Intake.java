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
    private final SeenFiles seen;
    private final Memory<String, HostClock> clocks;
    private final IntakeParams params;
    private final Words words;
    private final Drift drift;
    private long unrecognised;
    private long unparsed;
    /** The last line's: the next one's is the same most of the time. */
    private HostName lastHost = new HostName("", "", "");

    private record HostName(String tenant, String host, String name) {}

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
        this.seen = new SeenFiles(seen, params.remember());
        this.clocks = clocks;
        this.drift = drift;
        this.params = params;
        words = new Words(this.seen, params);
    }

    /** Takes one record of which nobody knows when Kafka took it, because it did not. Never throws on any text. */
    public Outcome accept(LogRecord record, OpenPanes open) {
        return accept(record, Long.MIN_VALUE, open);
    }

    /**
     * Takes one record. Never throws on any text.
     *
     * @param appended when Kafka took it, milliseconds since 1970; {@link Long#MIN_VALUE} where it did not
     */
    public Outcome accept(LogRecord record, long appended, OpenPanes open) {
        seen.age(appended);
        if (record instanceof LogRecord.Line line) {
            return isNew(line, line.source(), open) ? count(line, open) : Outcome.DUPLICATE;
        }
        if (record instanceof LogRecord.Unparsed unparsed) {
            return isNew(unparsed, unparsed.source(), open) ? countUnparsed(unparsed, open) : Outcome.DUPLICATE;
        }
        if (record instanceof LogRecord.Continuation part) {
            return isNew(part, part.source(), open) ? Outcome.NOTED : Outcome.DUPLICATE;
        }
        return note(record, appended, open);
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
        HostClock before = clock(name);
        HostClock after = before.after(line.time(), params);
        if (!after.equals(before)) {
            clocks.put(name, after);
            tell(line.tenant(), line.host(), before, after, open);
        }
        Event event = correlator.enrich(parser.parse(line));
        if (event.is(Kind.UNRECOGNISED)) {
            unrecognised++;
            drift.unrecognised(event);
        } else {
            drift.version(event);
        }
        long pane = Pane.of(line.time());
        boolean seasoned = after.isSeasoned(params);
        tallier.tally(event, (watch, key) -> {
            Tally tally = open.open(line.tenant(), line.host(), pane, watch, key);
            return seasoned && watch == Watch.ACCOUNT ? tally.mark(Mark.SEASONED) : tally;
        });
        if (pane > before.closedThrough(params)) {
            return Outcome.COUNTED;
        }
        if (after.pulse().caughtUp()) {
            clocks.put(name, after.with(after.pulse().late(line.time())));
        }
        return Outcome.LATE;
    }

    private Outcome countUnparsed(LogRecord.Unparsed line, OpenPanes open) {
        unparsed++;
        HostClock clock = clock(name(line.tenant(), line.host()).name());
        // A line without a time of its own stands among its neighbours.
        Instant time = clock.newest().equals(Instant.MIN) ? Instant.EPOCH : clock.newest();
        drift.unparsed(line, time);
        open.open(line.tenant(), line.host(), Pane.of(time), Watch.SERVER, line.host())
                .add(Count.UNPARSED, 1);
        return Outcome.COUNTED;
    }

    private Outcome note(LogRecord record, long appended, OpenPanes open) {
        String name = name(record.tenant(), record.host()).name();
        HostClock before = clock(name);
        HostClock after = before;
        List<String> roster = List.of();
        String reporter = before.pulse().reporter();
        if (record instanceof LogRecord.Hello hello) {
            after = words.hello(before);
            roster = hello.roster();
            reporter = hello.reporter();
        } else if (record instanceof LogRecord.Heartbeat heartbeat) {
            after = words.beat(heartbeat, name, before, open);
            reporter = heartbeat.reporter();
        } else if (record instanceof LogRecord.End end) {
            after = words.end(end, name, before, open);
        } else if (record instanceof LogRecord.Loss loss) {
            if (Holes.isSaid(before.holes(), loss.source())) {
                return Outcome.DUPLICATE;
            }
            after = words.lost(loss, before, open);
        }
        Word word = Word.NONE;
        if (appended != Long.MIN_VALUE && !(record instanceof LogRecord.Loss)) {
            after = after.with(after.pulse().heard(reporter, Instant.ofEpochMilli(appended)));
            word = new Word(reporter, appended, false);
        }
        clocks.put(name, after);
        long closed = after.closedThrough(params);
        if (!roster.isEmpty()
                || !word.isNone()
                || after.ended() != before.ended()
                || closed != before.closedThrough(params)) {
            open.progress(new Progress(record.tenant(), record.host(), closed, after.ended(), roster, word));
        }
        return Outcome.NOTED;
    }

    private void tell(String tenant, String host, HostClock before, HostClock after, OpenPanes open) {
        long closed = after.closedThrough(params);
        if (closed != before.closedThrough(params) || after.ended() != before.ended()) {
            open.progress(new Progress(tenant, host, closed, after.ended(), List.of()));
        }
    }

    private HostClock clock(String name) {
        return clocks.get(name).orElse(HostClock.UNSEEN);
    }

    /**
     * Whether these bytes have not come before. Those that came before, and of which a run of the producer says that they were never sent,
     * are somebody else's, unless they came from that run: two machines write under one identity, and neither's lines may be taken for
     * repetitions of the other's. What a run said was new and comes from it again was repeated on the way, as by a mirror.
     */
    private boolean isNew(LogRecord record, Source source, OpenPanes open) {
        HostName owner = name(record.tenant(), record.host());
        SeenFiles.File file = seen.file(owner.name(), source);
        boolean fresh = source.fresh() != 0;
        if (fresh && !seen.addOfRun(file, source)) {
            return false;
        }
        Intervals before = seen.of(file);
        if (before.cover(source.start(), source.end())) {
            if (fresh) {
                words.contested(record, source, clock(owner.name()), open);
            }
            return fresh;
        }
        if (source.contiguous() && before.opensGap(source.start(), source.end())) {
            HostClock clock = clock(owner.name());
            clocks.put(owner.name(), clock.with(Holes.opened(clock.holes(), source, before)));
        }
        seen.add(file, before, source);
        return true;
    }

    private HostName name(String tenant, String host) {
        if (!host.equals(lastHost.host()) || !tenant.equals(lastHost.tenant())) {
            lastHost = new HostName(tenant, host, tenant + "/" + host);
        }
        return lastHost;
    }
}
