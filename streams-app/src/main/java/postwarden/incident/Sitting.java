package postwarden.incident;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import postwarden.detect.Finding;
import postwarden.detect.Report;
import postwarden.detect.Severity;

/**
 * The reports of one tenant and one pane being decided, in three steps: each report changes the incident it is about; those
 * that want to open are admitted; those that go on are told again where there is news. Lives for one call.
 */
final class Sitting {
    /** The strongest first, then by slot. */
    private static final Comparator<Incident> STRONGEST_FIRST =
            Comparator.comparing(Incident::latest, Strength.ORDER.reversed()).thenComparing(Incident::slot);

    private final Remembered memory;
    private final DeskParams params;
    private final String configDigest;
    private final String tenant;
    private final long pane;

    private final List<Alert> alerts = new ArrayList<>();
    /** Slots that want to open. */
    private final Set<String> contenders = new LinkedHashSet<>();
    /** Of these: those that did not wait before. */
    private final Set<String> newcomers = new TreeSet<>();
    /** Slots that go on. */
    private final Set<String> going = new TreeSet<>();
    /** Of these: those that were over. */
    private final Set<String> returned = new TreeSet<>();
    /** By detector: contenders that the memory has no room for. */
    private final SortedMap<String, Long> unremembered = new TreeMap<>();

    private Severity strongestHeld = Severity.INFO;

    Sitting(Remembered memory, DeskParams params, String configDigest, String tenant, long pane) {
        this.memory = memory;
        this.params = params;
        this.configDigest = configDigest;
        this.tenant = tenant;
        this.pane = pane;
    }

    /** Decides the reports, which are in the desk's order. */
    List<Alert> decide(List<Report> ordered) {
        for (Report report : ordered) {
            if (report instanceof Report.Found found) {
                found(found.finding());
            } else if (report instanceof Report.Over over) {
                over(over);
            }
        }
        int wanted = contenders.size();
        admit();
        going.forEach(this::tellNews);
        countHeldBack(wanted);
        return alerts;
    }

    private void found(Finding finding) {
        Optional<Incident> known = memory.get(Slot.of(finding));
        if (known.isEmpty()) {
            contend(finding);
            return;
        }
        Incident incident = known.get();
        switch (incident.phase()) {
            case WAITING -> {
                memory.put(incident.seen(finding));
                contenders.add(incident.slot());
            }
            case OPEN -> {
                memory.put(incident.seen(finding));
                going.add(incident.slot());
            }
            case ATTACHED -> foundAttached(incident, finding);
            case OVER -> foundAgain(incident, finding);
        }
    }

    private void foundAttached(Incident child, Finding finding) {
        Optional<Incident> parent = shelter(child);
        if (parent.isEmpty()) {
            contend(finding);
            return;
        }
        Incident seen = child.seen(finding);
        memory.put(seen);
        memory.put(Family.adopt(parent.get(), seen));
    }

    private void foundAgain(Incident over, Finding finding) {
        if (!LifeCycle.continues(over, finding.pane(), params)) {
            contend(finding);
        } else if (finding.pane() <= over.ending().pane()) {
            memory.put(over.seen(finding));
        } else if (over.ending().resolution() != Resolution.SUPERSEDED) {
            memory.put(over.goingOn().in(Phase.OPEN).seen(finding));
            going.add(over.slot());
            returned.add(over.slot());
        } else if (shelter(over).isPresent()) {
            memory.put(over.goingOn().in(Phase.ATTACHED).seen(finding));
        } else {
            contend(finding);
        }
    }

    private void contend(Finding finding) {
        Incident incident = Incident.of(finding);
        memory.put(incident);
        contenders.add(incident.slot());
        newcomers.add(incident.slot());
    }

