package postwarden.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import postwarden.detect.sensor.HostSilence;
import postwarden.policy.Allowance;

/** Tells of incidents in one pane: each record is remembered as told and handed out. */
final class Teller {
    private final Remembered memory;
    private final DeskParams params;
    private final String configDigest;
    private final long pane;
    private final List<Alert> alerts = new ArrayList<>();
    private Optional<Blindness> blindness = Optional.empty();

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
            alerts.add(Telling.of(told, state, allowed, blindness(), params, configDigest));
        });
    }

    /** Says of every open incident about the hosts of a silence that was just told that its quiet is no calm from now on. */
    void tellSilence() {
        boolean began = alerts.stream()
                .anyMatch(alert ->
                        alert.state() == Alert.State.OPEN && alert.detector().equals(HostSilence.ID));
        if (began) {
            blindness = Optional.empty();
            Blindness now = blindness();
            Set<String> told = alerts.stream().map(Alert::incidentId).collect(Collectors.toSet());
            memory.all(incident ->
                            incident.phase() == Phase.OPEN && !told.contains(incident.id()) && now.concerns(incident))
                    .forEach(incident -> tell(incident.slot(), Alert.State.UPDATED));
        }
    }

    /** Looked for once, and only when something is told: it looks at everything that is remembered. */
    private Blindness blindness() {
        Blindness known = blindness.orElseGet(() -> Blindness.of(memory.all(Blindness::isSilence)));
        blindness = Optional.of(known);
        return known;
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
