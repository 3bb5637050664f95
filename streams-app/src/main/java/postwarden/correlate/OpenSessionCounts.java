package postwarden.correlate;

import java.util.Optional;
import postwarden.correlate.Trace.OpenSessions;
import postwarden.event.Event;

/** How many sessions each client, and all clients together, have open with a daemon. */
final class OpenSessionCounts {
    private final Aging<Trace> traces;
    private final long period;

    OpenSessionCounts(Aging<Trace> traces, CorrelatorParams params) {
        this.traces = traces;
        // A session counts for one to two periods.
        period = Math.max(1, params.sessionAge().toMillis() / 2);
    }

    /** Counts a session that began; at most {@code most} can be open. */
    long began(Event event, String client, long now, long most) {
        String key = Keys.open(event, client);
        Optional<OpenSessions> before = get(key, now);
        OpenSessions open =
                before.orElse(OpenSessions.NONE).began(now, now / period).atMost(most);
        traces.put(key, open, before.isEmpty());
        return open.open();
    }

    /** Counts off a session of which it is known when it began. */
    void ended(Event event, String client, long now, long began) {
        String key = Keys.open(event, client);
        get(key, now).ifPresent(open -> keep(key, open.ended(now, now / period, began / period)));
    }

    /** Counts off a session, whichever it was. */
    void endedSome(Event event, String client, long now) {
        String key = Keys.open(event, client);
        get(key, now).ifPresent(open -> keep(key, open.endedSome(now, now / period)));
    }

    private void keep(String key, OpenSessions open) {
        if (open.open() == 0) {
            traces.remove(key);
        } else {
            traces.put(key, open, false);
        }
    }

    private Optional<OpenSessions> get(String key, long now) {
        return traces.get(key, now).filter(OpenSessions.class::isInstance).map(OpenSessions.class::cast);
    }
}
