package postwarden.correlate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import postwarden.correlate.Trace.Copies;
import postwarden.correlate.Trace.Copies.Told;
import postwarden.event.Event;
import postwarden.event.Field;

/**
 * One line in several files of a host is one event: Exim's reject log repeats its main log, a syslog copy stands beside a
 * daemon's own file, rsyslog writes a warning to {@code mail.log} and to {@code mail.warn}.
 *
 * <p>Lines are the same when they say the same within the window and no process id tells them apart; how the header is
 * written does not matter. Each file tells each event once, so of equal lines as many count as the file with most of them
 * holds, in whatever order the files come.
 */
final class CopiedLines {
    /** Parts of a host's memory, so that a line looks at and writes back a small one. */
    private static final int PARTS = 32;

    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final int PART_SHIFT = 59;

    private final Aging<Trace> traces;
    private final long window;
    private final long kept;

    CopiedLines(Aging<Trace> traces, CorrelatorParams params) {
        this.traces = traces;
        window = params.copyWindow().toMillis();
        kept = new Copies(0, List.of()).kept(params).toMillis();
    }

    /** The event, marked when another file told it before. */
    Event marked(Event event) {
        if (!counts(event)) {
            return event;
        }
        long hash = hash(event);
        long now = event.time().toEpochMilli();
        String key = Keys.of(event.line(), "copies", Integer.toString((int) (hash * SPREAD >>> PART_SHIFT) % PARTS));
        Optional<Copies> known =
                traces.get(key, now).filter(Copies.class::isInstance).map(Copies.class::cast);
        List<Told> told = new ArrayList<>(known.map(Copies::told).orElse(List.of()));
        int before = find(told, event, hash, now);
        if (before < 0) {
            told.add(new Told(now, hash, Math.max(0, event.line().pid()), Told.NO_FILES).in(file(event)));
        } else {
            Told copied = told.get(before).in(file(event)).by(event.line().pid());
            told.set(before, copied);
        }
        long newest = Math.max(now, known.map(Copies::time).orElse(now));
        told.removeIf(one -> newest - one.time() > kept);
        int excess = Math.max(0, told.size() - Copies.LIMIT);
        traces.put(key, new Copies(newest, told.subList(excess, told.size())), known.isEmpty());
        return before < 0 ? event : event.toBuilder().put(Field.COPY, true).build();
    }

    private int find(List<Told> told, Event event, long hash, long now) {
        int file = file(event);
        for (int i = 0; i < told.size(); i++) {
            Told one = told.get(i);
            if (one.hash() == hash
                    && Math.abs(now - one.time()) <= window
                    && one.isOf(event.line().pid())
                    && !one.isIn(file)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether anything is counted, or learnt, by such an event. */
    private static boolean counts(Event event) {
        return switch (event.kind()) {
            case OTHER -> event.has(Field.WORKING_DIRECTORY);
            case WARNING, ERROR, LIFECYCLE, STATS, TLS, HELD, POSTSCREEN_TEST, MESSAGE_ID, REMOVED, UNRECOGNISED -> false;
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
