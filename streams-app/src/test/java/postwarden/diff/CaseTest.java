package postwarden.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import postwarden.detect.Severity;
import postwarden.incident.Alert;
import postwarden.incident.AlertFixture;

class CaseTest {
    private final List<Alert> takeover = AlertFixture.takeover();

    @Test
    void an_incident_is_its_first_detection_its_highest_severity_and_its_last_word() {
        // When
        List<Case> cases = Case.of(takeover, alert -> Place.INSIDE, time -> true);

        // Then
        assertThat(cases).extracting(Case::detector).containsExactly("distributed-brute-force", "compromised-account");
        assertThat(cases).extracting(Case::highest).containsExactly(Severity.HIGH, Severity.CRITICAL);
        assertThat(cases).allMatch(Case::whole);
        for (Case each : cases) {
            List<Alert> own = takeover.stream()
                    .filter(alert -> alert.incidentId().equals(each.id()))
                    .toList();
            assertThat(each.detectedAt()).isEqualTo(own.get(0).detectedAt());
            assertThat(each.cause()).isEqualTo(own.get(own.size() - 1).cause());
        }
    }

    @Test
    void the_verdict_is_the_last_that_was_told() {
        // Given
        Alert first = takeover.get(0);
        Alert judged = AlertFixture.fullySaidOf(first, "anna", "a backup");

        // When
        List<Case> cases = Case.of(List.of(first, judged), alert -> Place.INSIDE, time -> true);

        // Then
        assertThat(cases).extracting(Case::verdict).containsExactly("false (a backup)");
    }

    @Test
    void what_stands_behind_the_range_was_never_said() {
        // When
        List<Case> cases = Case.of(
                takeover,
                alert -> alert.detector().equals("compromised-account") ? Place.BEHIND : Place.INSIDE,
                time -> true);

        // Then
        assertThat(cases).extracting(Case::detector).containsExactly("distributed-brute-force");
    }

    @Test
    void an_incident_without_its_beginning_is_not_whole() {
        // Given
        List<Alert> later =
                takeover.stream().filter(alert -> alert.sequence() > 1).toList();

        // When
        List<Case> cases = Case.of(later, alert -> Place.INSIDE, time -> true);
        List<Case> before = Case.of(takeover, alert -> Place.BEFORE, time -> true);
        List<Case> unwanted = Case.of(takeover, alert -> Place.INSIDE, time -> false);

        // Then
        assertThat(cases).isNotEmpty().noneMatch(Case::whole);
        assertThat(before).hasSize(2).noneMatch(Case::whole);
        assertThat(unwanted).hasSize(2).noneMatch(Case::whole);
    }

    @Test
    void rates_are_a_day_and_thousand_hosts_of_what_was_watched() {
        // Given two incidents of one kind each, and fifty host days
        List<Case> cases = Case.of(takeover, alert -> Place.INSIDE, time -> true);

        // When
        Rates rates = Rates.of(cases, Duration.ofDays(50));

        // Then
        assertThat(rates.counts())
                .isEqualTo(new TreeMap<>(Map.of(
                        new Rates.Kind("distributed-brute-force", Severity.HIGH),
                        1,
                        new Rates.Kind("compromised-account", Severity.CRITICAL),
                        1)));
        assertThat(rates.rate(rates.all())).isEqualTo(40);
        assertThat(Rates.of(cases, Duration.ZERO).rate(1)).isNaN();
    }
}
