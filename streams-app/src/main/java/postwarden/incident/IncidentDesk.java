package postwarden.incident;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import postwarden.correlate.Memory;
import postwarden.detect.Report;
import postwarden.policy.Allowances;
import postwarden.policy.Saying;

/**
 * Makes incidents of what the watches report: one per cause, opened, updated and resolved, each with one id for all its life
 * ({@link Phase} draws it, {@link LifeCycle} says what is news, {@link Kinship} what belongs to what).
 *
 * <p>A detector's finding opens an incident for its key and host, and must be reported at every pane while it lasts: what is
 * not yet told waits for the next report. An incident ends only by {@link Report.Over}; silence ends nothing. One that comes
 * back within {@link DeskParams#reopenWithin} goes on under its id with an UPDATED record, so that it does not flap; after that
 * it is a new one.
 *
 * <p>A parent that opens resolves the children that were told before as superseded and names them, in its first record those of
 * the same pane too. A child that comes while its parent is open attaches silently: it is named in the parent's next record,
 * which its coming alone causes not before {@link DeskParams#updateEvery} has passed, because the page is out already. A
 * child that outlasts its parent by more than {@code shelterFor} is told again as an incident of its own.
 *
 * <p>Reports of one pane may come in any order: the desk sorts them. Reports of an earlier pane may come late: they amend an
 * onset, and open an incident of their own pane where none is; a late end ends nothing that was seen since. The same report
 * twice changes nothing. No clock, nothing random: all state is in the memory.
 */
public final class IncidentDesk {
    private final Memory<String, Incident> incidents;
    private final Allowances allowances;
    private final DeskParams params;
    private final String configDigest;
    private long heldBack;

    /**
     * A desk over this memory.
     *
     * @param incidents what is remembered; kept to {@link DeskParams#maxRemembered} entries
     * @param allowances what is let be
     * @param configDigest SHA-256 over the thresholds in force, first 16 hexadecimal digits; goes into every alert
     */
    public IncidentDesk(
            Memory<String, Incident> incidents, Allowances allowances, DeskParams params, String configDigest) {
        this.incidents = incidents;
        this.allowances = allowances;
        this.params = params;
        this.configDigest = configDigest;
    }

    /**
     * Decides all reports of one pane, of one tenant or several.
     *
     * @param pane the pane that closed; not before the panes of the reports
     * @return what is to be told, in the order in which to tell it
     */
    public List<Alert> decide(long pane, List<Report> reports) {
        SortedMap<String, List<Report>> byTenant = new TreeMap<>();
        for (Report report : reports) {
            byTenant.computeIfAbsent(report.key().tenant(), tenant -> new ArrayList<>())
                    .add(report);
        }
        Remembered memory = new Remembered(incidents, params, pane);
        List<Alert> alerts = new ArrayList<>();
        byTenant.forEach((tenant, theirs) -> {
            theirs.sort(Place.OF_REPORTS);
            Sitting sitting = new Sitting(memory, allowances, params, configDigest, tenant, pane);
            alerts.addAll(sitting.decide(theirs));
            heldBack += sitting.heldBack();
        });
        return alerts;
    }

    /** Takes what an operator says of an incident; nothing that is decided depends on it. */
    public Heard hear(Saying saying) {
        return new Hearing(incidents, allowances, params, configDigest).hear(saying);
    }

    /** Incidents that did not open at once because too many wanted to, since this desk began; each counts once. */
    public long heldBack() {
        return heldBack;
    }

    /** The incidents that are told and not over, as they stand now: the most severe first, then the oldest. */
    public List<Alert> open() {
        List<Alert> open = new ArrayList<>();
        List<Incident> silences = new ArrayList<>();
        incidents.forEach((slot, incident) -> {
            if (Blindness.isSilence(incident)) {
                silences.add(incident);
            }
        });
        Blindness blindness = Blindness.of(silences);
        incidents.forEach((slot, incident) -> {
            if (incident.phase() == Phase.OPEN) {
                Alert.State state = incident.sequence() == 1 ? Alert.State.OPEN : Alert.State.UPDATED;
                open.add(Telling.of(incident, state, Optional.empty(), blindness, params, configDigest));
            }
        });
        open.sort(Comparator.comparing(Alert::severity)
                .reversed()
                .thenComparing(Alert::onset)
                .thenComparing(Alert::incidentId));
        return open;
    }
}
