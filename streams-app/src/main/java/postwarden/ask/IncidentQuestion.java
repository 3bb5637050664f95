package postwarden.ask;

import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import postwarden.detect.Severity;
import postwarden.incident.Alert;

/**
 * Which incidents; each set and text that is empty lets all through. The newest onset comes first.
 *
 * @param least severity, INFO for all
 * @param subject part of any name of the subject, in lower case
 * @param from and {@code to} bound the time in which it was going on
 * @param after id of the last incident of the page before, and {@code afterOnset} its onset
 * @param limit rows, 1 to 1000
 */
public record IncidentQuestion(
        String tenant,
        Set<Alert.State> states,
        Severity least,
        Set<String> detectors,
        String subject,
        Instant from,
        Instant to,
        String after,
        Instant afterOnset,
        int limit) {
    public static final Comparator<Alert> ORDER =
            Comparator.comparing(Alert::onset).reversed().thenComparing(Alert::incidentId);

    public IncidentQuestion {
        states = Set.copyOf(states);
        detectors = Set.copyOf(detectors);
    }
}
