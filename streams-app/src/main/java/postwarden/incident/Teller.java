package postwarden.incident;

import java.util.ArrayList;
import java.util.List;

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
        memory.get(slot).ifPresent(incident -> {
            Incident told = incident.told(Incident.Told.of(incident, pane, params));
            memory.put(told);
            alerts.add(Telling.of(told, state, params, configDigest));
        });
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
