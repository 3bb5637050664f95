package postwarden.incident;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
 * @param course what its own findings have said
 * @param remarks what operators have said, three at most; nothing that is decided depends on it
 */
public record Incident(
        String id,
        Subject subject,
        Phase phase,
        int sequence,
        Course course,
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
                Course.of(finding),
                Told.NOTHING,
                Kin.NONE,
                Ending.NONE,
                Remarks.NONE);
    }

    /** This incident after one more finding. */
    Incident seen(Finding finding) {
        return with(course.with(finding));
    }

    Incident in(Phase next) {
        return new Incident(id, subject, next, sequence, course, told, kin, ending, remarks);
    }

    Incident with(Kin next) {
        return new Incident(id, subject, phase, sequence, course, told, next, ending, remarks);
    }

    Incident ended(long pane, long lastSeenPane, Resolution resolution) {
        return with(course.until(lastSeenPane)).with(new Ending(pane, resolution));
    }

    Incident goingOn() {
        return with(Ending.NONE);
    }

    /** This incident after a record with these facts was told. */
    Incident told(Told facts) {
        return new Incident(id, subject, phase, sequence + 1, course, facts, kin, ending, remarks);
    }

    /** This incident after an operator's word, which its next record tells; what was told before stays the measure of news. */
    Incident with(Remark remark) {
        return new Incident(
                id, subject, phase, sequence, course, told, kin, ending, remarks.with(remark.toldIn(sequence + 1)));
    }

    private Incident with(Course next) {
        return new Incident(id, subject, phase, sequence, next, told, kin, ending, remarks);
    }

    private Incident with(Ending next) {
        return new Incident(id, subject, phase, sequence, course, told, kin, next, remarks);
    }

    long firstPane() {
        return course.firstPane();
    }

    long lastPane() {
        return course.lastPane();
    }

    Instant onset() {
        return course.onset();
    }

    Finding latest() {
        return course.latest();
    }

    Finding worst() {
        return course.worst();
    }

    String detector() {
        return latest().detector();
    }

    String tenant() {
        return latest().key().tenant();
    }

    String slot() {
        return Slot.of(latest());
    }

    /** The causes that hold for it now: its own, or those of a child that knows better. */
    List<Cause> causes(Finding own) {
        return kin.causes().isEmpty() ? own.causes() : kin.causes();
    }

    /** How bad it is with all that belongs to it, when this is what it says itself. */
    Severity severity(Finding own) {
        return own.severity().max(kin.raised().severity());
    }

    /**
     * What the findings of an incident have said.
     *
     * @param firstPane in which the threshold was first crossed
     * @param lastPane that showed it
     * @param onset the earliest that any finding gave
     * @param latest finding of {@code lastPane}
     * @param worst finding so far
     * @param extremes the worst of each measure that had a threshold, whichever finding showed it; see {@link Extremes}
     */
    public record Course(
            long firstPane,
            long lastPane,
            Instant onset,
            Finding latest,
            Finding worst,
            SortedMap<String, Double> extremes) {
        public Course {
            extremes = Collections.unmodifiableSortedMap(new TreeMap<>(extremes));
        }

        static Course of(Finding finding) {
            return new Course(finding.pane(), finding.pane(), finding.onset(), finding, finding, Extremes.of(finding));
        }

        /** After one more finding; an older one amends only the onset, and the worst. */
        Course with(Finding finding) {
            return new Course(
                    firstPane,
                    Math.max(lastPane, finding.pane()),
                    finding.onset().isBefore(onset) ? finding.onset() : onset,
                    finding.pane() >= lastPane ? finding : latest,
                    Strength.stronger(worst, finding),
                    Extremes.with(extremes, finding));
        }

        Course until(long lastSeenPane) {
            return new Course(firstPane, Math.max(lastPane, lastSeenPane), onset, latest, worst, extremes);
        }
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
            Finding finding = incident.latest();
            double scope = 0;
            for (String measure : params.scopeMeasures()) {
                scope = Math.max(scope, finding.measures().getOrDefault(measure, 0.0));
            }
            return new Told(
                    incident.severity(finding),
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
     * @param raised how bad it is because of what belongs to it
     */
    public record Kin(
            String parent,
            List<String> children,
            List<Cause> causes,
            List<Advice> advice,
            List<Alert.Moment> moments,
            Raised raised) {
        static final Kin NONE = new Kin("", List.of(), List.of(), List.of(), List.of(), Raised.NOT);

        public Kin {
            children = List.copyOf(children);
            causes = List.copyOf(causes);
            advice = List.copyOf(advice);
            moments = List.copyOf(moments);
        }

        Kin under(String parentId) {
            return new Kin(parentId, children, causes, advice, moments, raised);
        }

        Kin with(List<String> nextChildren, List<Alert.Moment> nextMoments) {
            return new Kin(parent, nextChildren, causes, advice, nextMoments, raised);
        }

        Kin knowing(List<Cause> nextCauses, List<Advice> nextAdvice) {
            return new Kin(parent, children, nextCauses, nextAdvice, moments, raised);
        }

        Kin with(Raised next) {
            return new Kin(parent, children, causes, advice, moments, next);
        }
    }

    /**
     * The worst that any of its children has been. It never falls while the incident lasts, so that it does not matter in which
     * order children came and went.
     *
     * @param severity INFO when no child says anything
     * @param by what that child says in a sentence, for a person; empty when none does
     */
    public record Raised(Severity severity, String by) {
        public static final Raised NOT = new Raised(Severity.INFO, "");
    }

    /** How it ended, and in which pane that was known; {@link Resolution#NONE} while it was not told to be over. */
    public record Ending(long pane, Resolution resolution) {
        static final Ending NONE = new Ending(0, Resolution.NONE);
    }
}
