package postwarden.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.incident.FindingBuilder.account;
import static postwarden.incident.FindingBuilder.flood;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import postwarden.detect.Report;
import postwarden.detect.Severity;
import postwarden.tally.Pane;

class AlertStormTest {
    private final DeskFixture desk = new DeskFixture(params(3, 1000));

    private static DeskParams params(int opensPerPane, int maxRemembered) {
        return new DeskParams(
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofHours(24),
                Duration.ofHours(1),
                Duration.ofHours(24),
                opensPerPane,
                maxRemembered,
                16,
                24,
                Set.of("hosts"),
                "mail.lines");
    }

    private static List<Report> floods(int from, int to, long pane) {
        List<Report> floods = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Severity severity = i % 2 == 0 ? Severity.LOW : Severity.MEDIUM;
            floods.add(flood("192.0.2." + i).severity(severity).at(pane));
        }
        return floods;
    }

    @Test
    void the_strongest_open_and_the_rest_is_counted_exactly_in_one_incident() {
        // When
        List<Alert> alerts = desk.at(1000, floods(0, 10, 1000));

        // Then
        assertThat(alerts).extracting(Alert::severity).startsWith(Severity.MEDIUM, Severity.MEDIUM, Severity.MEDIUM);
        assertThat(alerts).hasSize(4);
        Alert storm = alerts.get(3);
        assertThat(storm.detector()).isEqualTo("alert-storm");
        assertThat(storm.severity()).isEqualTo(Severity.INFO);
        assertThat(storm.measures())
                .containsEntry("incidentsWanted", 10.0)
                .containsEntry("incidentsHeldBack", 7.0)
                .containsEntry("incidentsHeldBackInAll", 7.0);
        assertThat(storm.summary()).contains("connection-flood 7");
    }

    @Test
    void those_held_back_open_later_with_the_pane_of_their_own_and_the_storm_ends() {
        // Given
        desk.at(1000, floods(0, 10, 1000));

        // When
        desk.at(1001, floods(0, 10, 1001));
        desk.at(1002, floods(0, 10, 1002));
        desk.at(1003, floods(0, 10, 1003));

        // Then
        assertThat(desk.open()).hasSize(10);
        assertThat(desk.open()).extracting(Alert::detectedAt).containsOnly(Pane.end(1000));
        assertThat(DeskFixture.brief(desk.told)).endsWith("RESOLVED alert-storm 2");
        assertThat(desk.last().measures()).containsEntry("incidentsHeldBackInAll", 7.0);
        assertThat(desk.heldBack()).as("each once, however long it waits").isEqualTo(7);
    }

    @Test
    void those_that_end_while_they_wait_are_never_told() {
        // Given
        desk.at(1000, floods(0, 4, 1000));

        // When
        desk.at(1030, flood("192.0.2.2").over(1030, 1000), flood("192.0.2.0").over(1030, 1000));

        // Then
        assertThat(DeskFixture.brief(desk.told)).endsWith("RESOLVED connection-flood 2", "RESOLVED alert-storm 2");
        assertThat(desk.open()).hasSize(2);
    }

    @Test
    void a_held_back_parent_keeps_its_child_back_and_opens_with_it() {
        // Given
        List<Report> reports = new ArrayList<>(floods(0, 6, 1000));
        reports.add(account("compromised-account", "a@example.com")
                .severity(Severity.INFO)
                .at(1000));
        reports.add(account("distributed-brute-force", "a@example.com")
                .severity(Severity.LOW)
                .at(1000));
        desk.at(1000, reports);

        // When
        List<Alert> later = desk.at(
                1001,
                account("compromised-account", "a@example.com")
                        .severity(Severity.INFO)
                        .at(1001));

        // Then
        assertThat(later).extracting(Alert::detector).startsWith("compromised-account");
        assertThat(later.get(0).children()).hasSize(1);
        assertThat(desk.told).extracting(Alert::detector).doesNotContain("distributed-brute-force");
    }

    @Test
    void a_weak_parent_of_a_child_that_is_worse_than_all_others_is_not_held_back() {
        // Given
        List<Report> reports = new ArrayList<>(floods(0, 6, 1000));
        reports.add(account("compromised-account", "a@example.com")
                .severity(Severity.INFO)
                .at(1000));
        reports.add(account("distributed-brute-force", "a@example.com")
                .severity(Severity.CRITICAL)
                .at(1000));

        // When
        List<Alert> alerts = desk.at(1000, reports);

        // Then
        assertThat(alerts.get(0).detector()).isEqualTo("compromised-account");
        assertThat(alerts.get(0).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void a_second_call_for_the_same_pane_has_no_more_room() {
        // Given
        desk.at(1000, floods(0, 3, 1000));

        // When
        List<Alert> more = desk.at(1000, floods(3, 5, 1000));

        // Then
        assertThat(more).extracting(Alert::detector).containsExactly("alert-storm");
    }

    @Test
    void one_tenants_storm_takes_no_room_from_another() {
        // When
        List<Report> reports = new ArrayList<>(floods(0, 9, 1000));
        reports.add(flood("192.0.2.1").ofTenant("z").at(1000));
        List<Alert> alerts = desk.at(1000, reports);

        // Then
        assertThat(alerts).extracting(Alert::tenant).contains("z");
    }

    @Test
    void memory_stays_bounded_and_what_it_has_no_room_for_is_still_counted() {
        // Given
        DeskFixture small = new DeskFixture(params(3, 100));

        // When
        for (long pane = 1000; pane < 1010; pane++) {
            List<Report> floods = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                floods.add(flood("198.51.100." + i).at(pane));
            }
            small.at(pane, floods);
        }

        // Then
        assertThat(small.remembered).hasSizeLessThanOrEqualTo(101);
        assertThat(small.open().stream().filter(a -> a.detector().equals("connection-flood")))
                .hasSize(30);
        Alert storm = small.told.get(3);
        assertThat(storm.measures()).containsEntry("incidentsHeldBack", 297.0);
    }
}
