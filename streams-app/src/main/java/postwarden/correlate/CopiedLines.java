package postwarden.correlate;

import java.util.Optional;
import postwarden.correlate.Trace.Copies;
import postwarden.correlate.Trace.Files;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LogRecord;

/**
 * One line in several files of a host is one event: Exim's reject log repeats its main log, a syslog copy stands beside a
 * daemon's own file, rsyslog writes a warning to {@code mail.log} and to {@code mail.warn}.
 *
 * <p>Lines are the same when they say the same within the window and no process id tells them apart; how the header is
 * written does not matter. Each file tells each event once, so of equal lines as many count as the file with most of them
 * holds, in whatever order the files come.
 */
final class CopiedLines {
    /** Knuth, multiplicative hashing by the golden ratio. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final long SECOND = 1000;
    /** A time before all others that no arithmetic leaves. */
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final Aging<Trace> traces;
    private final long window;
    private final long kept;
    /** The names of the last line's host: the next line's is the same most of the time. */
    private Names names = new Names("", "", "", "");

    private record Names(String tenant, String host, String files, String copies) {}

    CopiedLines(Aging<Trace> traces, CorrelatorParams params) {
        this.traces = traces;
        window = params.copyWindow().toMillis();
        kept = params.copyWindow().plus(Copies.APART).toMillis();
    }

    /** The event, marked when another file told it before. */
    Event marked(Event event) {
        if (!counts(event)) {
            return event;
        }
        long hash = hash(event);
        long now = event.time().toEpochMilli();
        Names own = names(event);
        if (hasSeveralFiles(event, own, now) && isTold(event, own, hash, now)) {
            return event.toBuilder().put(Field.COPY, true).build();
        }
        String key = own.copies() + now / SECOND;
        Optional<Trace> known = traces.get(key, now);
        CopyTable told = table(known).orElseGet(CopyTable::new);
        int pid = Math.max(0, event.line().pid());
        told.add(new CopiedLine(now, hash, pid, CopiedLine.NO_FILES).in(file(event)));
        traces.put(key, new Copies(now, told), known.isEmpty());
        return event;
    }

    /** Whether lines of other files may be remembered: of most hosts one file is read, and nothing needs to be looked for. */
    private boolean hasSeveralFiles(Event event, Names own, long now) {
        int file = file(event);
        Optional<Trace> known = traces.get(own.files(), now);
        Files before =
                known.filter(Files.class::isInstance).map(Files.class::cast).orElse(new Files(now, file, NEVER));
        long newest = Math.max(now, before.time());
        long switched = before.file() == file ? before.switched() : newest;
        if (known.isEmpty() || newest > before.time() || before.file() != file) {
            traces.put(own.files(), new Files(newest, file, switched), known.isEmpty());
        }
        return now - switched <= kept;
    }

    private boolean isTold(Event event, Names own, long hash, long now) {
        for (long second = (now - window) / SECOND; second <= (now + window) / SECOND; second++) {
            String key = own.copies() + second;
            Optional<CopyTable> told = table(traces.get(key, now));
            if (told.isPresent()
                    && told.get().mark(hash, now, window, event.line().pid(), file(event))) {
                traces.put(key, new Copies(now, told.get()), false);
                return true;
            }
        }
        return false;
    }

    private Names names(Event event) {
        LogRecord.Line line = event.line();
        if (!line.host().equals(names.host()) || !line.tenant().equals(names.tenant())) {
            names = new Names(line.tenant(), line.host(), Keys.of(line, "files", ""), Keys.of(line, "copies", ""));
        }
        return names;
    }

    private static Optional<CopyTable> table(Optional<Trace> trace) {
        return trace.filter(Copies.class::isInstance).map(Copies.class::cast).map(Copies::told);
    }

    /** Whether anything is counted, or learnt, by such an event. */
    private static boolean counts(Event event) {
        return switch (event.kind()) {
            case OTHER -> event.has(Field.WORKING_DIRECTORY);
            case WARNING, ERROR, LIFECYCLE, STATS, TLS, HELD, POSTSCREEN_TEST, MESSAGE_ID, REMOVED, UNRECOGNISED ->
                false;
            default -> true;
        };
    }

    private static int file(Event event) {
        return event.line().source().fileId().hashCode();
    }

    /** Of all that the line says: kind, rule and fields; the same in every run of the program. */
    private static long hash(Event event) {
        long[] hash = {event.rule().hashCode() * SPREAD + event.kind().name().hashCode()};
        event.forEach((field, value) -> {
            int of = value instanceof Enum<?> constant ? constant.name().hashCode() : value.hashCode();
            hash[0] = (hash[0] ^ of) * SPREAD + field.jsonName().hashCode();
        });
        return hash[0];
    }
}
