package postwarden.incident;

import java.util.Optional;
import postwarden.detect.Finding;
import postwarden.detect.Report;
import postwarden.policy.Allowance;
import postwarden.policy.Allowances;

/**
 * What becomes of findings that an operator's allowance covers: their incidents are shown with it and wake nobody. Who was told
 * of one before is told that it is allowed now.
 */
final class Permission {
    private final Allowances allowances;
    private final Remembered memory;
    private final Teller teller;
    private final long pane;

    Permission(Allowances allowances, Remembered memory, Teller teller, long pane) {
        this.allowances = allowances;
        this.memory = memory;
        this.teller = teller;
        this.pane = pane;
    }

    Optional<Allowance> covering(Finding finding) {
        return allowances.covering(finding);
    }

    void found(Finding finding, Allowance allowance) {
        String slot = Slot.of(finding);
        Optional<Incident> known = memory.get(slot);
        Phase phase = known.map(Incident::phase).orElse(Phase.OVER);
        if (known.isPresent() && phase == Phase.ALLOWED) {
            Incident seen = known.get().seen(finding);
            memory.put(seen);
            if (teller.isNews(seen)) {
                teller.tell(slot, Alert.State.UPDATED, allowance);
            }
        } else if (known.isPresent() && phase == Phase.OPEN) {
            Incident seen = known.get().seen(finding);
            memory.put(seen.in(Phase.ALLOWED).ended(pane, seen.lastPane(), Resolution.ALLOWED));
            teller.tell(slot, Alert.State.RESOLVED, allowance);
            memory.get(slot).ifPresent(told -> memory.put(told.goingOn()));
        } else {
            memory.put(Incident.of(finding).in(Phase.ALLOWED));
            teller.tell(slot, Alert.State.OPEN, allowance);
        }
    }

    /** What was allowed is forgotten when it is over: what comes next is found for the first time. */
    void over(Incident incident, Report.Over over) {
        memory.put(incident.ended(over.pane(), over.lastSeenPane(), Resolution.SUBSIDED));
        allowances
                .covering(incident.latest())
                .ifPresent(allowance -> teller.tell(incident.slot(), Alert.State.RESOLVED, allowance));
        memory.remove(incident.slot());
    }
}