    /** A word that comes late, when the trouble has been seen since, ends nothing. */
    private void over(Report.Over over) {
        Optional<Incident> known = memory.get(Slot.of(over)).filter(incident -> over.pane() > incident.lastPane());
        if (known.isEmpty()) {
            return;
        }
        Incident incident = known.get();
        switch (incident.phase()) {
            case WAITING -> {
                memory.remove(incident.slot());
                contenders.remove(incident.slot());
                newcomers.remove(incident.slot());
            }
            case OPEN -> {
                end(incident, over, Resolution.SUBSIDED);
                tell(incident.slot(), Alert.State.RESOLVED);
            }
            case ATTACHED -> {
                Optional<Incident> parent = shelter(incident);
                end(incident, over, Resolution.SUPERSEDED);
                parent.ifPresent(p -> memory.put(Family.outlived(p, incident, params)));
            }
            case OVER -> {
                // It has ended already.
            }
        }
    }

    private void end(Incident incident, Report.Over over, Resolution resolution) {
        going.remove(incident.slot());
        memory.put(incident.in(Phase.OVER).ended(over.pane(), over.lastSeenPane(), resolution));
    }

    private void admit() {
        if (contenders.isEmpty()) {
            return;
        }
        dropWeakest(memory.sweep());
        for (String slot : List.copyOf(contenders)) {
            memory.get(slot).ifPresent(this::attachIfSheltered);
        }
        int room = params.opensPerPane()
                - memory.all(incident -> incident.tenant().equals(tenant) && openedIn(incident))
                        .size();
        for (Incident root : roots()) {
            if (room > 0) {
                open(root);
                room--;
            }
        }
    }

    private void dropWeakest(int excess) {
        if (excess == 0) {
            return;
        }
        List<Incident> weakest = contending();
        weakest.sort(STRONGEST_FIRST.reversed());
        for (Incident incident : weakest.subList(0, Math.min(excess, weakest.size()))) {
            memory.remove(incident.slot());
            contenders.remove(incident.slot());
            newcomers.remove(incident.slot());
            unremembered.merge(incident.detector(), 1L, Long::sum);
            strongestHeld = strongestHeld.max(incident.latest().severity());
        }
    }

    private boolean openedIn(Incident incident) {
        return incident.sequence() == 1
                && incident.told().pane() == pane
                && !incident.detector().equals(Storm.DETECTOR);
    }

    /** Those that do not belong to another that wants to open. */
    private List<Incident> roots() {
        List<Incident> roots = contending();
        roots.removeIf(
                incident -> Kinship.parentSlots(incident.latest()).stream().anyMatch(contenders::contains));
        roots.sort(STRONGEST_FIRST);
        return roots;
    }

    private List<Incident> contending() {
        List<Incident> contending = new ArrayList<>();
        contenders.forEach(slot -> memory.get(slot).ifPresent(contending::add));
        return contending;
    }

    private void attachIfSheltered(Incident child) {
        for (String parentSlot : Kinship.parentSlots(child.latest())) {
            Optional<Incident> parent = memory.get(parentSlot).filter(this::isSheltering);
            if (parent.isPresent()) {
                attach(child, parent.get());
                contenders.remove(child.slot());
                return;
            }
        }
    }

    private Incident attach(Incident child, Incident parent) {
        Incident joined = Family.join(parent, child, params);
        memory.put(joined);
        memory.put(Family.under(child, parent).in(child.phase() == Phase.OVER ? Phase.OVER : Phase.ATTACHED));
        if (joined.phase() == Phase.OPEN && joined.sequence() > 0) {
            going.add(joined.slot());
        }
        return joined;
    }

    private void open(Incident waiting) {
        Incident parent = waiting.in(Phase.OPEN);
        memory.put(parent);
        contenders.remove(parent.slot());
        List<Incident> superseded = new ArrayList<>();
        for (Incident child : children(parent)) {
            if (child.phase() == Phase.OPEN) {
                superseded.add(child);
                going.remove(child.slot());
            }
            contenders.remove(child.slot());
            parent = attach(child, parent);
        }
        tell(parent.slot(), Alert.State.OPEN);
        superseded.forEach(this::supersede);
    }

    private void supersede(Incident child) {
        memory.get(child.slot())
                .ifPresent(attached -> memory.put(attached.ended(pane, attached.lastPane(), Resolution.SUPERSEDED)));
        tell(child.slot(), Alert.State.RESOLVED);
    }

