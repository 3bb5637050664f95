package postwarden.correlate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import postwarden.correlate.Trace.Outbound;
import postwarden.correlate.Trace.Outbound.Use;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Status;

/**
 * How many sessions to a domain were open at once: rebuilt from when deliveries ended and how long they took. A session
 * counts when its delivery ends, so the number belongs to the last of those that were open together.
 */
final class OutboundLines {
    private static final double MILLIS = 1000;
    /** Set-up and transmission in Postfix's delays. */
    private static final int SET_UP = 2;

    private static final int TRANSMISSION = 3;

    private final Aging<Trace> traces;

    OutboundLines(Aging<Trace> traces) {
        this.traces = traces;
    }

    Event delivered(Event event) {
        long length = millis(event);
        String domain = domain(event);
        if (length < 0 || domain.isEmpty() || !event.has(Field.RELAY_IP) || event.has(Field.SAME_CONNECTION)) {
            return event;
        }
        long now = event.time().toEpochMilli();
        String key = Keys.of(event.line(), "out", domain);
        Optional<Outbound> known =
                traces.get(key, now).filter(Outbound.class::isInstance).map(Outbound.class::cast);
        List<Use> uses = new ArrayList<>(known.map(Outbound::uses).orElse(List.of()));
        Use mine = new Use(now - length, now, event.says(Field.STATUS, Status.SENT));
        uses.add(mine);
        int excess = Math.max(0, uses.size() - Outbound.LIMIT);
        traces.put(key, new Outbound(now, uses.subList(excess, uses.size())), known.isEmpty());
        long good = mostGood(uses, mine);
        return good == 0
                ? event
                : event.toBuilder().put(Field.OUTBOUND_SESSIONS, good).build();
    }

    /** The most uses that hold one moment of {@code mine}, when all of them are good: such a moment is the start of one. */
    private static long mostGood(List<Use> uses, Use mine) {
        long most = 0;
        for (Use use : uses) {
            if (mine.holds(use.start())) {
                most = Math.max(most, goodAt(uses, use.start()));
            }
        }
        return most;
    }

    private static long goodAt(List<Use> uses, long moment) {
        long count = 0;
        for (Use use : uses) {
            if (use.holds(moment)) {
                if (!use.good()) {
                    return 0;
                }
                count++;
            }
        }
        return count;
    }

    private static String domain(Event event) {
        String recipient = event.text(Field.RECIPIENT, "");
        String domain = recipient.substring(recipient.lastIndexOf('@') + 1);
        return domain.length() > QueueEntry.TEXT_LIMIT ? "" : domain.toLowerCase(Locale.ROOT);
    }

    private static long millis(Event event) {
        double setUp = event.delay(SET_UP);
        double transmission = event.delay(TRANSMISSION);
        double seconds =
                setUp >= 0 && transmission >= 0 ? setUp + transmission : event.decimal(Field.DELIVERY_TIME, -1);
        return seconds < 0 ? -1 : Math.round(seconds * MILLIS);
    }
}
