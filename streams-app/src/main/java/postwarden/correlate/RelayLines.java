package postwarden.correlate;

import java.util.Optional;
import postwarden.correlate.Trace.Troubles;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Reason;

/**
 * A relay that went wrong has a line without a recipient; the line that tells the recipient follows from the same process
 * (Postfix) or for the same message (Exim). There the troubles are told again, so that they count for the right domain.
 */
final class RelayLines {
    private static final String TROUBLE = "trouble";

    private final Aging<Trace> traces;

    RelayLines(Aging<Trace> traces) {
        this.traces = traces;
    }

    Event trouble(Event event) {
        String key = key(event);
        long now = event.time().toEpochMilli();
        Optional<Troubles> before = troubles(key, now);
        Reason reason = before.map(Troubles::reason).orElse(Reason.UNKNOWN);
        traces.put(
                key,
                new Troubles(
                        now,
                        before.map(Troubles::relays).orElse(0) + 1,
                        Gravity.graver(reason, event.reason()),
                        event.text(Field.RELAY_IP, "")),
                before.isEmpty());
        return event;
    }

    Event delivered(Event event) {
        String key = key(event);
        Optional<Troubles> before = troubles(key, event.time().toEpochMilli());
        if (before.isEmpty()) {
            return event;
        }
        traces.remove(key);
        // Exim repeats the last host's trouble in the line of the recipient.
        boolean repeated = event.daemon() == Daemon.EXIM
                && event.has(Field.RELAY_IP)
                && event.text(Field.RELAY_IP, "").equals(before.get().lastRelayIp());
        int earlier = before.get().relays() - (repeated ? 1 : 0);
        if (earlier < 1) {
            return event;
        }
        return event.toBuilder()
                .put(Field.EARLIER_TROUBLES, earlier)
                .put(Field.EARLIER_REASON, before.get().reason())
                .build();
    }

    private Optional<Troubles> troubles(String key, long now) {
        return traces.get(key, now).filter(Troubles.class::isInstance).map(Troubles.class::cast);
    }

    private static String key(Event event) {
        return event.daemon() == Daemon.POSTFIX
                ? Keys.of(event.line(), TROUBLE, Integer.toString(event.line().pid()))
                : Keys.of(event.line(), TROUBLE, event.text(Field.QUEUE_ID, ""));
    }
}
