package postwarden.correlate;

import java.util.Optional;
import postwarden.correlate.Trace.Seen;
import postwarden.event.Event;
import postwarden.event.Field;

/** The same message in two files of one host within a moment is one event: Exim's reject log repeats its main log. */
final class CopiedLines {
    private final Aging<Trace> traces;

    CopiedLines(Aging<Trace> traces) {
        this.traces = traces;
    }

    Event marked(Event event) {
        if (event.has(Field.QUEUE_ID)) {
            return event;
        }
        String key = Keys.of(
                event.line(), "seen", Integer.toHexString(event.line().message().hashCode()));
        long now = event.time().toEpochMilli();
        String file = event.line().source().fileId();
        Optional<Trace> before = traces.get(key, now);
        if (before.isPresent()
                && before.get() instanceof Seen seen
                && !seen.file().equals(file)) {
            traces.remove(key);
            return event.toBuilder().put(Field.COPY, true).build();
        }
        traces.put(key, new Seen(now, file), before.isEmpty());
        return event;
    }
}
