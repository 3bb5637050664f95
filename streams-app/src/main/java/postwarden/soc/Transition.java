package postwarden.soc;

import java.time.Instant;
import java.util.Locale;
import postwarden.incident.Alert;

/** What every format says of one record of an incident: which one it is, when it was, and what happened. */
public final class Transition {
    private Transition() {}

    /** Names this record for ever: the same after a replay of the topic, so that a receiver can drop what it has. */
    public static String id(Alert alert) {
        return alert.incidentId() + "-" + alert.sequence();
    }

    /** When it came about, by the time of the lines. */
    public static Instant time(Alert alert) {
        return switch (alert.state()) {
            case OPEN -> alert.detectedAt();
            case UPDATED -> alert.lastSeen();
            case RESOLVED -> alert.resolvedAt();
        };
    }

    /** What happened, such as {@code incident-resolved}. */
    public static String action(Alert alert) {
        return "incident-" + alert.state().name().toLowerCase(Locale.ROOT);
    }
}
