package postwarden.incident;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import postwarden.detect.Finding;
import postwarden.detect.Severity;

/** Keeps the one incident that counts those which had to wait: opens it, updates it, and resolves it when none waits. */
final class StormCount {
    private final Remembered memory;
    private final DeskParams params;
    private final String tenant;
    private final long pane;
    private final Teller teller;
    private long heldBack;

    StormCount(Remembered memory, DeskParams params, String tenant, long pane, Teller teller) {
        this.memory = memory;
        this.params = params;
        this.tenant = tenant;
        this.pane = pane;
        this.teller = teller;
    }

    /**
     * Counts who waits after the others were admitted.
     *
     * @param wanted how many wanted to open
     * @param docket with the contenders that did not
     */
    void count(int wanted, Docket docket) {
        Optional<Incident> last = memory.get(Storm.slot(tenant));
        boolean raging = last.filter(storm -> storm.phase() == Phase.OPEN).isPresent();
        if (docket.contenders().isEmpty() && docket.unremembered().isEmpty() && !raging) {
            return;
        }
        Held held = held(docket);
        if (!held.byDetector.isEmpty()) {
            heldBack = newlyHeld(docket);
            rage(last, wanted, heldBack, held);
        } else if (raging) {
            last.ifPresent(this::calm);
        }
    }

    /** Who has to wait since the last {@link #count} and did not before. */
    long heldBack() {
        return heldBack;
    }

    private record Held(SortedMap<String, Long> byDetector, Severity strongest) {}

    private Held held(Docket docket) {
        SortedMap<String, Long> byDetector = new TreeMap<>(docket.unremembered());
        Severity strongest = Severity.INFO;
        for (Incident incident : memory.all(
                each -> each.phase() == Phase.WAITING && each.tenant().equals(tenant))) {
            byDetector.merge(incident.detector(), 1L, Long::sum);
            strongest = strongest.max(incident.latest().severity());
        }
        return new Held(byDetector, strongest);
    }

    private static long newlyHeld(Docket docket) {
        long remembered = docket.newcomers().stream()
                .filter(docket.contenders()::contains)
                .count();
        return remembered
                + docket.unremembered().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }

    private void rage(Optional<Incident> last, int wanted, long newlyHeld, Held held) {
        Optional<Incident> same =
                last.filter(storm -> storm.phase() == Phase.OPEN || LifeCycle.continues(storm, pane, params));
        long before = Math.round(same.map(storm -> storm.latest().measures().getOrDefault(Storm.HELD_BACK_IN_ALL, 0.0))
                .orElse(0.0));
        Finding finding = Storm.finding(
                tenant, pane, params.opensPerPane(), wanted, held.byDetector, before + newlyHeld, held.strongest);
        if (same.isEmpty()) {
            memory.put(Incident.of(finding).in(Phase.OPEN));
            teller.tell(Storm.slot(tenant), Alert.State.OPEN);
        } else if (same.get().phase() == Phase.OPEN) {
            memory.put(same.get().seen(finding));
            teller.tellNews(Storm.slot(tenant));
        } else {
            memory.put(same.get().goingOn().in(Phase.OPEN).seen(finding));
            teller.tell(Storm.slot(tenant), Alert.State.UPDATED);
        }
    }

    private void calm(Incident storm) {
        memory.put(storm.in(Phase.OVER).ended(pane, storm.lastPane(), Resolution.SUBSIDED));
        teller.tell(storm.slot(), Alert.State.RESOLVED);
    }
}
