package postwarden.incident;

import java.time.Instant;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.policy.Remark;
import postwarden.policy.Remarks;

/**
 * What the desk remembers of one incident. Immutable; bounded by its two findings (ten evidence lines each) and by
 * {@link DeskParams#maxChildren} and {@link DeskParams#maxMoments}.
 *
 * @param id given when the threshold was first crossed, never computed again
 * @param subject as it was then
 * @param sequence records told so far, >= 0
 * @param firstPane in which the threshold was first crossed
 * @param lastPane that showed it
 * @param onset the earliest that any finding gave
 * @param latest finding of {@code lastPane}
 * @param worst finding so far
 * @param remarks what operators have said, three at most; nothing that is decided depends on it
 */
public record Incident(
        String id,
        Subject subject,
        Phase phase,
        int sequence,
        long firstPane,
        long lastPane,
        Instant onset,
        Finding latest,
        Finding worst,
        Told told,
        Kin kin,
        Ending ending,
        Remarks remarks) {

    /** An incident that nobody was told of yet. */
    static Incident of(Finding finding) {
        return new Incident(
                IncidentId.of(finding),
                finding.subject(),
                Phase.WAITING,
                0,
                finding.pane(),
                finding.pane(),
                finding.onset(),
                finding,
                finding,
                Told.NOTHING,
                Kin.NONE,
                Ending.NONE,
                Remarks.NONE);
    }

    /** This incident after one more finding; an older one amends only the onset, and the worst. */
    Incident seen(Finding finding) {
        Instant earliest = finding.onset().isBefore(onset) ? finding.onset() : onset;
        boolean newer = finding.pane() >= lastPane;
        return new Incident(
                id,
                subject,
                phase,
                sequence,
                firstPane,
                Math.max(lastPane, finding.pane()),
                earliest,
                newer ? finding : latest,
                Strength.stronger(worst, finding),
                told,
                kin,
                ending,
                remarks);
    }

    Incident in(Phase next) {
        return next == phase
                ? this
                : new Incident(
                        id, subject, next, sequence, firstPane, lastPane, onset, latest, worst, told, kin, ending,
                        remarks);
    }

    Incident with(Kin next) {
        return new Incident(
                id, subject, phase, sequence, firstPane, lastPane, onset, latest, worst, told, next, ending, remarks);
    }

    Incident ended(long pane, long lastSeenPane, Resolution resolution) {
        return new Incident(
                id,
                subject,
                phase,
                sequence,
                firstPane,
                Math.max(lastPane, lastSeenPane),
                onset,
                latest,
                worst,
                told,
                kin,
                new Ending(pane, resolution),
                remarks);
    }

    Incident goingOn() {
        return new Incident(
                id,
                subject,
                phase,
                sequence,
                firstPane,
                lastPane,
                onset,
                latest,
                worst,
                told,
                kin,
                Ending.NONE,
                remarks);
    }

    /** This incident after a record with these facts was told. */
    Incident told(Told facts) {
        return new Incident(
                id,
                subject,
                phase,
                sequence + 1,
                firstPane,
                lastPane,
                onset,
                latest,
                worst,
                facts,
                kin,
                ending,
                remarks);
    }

    /** This incident after an operator's word, which its next record tells; what was told before stays the measure of news. */
    Incident with(Remark remark) {
        return new Incident(
                id,
                subject,
                phase,
                sequence,
                firstPane,
                lastPane,
                onset,
                latest,
                worst,
                told,
                kin,
                ending,
                remarks.with(remark.toldIn(sequence + 1)));
    }

    String detector() {
        return latest.detector();
    }

    String tenant() {
        return latest.key().tenant();
    }

    String slot() {
        return Slot.of(latest);
    }

    /** The causes that hold for it now: its own, or those of a child that knows better. */
    List<Cause> causes(Finding own) {
        return kin.causes().isEmpty() ? own.causes() : kin.causes();
    }

    /**
     * What the last record said, to tell whether there is something new.
     *
     * @param cause the likeliest
     * @param size the largest multiple of a threshold
     * @param scope how far it reaches; 0 when no measure says so
     * @param children how many belonged to it
     * @param pane in which it was told
     */
    public record Told(Severity severity, String cause, double size, double scope, int children, long pane) {
        static final Told NOTHING = new Told(Severity.INFO, "", 0, 0, 0, 0);

        static Told of(Incident incident, long pane, DeskParams params) {
            Finding finding = incident.latest;
            double scope = 0;
            for (String measure : params.scopeMeasures()) {
                scope = Math.max(scope, finding.measures().getOrDefault(measure, 0.0));
            }
            return new Told(
                    finding.severity(),
                    incident.causes(finding).get(0).name(),
                    Strength.size(finding),
                    scope,
                    incident.kin.children().size(),
                    Math.max(pane, incident.told.pane()));
        }
    }

    /**
     * Where it stands in its family.
     *
     * @param parent id, or empty
     * @param children ids, sorted
     * @param causes adopted from a child; empty when its own hold
     * @param advice adopted with them
     * @param moments of the story that its findings do not hold: what children did, by time
     */
    public record Kin(
            String parent, List<String> children, List<Cause> causes, List<Advice> advice, List<Alert.Moment> moments) {
        static final Kin NONE = new Kin("", List.of(), List.of(), List.of(), List.of());

        public Kin {
            children = List.copyOf(children);
            causes = List.copyOf(causes);
            advice = List.copyOf(advice);
            moments = List.copyOf(moments);
        }
    }

    /** How it ended, and in which pane that was known; {@link Resolution#NONE} while it was not told to be over. */
    public record Ending(long pane, Resolution resolution) {
        static final Ending NONE = new Ending(0, Resolution.NONE);
    }
}
