package postwarden.incident;

import java.util.List;
import postwarden.detect.Severity;

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
}
