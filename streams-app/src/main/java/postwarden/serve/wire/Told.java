package postwarden.serve.wire;

import java.time.Instant;
import java.util.Comparator;
import postwarden.alertjson.AlertJson;
import postwarden.incident.Alert;

/**
 * An incident as it is told, with what it is put in order and kept from a caller by; so a peer's alert reaches the caller as
 * the peer wrote it, with fields that this version does not know.
 *
 * @param server of its subject; empty where it has none
 * @param json the alert in one line
 */
public record Told(String id, String tenant, Instant onset, String server, String json) {
    /** The same as that of the question. */
    public static final Comparator<Told> ORDER =
            Comparator.comparing(Told::onset).reversed().thenComparing(Told::id);

    public static Told of(Alert alert) {
        return new Told(
                alert.incidentId(),
                alert.tenant(),
                alert.onset(),
                alert.subject().server(),
                AlertJson.line(alert));
    }
}
