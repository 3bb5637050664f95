package postwarden.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.incident.FindingBuilder.flood;

import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.detect.Severity;
import postwarden.tally.Pane;

class LifeCycleTest {
    private static final String CLIENT = "203.0.113.9";
    private final DeskFixture desk = new DeskFixture();

    @Test
    void a_finding_opens_one_incident_and_the_same_finding_again_says_nothing() {
        // Given
        desk.at(1000, flood(CLIENT).at(1000));

        // When
        List<Alert> again = desk.at(1001, flood(CLIENT).at(1001));

        // Then
        assertThat(again).isEmpty();
        assertThat(DeskFixture.brief(desk.told)).containsExactly("OPEN connection-flood 1");
        assertThat(desk.told.get(0).detectedAt()).isEqualTo(Pane.end(1000));
    }

    @Test
    void a_rise_of_severity_is_told_at_once_and_a_fall_after_five_minutes() {
        // Given
        desk.at(1000, flood(CLIENT).at(1000));

        // When
        List<Alert> rise = desk.at(1001, flood(CLIENT).severity(Severity.HIGH).at(1001));
        List<Alert> tooSoon = desk.at(1030, flood(CLIENT).at(1030));
        List<Alert> fall = desk.at(1031, flood(CLIENT).at(1031));

        // Then
        assertThat(DeskFixture.brief(rise)).containsExactly("UPDATED connection-flood 2");
        assertThat(tooSoon).isEmpty();
        assertThat(DeskFixture.brief(fall)).containsExactly("UPDATED connection-flood 3");
        assertThat(fall.get(0).severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void an_end_resolves_with_the_worst_severity_and_the_numbers_before_and_after() {
        // Given
        desk.at(1000, flood(CLIENT).at(1000));
        desk.at(1001, flood(CLIENT).severity(Severity.HIGH).perMinute(372).at(1001));
        desk.at(1040, flood(CLIENT).perMinute(61).at(1040));

        // When
        Alert resolved = desk.at(1070, flood(CLIENT).over(1070, 1040)).get(0);

        // Then
        assertThat(resolved.state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(resolved.resolution()).isEqualTo("subsided");
        assertThat(resolved.severity()).isEqualTo(Severity.HIGH);
        assertThat(resolved.resolvedAt()).isEqualTo(Pane.end(1070));
        assertThat(resolved.lastSeen()).isEqualTo(Pane.end(1040));
        assertThat(resolved.measures()).containsEntry("eventsPerMinute", 61.0);
        assertThat(resolved.measures()).containsEntry("eventsPerMinuteAtWorst", 372.0);
        assertThat(resolved.summary()).contains("372", "61", "threshold 60");
    }
}
