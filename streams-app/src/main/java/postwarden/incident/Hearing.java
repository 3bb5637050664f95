package postwarden.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postwarden.correlate.Memory;
import postwarden.policy.Allowances;
import postwarden.policy.Remark;
import postwarden.policy.Saying;

/**
 * Takes operators' words to the incidents that they are about, and tells them again with these: what goes on as updated, what is
 * over as over still. What was told of findings stays the measure of their news, so that a word neither hides nor delays any.
 */
final class Hearing {
    private final Memory<String, Incident> incidents;
    private final Allowances allowances;
    private final Showing showing;

    Hearing(Memory<String, Incident> incidents, Allowances allowances, DeskParams params, String configDigest) {
        this.incidents = incidents;
        this.allowances = allowances;
        showing = new Showing(params, configDigest);
    }

    Heard hear(Saying saying) {
        List<Incident> silences = new ArrayList<>();
        List<Map.Entry<String, Incident>> meant = new ArrayList<>();
        // Words are rare: looking at all that is remembered is cheaper than an index of ids.
        incidents.forEach((slot, incident) -> {
            if (Blindness.isSilence(incident)) {
                silences.add(incident);
            }
            if (incident.id().equals(saying.incident()) && incident.tenant().equals(saying.tenant())) {
                meant.add(Map.entry(slot, incident));
            }
        });
        return meant.isEmpty()
                ? Heard.untold(Heard.Outcome.UNKNOWN)
                : hear(meant.get(0).getKey(), meant.get(0).getValue(), saying.remark(), showing.beside(silences));
    }

    private Heard hear(String slot, Incident incident, Remark remark, Showing now) {
        Optional<Remark> known = incident.remarks().of(remark.aspect());
        if (known.filter(remark::says).isPresent()) {
            return Heard.untold(Heard.Outcome.REPEATED);
        }
        Incident remarked = incident.with(remark);
        Incident next = remarked.told(remarked.told());
        Optional<Alert> told = incident.sequence() == 0 ? Optional.empty() : now.of(next, allowances::covering);
        incidents.put(slot, told.isPresent() ? next : remarked);
        return new Heard(told.isPresent() ? Heard.Outcome.TOLD : Heard.Outcome.KEPT, told);
    }
}
