package postwarden.incident;

import java.util.List;
import java.util.Optional;
import postwarden.detect.Finding;
import postwarden.detect.Report;
import postwarden.detect.sensor.HostSilence;
import postwarden.policy.Allowance;
import postwarden.policy.Allowances;

/**
 * The reports of one tenant and one pane being decided, in three steps: each report changes the incident that it is about;
 * those that want to open are admitted; those that go on are told again where there is news. Lives for one call.
 */
final class Sitting {
    private final Remembered memory;
    private final DeskParams params;
    private final Teller teller;
    private final Permission permission;
    private final Admission admission;
    private final StormCount storm;
    private final Docket docket = new Docket();

    Sitting(
            Remembered memory,
            Allowances allowances,
            DeskParams params,
            String configDigest,
            String tenant,
            long pane) {
        this.memory = memory;
        this.params = params;
        teller = new Teller(memory, params, configDigest, pane);
        permission = new Permission(allowances, memory, teller, pane);
        admission = new Admission(memory, params, tenant, pane, teller, docket);
        storm = new StormCount(memory, params, tenant, pane, teller);
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
        int wanted = docket.contenders().size();
        admission.admit();
        docket.going().forEach(this::tellAgain);
        teller.tellSilence();
        storm.count(wanted, docket);
        return teller.alerts();
    }

    /** Incidents that the decision held back for the first time. */
    long heldBack() {
        return storm.heldBack();
    }

    private void found(Finding finding) {
        Optional<Allowance> allowance = permission.covering(finding);
        if (allowance.isPresent()) {
            docket.drop(Slot.of(finding));
            permission.found(finding, allowance.get());
            return;
        }
        Optional<Incident> known = memory.get(Slot.of(finding));
        if (known.isEmpty()) {
            contend(finding);
            return;
        }
        Incident incident = known.get();
        switch (incident.phase()) {
            case WAITING -> {
                memory.put(incident.seen(finding));
                docket.contenders().add(incident.slot());
            }
            case OPEN -> {
                memory.put(incident.seen(finding));
                docket.going().add(incident.slot());
            }
            case ATTACHED -> foundAttached(incident, finding);
            case OVER -> foundAgain(incident, finding);
            case ALLOWED -> contend(finding);
        }
    }

    private void contend(Finding finding) {
        Incident incident = Incident.of(finding);
        memory.put(incident);
        docket.contenders().add(incident.slot());
        docket.newcomers().add(incident.slot());
    }

    private void foundAttached(Incident child, Finding finding) {
        Incident seen = child.seen(finding);
        Optional<Incident> parent = memory.shelter(seen);
        if (parent.isEmpty()) {
            contend(finding);
            return;
        }
        memory.put(seen);
        Incident heeding = Family.heed(parent.get(), seen);
        memory.put(heeding);
        if (!heeding.kin().raised().equals(parent.get().kin().raised())) {
            docket.going().add(heeding.slot());
        }
    }

    private void foundAgain(Incident over, Finding finding) {
        if (!LifeCycle.continues(over, finding.pane(), params)) {
            contend(finding);
        } else if (finding.pane() <= over.ending().pane()) {
            memory.put(over.seen(finding));
        } else if (over.ending().resolution() != Resolution.SUPERSEDED) {
            memory.put(over.goingOn().in(Phase.OPEN).seen(finding));
            docket.going().add(over.slot());
            docket.returned().add(over.slot());
        } else if (memory.shelter(over).isPresent()) {
            memory.put(over.goingOn().in(Phase.ATTACHED).seen(finding));
        } else {
            contend(finding);
        }
    }

    /** An end that comes late, when the trouble has been seen since, ends nothing. */
    private void over(Report.Over over) {
        memory.get(Slot.of(over))
                .filter(incident -> over.pane() > incident.lastPane())
                .ifPresent(incident -> end(incident, over));
    }

    private void end(Incident incident, Report.Over over) {
        docket.drop(incident.slot());
        switch (incident.phase()) {
            case WAITING -> memory.remove(incident.slot());
            case OPEN -> {
                // Who was silent and speaks is seen to be well; of all else only the measures are seen to have fallen.
                Resolution how = over.detector().equals(HostSilence.ID) ? Resolution.VERIFIED : Resolution.SUBSIDED;
                memory.put(incident.in(Phase.OVER).ended(over.pane(), over.lastSeenPane(), how));
                teller.tell(incident.slot(), Alert.State.RESOLVED);
            }
            case ATTACHED -> {
                Optional<Incident> parent = memory.shelter(incident);
                memory.put(incident.in(Phase.OVER).ended(over.pane(), over.lastSeenPane(), Resolution.SUPERSEDED));
                parent.ifPresent(open -> memory.put(Family.outlived(open, incident, params)));
            }
            case OVER -> {
                // It has ended already.
            }
            case ALLOWED -> permission.over(incident, over);
        }
    }

    private void tellAgain(String slot) {
        if (docket.returned().contains(slot)) {
            teller.tell(slot, Alert.State.UPDATED);
        } else {
            teller.tellNews(slot);
        }
    }
}