    /** Those that belong to the parent that opens: going on, or over so recently that they are part of its story. */
    private List<Incident> children(Incident parent) {
        if (!Kinship.canHaveChildren(parent.detector())) {
            return List.of();
        }
        long earliest = parent.firstPane() - LifeCycle.panes(params.kinWithin());
        return memory.all(child -> Kinship.holds(child.latest(), parent.latest())
                && switch (child.phase()) {
                    case WAITING, OPEN -> true;
                    case ATTACHED -> shelter(child).isEmpty();
                    case OVER -> child.kin().parent().isEmpty() && child.lastPane() >= earliest;
                });
    }

    /** The parent that speaks for this child, while it does. */
    private Optional<Incident> shelter(Incident child) {
        return Kinship.parentSlots(child.latest()).stream()
                .flatMap(slot -> memory.get(slot).stream())
                .filter(parent -> parent.id().equals(child.kin().parent()) && isSheltering(parent))
                .findFirst();
    }

    private boolean isSheltering(Incident parent) {
        return parent.phase() == Phase.OPEN
                || (parent.phase() == Phase.OVER
                        && parent.ending().resolution() != Resolution.SUPERSEDED
                        && pane <= parent.ending().pane() + LifeCycle.panes(params.reopenWithin()));
    }

    private void tellNews(String slot) {
        memory.get(slot)
                .filter(incident -> incident.phase() == Phase.OPEN
                        && (returned.contains(slot) || LifeCycle.isNews(incident, pane, params)))
                .ifPresent(incident -> tell(slot, Alert.State.UPDATED));
    }

    private void tell(String slot, Alert.State state) {
        memory.get(slot).ifPresent(incident -> {
            Incident told = incident.told(Incident.Told.of(incident, pane, params));
            memory.put(told);
            alerts.add(Telling.of(told, state, params, configDigest));
        });
    }

    private void countHeldBack(int wanted) {
        Optional<Incident> storm = memory.get(Storm.slot(tenant));
        boolean raging = storm.isPresent() && storm.get().phase() == Phase.OPEN;
        if (contenders.isEmpty() && unremembered.isEmpty() && !raging) {
            return;
        }
        SortedMap<String, Long> held = held();
        if (!held.isEmpty()) {
            rage(storm, wanted, held);
        } else if (raging) {
            Report.Over over = new Report.Over(
                    Storm.DETECTOR, Storm.key(tenant), "", pane, storm.get().lastPane());
            over(over);
        }
    }

    private SortedMap<String, Long> held() {
        SortedMap<String, Long> held = new TreeMap<>(unremembered);
        for (Incident incident :
                memory.all(i -> i.phase() == Phase.WAITING && i.tenant().equals(tenant))) {
            held.merge(incident.detector(), 1L, Long::sum);
            strongestHeld = strongestHeld.max(incident.latest().severity());
        }
        return held;
    }

    private void rage(Optional<Incident> storm, int wanted, SortedMap<String, Long> held) {
        newcomers.retainAll(contenders);
        Optional<Incident> same = storm.filter(s -> s.phase() == Phase.OPEN || LifeCycle.continues(s, pane, params));
        double before = same.map(s -> s.latest().measures().getOrDefault(Storm.HELD_BACK_IN_ALL, 0.0))
                .orElse(0.0);
        long inAll = Math.round(before)
                + newcomers.size()
                + unremembered.values().stream().mapToLong(Long::longValue).sum();
        Finding finding = Storm.finding(tenant, pane, params.opensPerPane(), wanted, held, inAll, strongestHeld);
        if (same.isEmpty()) {
            memory.put(Incident.of(finding).in(Phase.OPEN));
            tell(Storm.slot(tenant), Alert.State.OPEN);
        } else if (same.get().phase() == Phase.OPEN) {
            memory.put(same.get().seen(finding));
            tellNews(Storm.slot(tenant));
        } else {
            memory.put(same.get().goingOn().in(Phase.OPEN).seen(finding));
            tell(Storm.slot(tenant), Alert.State.UPDATED);
        }
    }
}
