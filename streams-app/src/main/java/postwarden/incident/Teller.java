package postwarden.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import postwarden.policy.Allowance;

/** Tells of incidents in one pane: each record is remembered as told and handed out. */
final class Teller {
    private final Remembered memory;
    private final DeskParams params;
    private final String configDigest;
    private final long pane;
    private final List<Alert> alerts = new ArrayList<>();

    Teller(Remembered memory, DeskParams params, String configDigest, long pane) {
        this.memory = memory;
        this.params = params;
        this.configDigest = configDigest;
        this.pane = pane;
    }

    void tell(String slot, Alert.State state) {
        tell(slot, state, Optional.empty());
    }

    /** Tells of what is allowed. */
    void tell(String slot, Alert.State state, Allowance allowance) {
        tell(slot, state, Optional.of(Alert.Allowed.of(allowance)));
    }

    private void tell(String slot, Alert.State state, Optional<Alert.Allowed> allowed) {
        memory.get(slot).ifPresent(incident -> {
            Incident told = incident.told(Incident.Told.of(incident, pane, params));
            memory.put(told);
            alerts.add(Telling.of(told, state, allowed, params, configDigest));
        });
    }

    /** Whether what is known now is news to who read the last record. */
    boolean isNews(Incident incident) {
        return LifeCycle.isNews(incident, pane, params);
    }

    /** Tells of an open incident if there is news. */
    void tellNews(String slot) {
        if (memory.get(slot)
                .filter(incident -> incident.phase() == Phase.OPEN && LifeCycle.isNews(incident, pane, params))
                .isPresent()) {
            tell(slot, Alert.State.UPDATED);
        }
    }

    /** Everything told, in order. */
    List<Alert> alerts() {
        return alerts;
    }
}
