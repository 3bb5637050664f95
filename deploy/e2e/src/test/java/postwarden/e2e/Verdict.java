package postwarden.e2e;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.incident.Alert;

/** What "the same alerts" means: what neither commits nor restarts nor interleavings may change in an incident. */
public record Verdict(
        String detector, Subject subject, String cause, Instant onset, Severity highest, String resolution) {
    /** The verdict on each incident, by its id. */
    public static SortedMap<String, Verdict> of(List<Alert> alerts) {
        SortedMap<String, Verdict> verdicts = new TreeMap<>();
        for (Alert alert : alerts) {
            Verdict before = verdicts.get(alert.incidentId());
            Severity highest =
                    before == null ? alert.severity() : before.highest().max(alert.severity());
            verdicts.put(
                    alert.incidentId(),
                    new Verdict(
                            alert.detector(),
                            alert.subject(),
                            alert.cause(),
                            alert.onset(),
                            highest,
                            alert.resolution()));
        }
        return verdicts;
    }

    /** The last record of each incident, in the order in which they opened. */
    public static List<Alert> latest(List<Alert> alerts) {
        Map<String, Alert> latest = new LinkedHashMap<>();
        alerts.forEach(alert -> latest.put(alert.incidentId(), alert));
        return List.copyOf(latest.values());
    }
}
