package postwarden.incident;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import postwarden.detect.Finding;
import postwarden.detect.sensor.HostSilence;
import postwarden.policy.Allowance;

/** What the desk remembers, as it stands now, for who asks; pure. */
public final class Showing {
    private final DeskParams params;
    private final String configDigest;
    private final Blindness blindness;

    public Showing(DeskParams params, String configDigest) {
        this(params, configDigest, Blindness.of(List.of()));
    }

    private Showing(DeskParams params, String configDigest, Blindness blindness) {
        this.params = params;
        this.configDigest = configDigest;
        this.blindness = blindness;
    }

    /** What the names of the places begin with where a tenant's incidents about silent hosts are. */
    public static String silences(String tenant) {
        return Slot.joined(tenant, HostSilence.ID);
    }

    /** The same beside these incidents: who is silent now cannot be seen. */
    public Showing beside(List<Incident> silences) {
        List<Incident> going = silences.stream().filter(Blindness::isSilence).toList();
        return new Showing(params, configDigest, Blindness.of(going));
    }

    /** What the names of a tenant's places in the desk's memory begin with, and nobody else's. */
    public static String prefix(String tenant) {
        return Slot.joined(tenant);
    }

    /**
     * The incident as its next record would tell it; nothing of what nobody was told of.
     *
     * @param covering what an operator allows now
     */
    public Optional<Alert> of(Incident incident, Function<Finding, Optional<Allowance>> covering) {
        if (incident.sequence() == 0) {
            return Optional.empty();
        }
        Alert.State going = incident.sequence() == 1 ? Alert.State.OPEN : Alert.State.UPDATED;
        return switch (incident.phase()) {
            case WAITING -> Optional.empty();
            case OPEN -> Optional.of(tell(incident, going, Optional.empty()));
            case OVER -> Optional.of(tell(incident, Alert.State.RESOLVED, Optional.empty()));
            case ATTACHED -> Optional.of(tell(superseded(incident), Alert.State.RESOLVED, Optional.empty()));
            case ALLOWED ->
                covering.apply(incident.latest())
                        .map(allowance -> tell(incident, going, Optional.of(Alert.Allowed.of(allowance))));
        };
    }

    /** The same, where also children are shown that nobody was told of because their parent tells of them. */
    public Optional<Alert> withSilent(Incident incident, Function<Finding, Optional<Allowance>> covering) {
        boolean silent = incident.sequence() == 0
                && (incident.phase() == Phase.ATTACHED || incident.ending().resolution() == Resolution.SUPERSEDED);
        return of(silent ? incident.told(incident.told()) : incident, covering);
    }

    private Alert tell(Incident incident, Alert.State state, Optional<Alert.Allowed> allowed) {
        return Telling.of(incident, state, allowed, blindness, params, configDigest);
    }

    /** It may have come back since it was told to be superseded, and is told by its parent still. */
    private static Incident superseded(Incident child) {
        return child.ending().resolution() == Resolution.SUPERSEDED
                ? child
                : child.ended(child.lastPane(), child.lastPane(), Resolution.SUPERSEDED);
    }
}
