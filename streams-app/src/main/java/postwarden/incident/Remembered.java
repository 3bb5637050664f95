package postwarden.incident;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import postwarden.correlate.Memory;

/**
 * The desk's memory as one pane sees it: what is forgotten by then is not there, whether or not it was removed already, so that
 * it does not matter when it is.
 */
final class Remembered {
    private final Memory<String, Incident> memory;
    private final DeskParams params;
    private final long pane;

    Remembered(Memory<String, Incident> memory, DeskParams params, long pane) {
        this.memory = memory;
        this.params = params;
        this.pane = pane;
    }

    Optional<Incident> get(String slot) {
        return memory.get(slot).filter(incident -> !LifeCycle.isForgotten(incident, pane, params));
    }

    void put(Incident incident) {
        memory.put(incident.slot(), incident);
    }

    void remove(String slot) {
        memory.remove(slot);
    }

    /** Those that this incident may be a child of, whatever has become of them; the newest trouble first. */
    List<Incident> parents(Incident child) {
        List<Incident> parents = new ArrayList<>();
        Kinship.parentSlots(child.latest())
                .forEach(slot ->
                        get(slot).filter(parent -> Kinship.holds(child, parent)).ifPresent(parents::add));
        // Few detectors are about a server, and one server has one incident of each: this looks at everything, but
        // rarely.
        if (Kinship.mayBelongToAnyOnServer(child.detector())) {
            parents.addAll(all(parent -> Kinship.canHaveChildren(parent.detector()) && Kinship.holds(child, parent)));
        }
        parents.sort(Comparator.comparingLong(Incident::lastPane)
                .thenComparing(Incident::onset)
                .reversed());
        return parents;
    }

    /** The parent that speaks for this child, while it does. */
    Optional<Incident> shelter(Incident child) {
        return parents(child).stream()
                .filter(parent -> parent.id().equals(child.kin().parent()) && isSheltered(child, parent))
                .findFirst();
    }

    /**
     * Whether this child has nothing to say itself: its parent is open and tells how bad it is, or was until lately and has told
     * of nothing less.
     */
    boolean isSheltered(Incident child, Incident parent) {
        return parent.phase() == Phase.OPEN
                || (parent.phase() == Phase.OVER
                        && pane <= parent.ending().pane() + LifeCycle.panes(params.shelterFor())
                        && child.severity(child.latest()).compareTo(parent.severity(parent.worst())) <= 0);
    }

    /** The incidents that fit, by slot. */
    List<Incident> all(Predicate<Incident> which) {
        SortedMap<String, Incident> found = new TreeMap<>();
        memory.forEach((slot, incident) -> {
            if (!LifeCycle.isForgotten(incident, pane, params) && which.test(incident)) {
                found.put(slot, incident);
            }
        });
        return List.copyOf(found.values());
    }

    /**
     * Removes what is forgotten, then, where there is still too much, what has been over longest.
     *
     * @return how many are still too many
     */
    int sweep() {
        List<Incident> over = new ArrayList<>();
        List<String> forgotten = new ArrayList<>();
        int[] kept = {0};
        memory.forEach((slot, incident) -> {
            if (LifeCycle.isForgotten(incident, pane, params)) {
                forgotten.add(slot);
                return;
            }
            kept[0]++;
            if (incident.phase() == Phase.OVER) {
                over.add(incident);
            }
        });
        forgotten.forEach(memory::remove);
        int excess = Math.max(0, kept[0] - params.maxRemembered());
        if (excess == 0) {
            return 0;
        }
        over.sort(Comparator.comparingLong(Incident::lastPane).thenComparing(Incident::latest, Place.ORDER));
        over.stream().limit(excess).forEach(incident -> memory.remove(incident.slot()));
        return Math.max(0, excess - over.size());
    }
}
