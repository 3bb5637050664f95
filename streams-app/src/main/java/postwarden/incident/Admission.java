package postwarden.incident;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postwarden.detect.Severity;

/**
 * Decides which of those that want to open do: who has an open parent joins it in silence, the strongest of the rest open as
 * far as there is room, each with its children, and the others wait.
 */
final class Admission {
    /** The strongest first; equally strong ones by detector, key and host. */
    private static final Comparator<Incident> STRONGEST_FIRST = Comparator.comparing(
                    Incident::latest, Strength.ORDER.reversed())
            .thenComparing(Incident::latest, Place.ORDER);

    private final Remembered memory;
    private final DeskParams params;
    private final String tenant;
    private final long pane;
    private final Teller teller;
    private final Docket docket;

    Admission(Remembered memory, DeskParams params, String tenant, long pane, Teller teller, Docket docket) {
        this.memory = memory;
        this.params = params;
        this.tenant = tenant;
        this.pane = pane;
        this.teller = teller;
        this.docket = docket;
    }

    void admit() {
        if (docket.contenders().isEmpty()) {
            return;
        }
        dropWeakest(memory.sweep());
        contending().forEach(this::joinOpenParent);
        int room = params.opensPerPane() - memory.all(this::openedInThisPane).size();
        for (Incident root : roots()) {
            if (room > 0) {
                open(root);
                room--;
            }
        }
    }

    private void dropWeakest(int excess) {
        List<Incident> weakestLast = contending();
        weakestLast.sort(STRONGEST_FIRST);
        int kept = Math.max(0, weakestLast.size() - excess);
        for (Incident incident : weakestLast.subList(kept, weakestLast.size())) {
            memory.remove(incident.slot());
            docket.drop(incident.slot());
            docket.unremembered().merge(incident.detector(), 1L, Long::sum);
        }
    }

    private List<Incident> contending() {
        List<Incident> contending = new ArrayList<>();
        docket.contenders().forEach(slot -> memory.get(slot).ifPresent(contending::add));
        return contending;
    }

    private boolean openedInThisPane(Incident incident) {
        return incident.tenant().equals(tenant)
                && incident.sequence() == 1
                && incident.told().pane() == pane
                && !incident.detector().equals(Storm.DETECTOR);
    }

    /** Those that do not belong to another that wants to open; first those with the worst to tell, children's news included. */
    private List<Incident> roots() {
        List<Incident> roots = contending();
        Map<String, Severity> ofFamily = new HashMap<>();
        roots.forEach(incident -> ofFamily.put(incident.slot(), incident.severity(incident.latest())));
        roots.removeIf(incident -> {
            List<String> parents = memory.parents(incident).stream()
                    .map(Incident::slot)
                    .filter(docket.contenders()::contains)
                    .toList();
            parents.forEach(slot -> ofFamily.merge(slot, incident.severity(incident.latest()), Severity::max));
            return !parents.isEmpty();
        });
        roots.sort(Comparator.comparing((Incident root) -> ofFamily.get(root.slot()))
                .reversed()
                .thenComparing(STRONGEST_FIRST));
        return roots;
    }

    private void joinOpenParent(Incident child) {
        memory.parents(child).stream()
                .filter(parent ->
                        memory.isSheltered(child, parent) || docket.contenders().contains(parent.slot()))
                .findFirst()
                // One that wants to open in this very pane takes its children when it does.
                .filter(parent -> memory.isSheltered(child, parent))
                .ifPresent(parent -> {
                    docket.contenders().remove(child.slot());
                    join(child, parent);
                    docket.going().add(parent.slot());
                });
    }

    private Incident join(Incident child, Incident parent) {
        Incident joined = Family.join(parent, child, params);
        memory.put(joined);
        memory.put(Family.under(child, parent).in(child.phase() == Phase.OVER ? Phase.OVER : Phase.ATTACHED));
        return joined;
    }

    private void open(Incident waiting) {
        Incident parent = waiting.in(Phase.OPEN);
        memory.put(parent);
        docket.contenders().remove(parent.slot());
        List<Incident> superseded = new ArrayList<>();
        for (Incident child : children(parent)) {
            docket.drop(child.slot());
            if (child.phase() == Phase.OPEN) {
                superseded.add(child);
            }
            parent = join(child, parent);
        }
        teller.tell(parent.slot(), Alert.State.OPEN);
        superseded.forEach(this::supersede);
    }

    private void supersede(Incident child) {
        Optional<Incident> attached = memory.get(child.slot());
        attached.ifPresent(incident -> memory.put(incident.ended(pane, incident.lastPane(), Resolution.SUPERSEDED)));
        teller.tell(child.slot(), Alert.State.RESOLVED);
    }

    /** Those that belong to the parent that opens: going on, or over so recently that they are part of its story. */
    private List<Incident> children(Incident parent) {
        if (!Kinship.canHaveChildren(parent.detector())) {
            return List.of();
        }
        long earliest = pane - LifeCycle.panes(params.kinWithin());
        return memory.all(child -> Kinship.holds(child, parent) && child.lastPane() >= earliest && isFree(child));
    }

    private boolean isFree(Incident child) {
        return switch (child.phase()) {
            case WAITING, OPEN -> true;
            case ATTACHED -> memory.shelter(child).isEmpty();
            case OVER -> child.kin().parent().isEmpty();
            case ALLOWED -> false;
        };
    }
}
