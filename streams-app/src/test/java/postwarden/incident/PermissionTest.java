package postwarden.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.incident.FindingBuilder.flood;

import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.detect.Severity;
import postwarden.policy.Allowance;
import postwarden.policy.Allowances;
import postwarden.policy.NamePattern;
import postwarden.scan.MapMemory;
import postwarden.tally.Pane;

/** What an operator lets be: shown and counted, told to nobody. */
class PermissionTest {
    private static final String PROBE = "203.0.113.9";
    private static final String OTHER = "203.0.114.1";

    private final Allowances allowances = new Allowances(new MapMemory<>(), List.of());
    private final DeskFixture desk = new DeskFixture(DeskParams.DEFAULT, new HashMap<>(), allowances);

    @Test
    void what_is_covered_is_shown_with_whose_decision_it_is_and_not_told() {
        // Given
        allow(1000, 2000);

        // When
        Alert shown = only(desk.at(1000, flood(PROBE).at(1000)));
        Alert told = only(desk.at(1000, flood(OTHER).at(1000)));

        // Then
        assertThat(shown.isTold()).isFalse();
        assertThat(shown.allowed()).hasValueSatisfying(allowed -> {
            assertThat(allowed.owner()).isEqualTo("noc@example.com");
            assertThat(allowed.policy()).isEqualTo("probe");
        });
        assertThat(told.isTold()).isTrue();
        assertThat(told.allowed()).isEmpty();
    }

    @Test
    void its_news_and_its_end_are_shown_too() {
        allow(1000, 2000);
        desk.at(1000, flood(PROBE).at(1000));

        Alert worse = only(desk.at(1001, flood(PROBE).severity(Severity.HIGH).at(1001)));
        Alert over = only(desk.at(1040, flood(PROBE).over(1040, 1001)));

        assertThat(List.of(worse, over)).noneMatch(Alert::isTold);
        assertThat(over.state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(desk.remembered).isEmpty();
    }

    @Test
    void when_it_ends_while_the_trouble_goes_on_that_is_told_as_new() {
        // Given
        allow(1000, 1010);
        Alert shown = only(desk.at(1005, flood(PROBE).at(1005)));

        // When
        Alert told = only(desk.at(1010, flood(PROBE).at(1010)));

        // Then
        assertThat(told.isTold()).isTrue();
        assertThat(told.state()).isEqualTo(Alert.State.OPEN);
        assertThat(told.sequence()).isEqualTo(1);
        assertThat(told.incidentId()).isNotEqualTo(shown.incidentId());
    }

    @Test
    void who_was_told_of_it_is_told_that_it_is_allowed_now() {
        // Given
        desk.at(1000, flood(PROBE).at(1000));
        allow(1002, 2000);

        // When
        Alert told = only(desk.at(1002, flood(PROBE).at(1002)));
        List<Alert> afterwards = desk.at(1003, flood(PROBE).at(1003));
        Alert over = only(desk.at(1040, flood(PROBE).over(1040, 1003)));

        // Then
        assertThat(told.isTold()).isTrue();
        assertThat(told.state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(told.resolution()).isEqualTo("allowed");
        assertThat(afterwards).isEmpty();
        assertThat(over.isTold()).isFalse();
    }

    @Test
    void what_is_taken_back_is_told_again() {
        allow(1000, 2000);
        desk.at(1000, flood(PROBE).at(1000));
        allowances.remove("default", "probe");

        assertThat(only(desk.at(1001, flood(PROBE).at(1001))).isTold()).isTrue();
    }

    @Test
    void what_was_never_let_be_can_be_taken_back() {
        allowances.remove("default", "0f-9.verdict");

        assertThat(only(desk.at(1000, flood(PROBE).at(1000))).isTold()).isTrue();
    }

    @Test
    void another_tenants_decision_covers_nothing() {
        allowances.put(new Allowance(
                "probe",
                "other",
                NamePattern.ANYTHING,
                new NamePattern("203.0.113.0/24"),
                NamePattern.ANYTHING,
                "noc@example.com",
                "our monitoring",
                Pane.end(1000),
                Pane.end(2000)));

        assertThat(only(desk.at(1000, flood(PROBE).at(1000))).isTold()).isTrue();
    }

    private void allow(long from, long until) {
        allowances.put(new Allowance(
                "probe",
                "default",
                new NamePattern("connection-*"),
                new NamePattern("203.0.113.0/24"),
                NamePattern.ANYTHING,
                "noc@example.com",
                "our monitoring",
                Pane.end(from),
                Pane.end(until)));
    }

    private static Alert only(List<Alert> alerts) {
        assertThat(alerts).hasSize(1);
        return alerts.get(0);
    }
}
