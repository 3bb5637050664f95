package postwarden.diff;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.incident.Alert;
import postwarden.policy.Remark;

/**
 * One incident as one side tells it.
 *
 * @param whole whether all of it, its beginning too, rests on what both sides have read; else it can only be matched
 * @param onset as it was last told
 * @param detectedAt as it was first told
 * @param lastSeen end of the last pane that showed it
 * @param highest severity of any of its alerts
 * @param cause as it was last told
 * @param verdict of operators, with their reason, as it was last told; empty when there is none
 */
public record Case(
        String id,
        String tenant,
        String detector,
        Subject subject,
        boolean whole,
        Instant onset,
        Instant detectedAt,
        Instant lastSeen,
        Severity highest,
        String cause,
        String title,
        String verdict) {
    /** What two tellings of one incident have in common. */
    record About(String tenant, String detector, Subject subject) {}

    /** By time, and always the same. */
    static final Comparator<Case> ORDER = Comparator.comparing(Case::detectedAt)
            .thenComparing(Case::tenant)
            .thenComparing(Case::detector)
            .thenComparing(each -> each.subject().toString())
            .thenComparing(Case::id);

    /**
     * The incidents of a history.
     *
     * @param alerts each incident's in the order of its sequence
     * @param place where an alert stands; what stands behind is left out
     * @param wanted which times of detection are compared
     */
    public static List<Case> of(List<Alert> alerts, Function<Alert, Place> place, Predicate<Instant> wanted) {
        Map<String, Case> cases = new LinkedHashMap<>();
        for (Alert alert : alerts) {
            Place stands = place.apply(alert);
            if (stands == Place.BEHIND) {
                continue;
            }
            Case before = cases.get(alert.incidentId());
            boolean whole = stands == Place.INSIDE && alert.sequence() == 1 && wanted.test(alert.detectedAt());
            cases.put(alert.incidentId(), before == null ? opened(alert, whole) : before.with(alert));
        }
        return cases.values().stream().sorted(ORDER).toList();
    }

    private static Case opened(Alert alert, boolean whole) {
        return new Case(
                alert.incidentId(),
                alert.tenant(),
                alert.detector(),
                alert.subject(),
                whole,
                alert.onset(),
                alert.detectedAt(),
                alert.lastSeen(),
                alert.severity(),
                alert.cause(),
                alert.title(),
                verdict(alert));
    }

    private Case with(Alert later) {
        return new Case(
                id,
                tenant,
                detector,
                subject,
                whole,
                later.onset(),
                detectedAt,
                later.lastSeen().isAfter(lastSeen) ? later.lastSeen() : lastSeen,
                highest.max(later.severity()),
                later.cause(),
                later.title(),
                verdict(later));
    }

    private static String verdict(Alert alert) {
        return alert.feedback()
                .of(Remark.Aspect.VERDICT)
                .map(remark -> remark.value() + " (" + remark.reason() + ")")
                .orElse("");
    }

    /** Who is told about, by whom. */
    About about() {
        return new About(tenant, detector, subject);
    }

    /** For how long both were seen; negative when one was over before the other began. */
    Duration overlap(Case other) {
        Instant begin = onset.isAfter(other.onset) ? onset : other.onset;
        Instant end = lastSeen.isBefore(other.lastSeen) ? lastSeen : other.lastSeen;
        return Duration.between(begin, end);
    }
}
