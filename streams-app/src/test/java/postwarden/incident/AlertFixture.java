package postwarden.incident;

import java.time.Instant;
import java.util.List;
import postwarden.detect.Severity;
import postwarden.policy.Remark;
import postwarden.policy.Remarks;

/** Alerts for tests of those who read them. */
public final class AlertFixture {
    private AlertFixture() {}

    /** Guessing, a login, a takeover that supersedes it, and the end: four records of two incidents. */
    public static List<Alert> takeover() {
        DeskFixture desk = new DeskFixture();
        FindingBuilder guessing = FindingBuilder.account("distributed-brute-force", "anna@example.com")
                .severity(Severity.HIGH);
        FindingBuilder takeover = FindingBuilder.account("compromised-account", "anna@example.com")
                .severity(Severity.CRITICAL)
                .cause("STOLEN_PASSWORD");
        desk.at(179500000, guessing.at(179500000));
        desk.at(179500060, takeover.perMinute(372.25).at(179500060));
        desk.at(179500120, takeover.perMinute(61).over(179500120, 179500060));
        return desk.told;
    }

    /** An alert whose log line, key and advice a stranger has chosen. */
    public static Alert hostile(String text) {
        return new DeskFixture()
                .at(179500000, FindingBuilder.flood(text).line(text).at(179500000))
                .get(0);
    }

    /** The alert with these words of operators. */
    public static Alert saidOf(Alert alert, Remark... remarks) {
        return new Alert(
                alert.incidentId(),
                alert.tenant(),
                alert.state(),
                alert.sequence(),
                alert.detector(),
                alert.detectorVersion(),
                alert.severity(),
                alert.confidence(),
                alert.cause(),
                alert.causes(),
                alert.subject(),
                alert.onset(),
                alert.detectedAt(),
                alert.lastSeen(),
                alert.resolvedAt(),
                alert.resolution(),
                alert.title(),
                alert.summary(),
                alert.measures(),
                alert.thresholds(),
                alert.baseline(),
                alert.evidence(),
                alert.advice(),
                alert.technique(),
                alert.parent(),
                alert.children(),
                alert.timeline(),
                alert.countsAreLowerBounds(),
                alert.blindSpots(),
                alert.configDigest(),
                alert.allowed(),
                Remarks.of(List.of(remarks)));
    }

    /** All that can be said of an incident, told with this record of it. */
    public static Alert fullySaidOf(Alert alert, String by, String text) {
        Instant at = Instant.parse("2026-11-22T03:00:07.123Z");
        return saidOf(
                alert,
                new Remark(Remark.Aspect.ACKNOWLEDGED, "", by, at, "", alert.sequence()),
                new Remark(Remark.Aspect.ASSIGNED, by, by, at, text, 1),
                new Remark(Remark.Aspect.VERDICT, "false", by, at, text, 1));
    }
}
