package postwarden.correlate;

import java.util.Optional;
import postwarden.correlate.Trace.Troubles;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Reason;
import postwarden.event.Stage;

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
        Reason reason = event.reason();
        Reason gravest = Gravity.graver(before.map(Troubles::reason).orElse(Reason.UNKNOWN), reason);
        boolean early = gravest == reason
                ? event.says(Field.STAGE, Stage.CONNECT) || event.says(Field.STAGE, Stage.HELO)
                : before.isPresent() && before.get().early();
        int relays = before.map(Troubles::relays).orElse(0) + 1;
        traces.put(
                key,
                new Troubles(now, relays, gravest, early, event.text(Field.RELAY_IP, ""), reason),
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
        Troubles troubles = before.get();
        int earlier = troubles.relays() - (isToldAgain(event, troubles) ? 1 : 0);
        if (earlier < 1) {
            return event;
        }
        Event.Builder builder =
                event.toBuilder().put(Field.EARLIER_TROUBLES, earlier).put(Field.EARLIER_REASON, troubles.reason());
        return (troubles.early() ? builder.put(Field.EARLIER_STAGE, Stage.CONNECT) : builder).build();
    }

    /** The recipient's line tells the last relay's trouble once more, and neither daemon tries an address twice. */
    private static boolean isToldAgain(Event event, Troubles troubles) {
        return event.has(Field.RELAY_IP)
                && event.reason() == troubles.lastReason()
                && event.text(Field.RELAY_IP, "").equals(troubles.lastRelayIp());
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
