package postwarden.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.incident.DeskFixture.step;
import static postwarden.incident.FindingBuilder.flood;

import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.detect.Severity;
import postwarden.tally.Pane;

/** Scenarios of one incident: in which pane comes what, and what is told. A pane is ten seconds; thirty are five minutes. */
class LifeCycleTest {
    private static final String CLIENT = "203.0.113.9";
    private final DeskFixture desk = new DeskFixture();

    @Test
    void a_finding_opens_one_incident_and_lasting_says_nothing_more() {
        desk.play(
                step(1000, flood(CLIENT).at(1000), "OPEN connection-flood 1"),
                step(1001, flood(CLIENT).at(1001)),
                step(1001, flood(CLIENT).at(1001)),
                step(1400, flood(CLIENT).at(1400)));
        assertThat(desk.last().detectedAt()).isEqualTo(Pane.end(1000));
        assertThat(desk.last().onset()).isEqualTo(Pane.start(998));
    }

    @Test
    void a_rise_of_severity_is_told_at_once_and_a_fall_after_five_minutes() {
        desk.play(
                step(1000, flood(CLIENT).at(1000), "OPEN connection-flood 1"),
                step(1001, flood(CLIENT).severity(Severity.HIGH).at(1001), "UPDATED connection-flood 2"),
                step(1030, flood(CLIENT).at(1030)),
                step(1031, flood(CLIENT).at(1031), "UPDATED connection-flood 3"));
        assertThat(desk.last().severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void another_likeliest_cause_is_told_after_five_minutes() {
        desk.play(
                step(1000, flood(CLIENT).at(1000), "OPEN connection-flood 1"),
                step(1029, flood(CLIENT).cause("NAT_OFFICE").at(1029)),
                step(1030, flood(CLIENT).cause("NAT_OFFICE").at(1030), "UPDATED connection-flood 2"),
                step(1060, flood(CLIENT).cause("NAT_OFFICE").at(1060)));
        assertThat(desk.last().cause()).isEqualTo("NAT_OFFICE");
    }

    @Test
    void a_doubled_measure_is_told_after_five_minutes_and_less_than_that_is_not() {
        desk.play(
                step(1000, flood(CLIENT).perMinute(100).at(1000), "OPEN connection-flood 1"),
                step(1029, flood(CLIENT).perMinute(500).at(1029)),
                step(1040, flood(CLIENT).perMinute(199).at(1040)),
                step(1041, flood(CLIENT).perMinute(200).at(1041), "UPDATED connection-flood 2"),
                step(1090, flood(CLIENT).perMinute(399).at(1090)));
    }

    @Test
    void twice_as_many_hosts_are_told_at_once() {
        desk.play(
                step(1000, flood(CLIENT).hosts(2).at(1000), "OPEN connection-flood 1"),
                step(1001, flood(CLIENT).hosts(3).at(1001)),
                step(1002, flood(CLIENT).hosts(4).at(1002), "UPDATED connection-flood 2"));
    }

    @Test
    void an_end_resolves_with_the_worst_severity_and_the_numbers_before_and_after() {
        desk.play(
                step(1000, flood(CLIENT).at(1000), "OPEN connection-flood 1"),
                step(1001, flood(CLIENT).severity(Severity.HIGH).perMinute(372).at(1001), "UPDATED connection-flood 2"),
                step(1029, flood(CLIENT).perMinute(61).at(1029)),
                step(1059, flood(CLIENT).over(1059, 1029), "RESOLVED connection-flood 3"));
        Alert resolved = desk.last();
        assertThat(resolved.resolution()).isEqualTo("subsided");
        assertThat(resolved.severity()).isEqualTo(Severity.HIGH);
        assertThat(resolved.resolvedAt()).isEqualTo(Pane.end(1059));
        assertThat(resolved.lastSeen()).isEqualTo(Pane.end(1029));
        assertThat(resolved.measures()).containsEntry("eventsPerMinute", 61.0);
        assertThat(resolved.measures()).containsEntry("eventsPerMinuteAtWorst", 372.0);
        assertThat(resolved.summary()).contains("372", "61", "threshold 60");
    }

    @Test
    void a_number_at_its_worst_is_the_worst_of_the_whole_time_whichever_finding_is_the_worst() {
        desk.play(
                step(1000, flood(CLIENT).perMinute(372).at(1000), "OPEN connection-flood 1"),
                step(1001, flood(CLIENT).severity(Severity.HIGH).perMinute(62).at(1001), "UPDATED connection-flood 2"),
                step(1029, flood(CLIENT).perMinute(61).at(1029)),
                step(1059, flood(CLIENT).over(1059, 1029), "RESOLVED connection-flood 3"));
        assertThat(desk.last().severity()).isEqualTo(Severity.HIGH);
        assertThat(desk.last().measures()).containsEntry("eventsPerMinuteAtWorst", 372.0);
        assertThat(desk.last().summary()).contains("was 372 at its worst");
    }

    @Test
    void silence_resolves_nothing_and_an_end_after_days_of_it_is_told() {
        desk.play(step(1000, flood(CLIENT).at(1000), "OPEN connection-flood 1"));
        desk.play(step(50_000, flood("198.51.100.7").at(50_000), "OPEN connection-flood 1"));
        assertThat(desk.open()).hasSize(2);
        desk.play(step(50_001, flood(CLIENT).over(50_001, 1000), "RESOLVED connection-flood 2"));
        assertThat(desk.open()).hasSize(1);
    }

    @Test
    void what_is_over_is_forgotten_after_a_day_and_what_is_open_never() {
        // Given
        desk.at(1000, flood(CLIENT).at(1000), flood("198.51.100.1").at(1000));
        desk.at(1030, flood(CLIENT).over(1030, 1000));

        // When
        desk.at(1030 + 24 * 360, flood("198.51.100.2").at(1030 + 24 * 360));
        int withinTheDay = desk.remembered.size();
        desk.at(1031 + 24 * 360, flood("198.51.100.3").at(1031 + 24 * 360));

        // Then
        assertThat(withinTheDay).isEqualTo(3);
        assertThat(desk.remembered).hasSize(3);
        assertThat(desk.open()).hasSize(3);
    }

    @Test
    void what_comes_back_within_ten_minutes_goes_on_and_later_it_is_a_new_incident() {
        desk.play(
                step(1000, flood(CLIENT).at(1000), "OPEN connection-flood 1"),
                step(1030, flood(CLIENT).over(1030, 1000), "RESOLVED connection-flood 2"),
                step(1090, flood(CLIENT).at(1090), "UPDATED connection-flood 3"),
                step(1120, flood(CLIENT).over(1120, 1090), "RESOLVED connection-flood 4"),
                step(1181, flood(CLIENT).at(1181), "OPEN connection-flood 1"));
        assertThat(desk.told.stream().map(Alert::incidentId).distinct()).hasSize(2);
        assertThat(desk.told.get(2).resolution()).isEmpty();
        assertThat(desk.told.get(2).isOver()).isFalse();
    }

    @Test
    void late_lines_amend_the_onset_and_neither_id_nor_time_of_detection() {
        // Given
        desk.at(1000, flood(CLIENT).at(1000));

        // When
        desk.at(1001, flood(CLIENT).since(950).at(970));
        desk.at(1001, flood(CLIENT).since(990).at(1001));

        // Then
        Alert open = desk.open().get(0);
        assertThat(open.onset()).isEqualTo(Pane.start(950));
        assertThat(open.detectedAt()).isEqualTo(Pane.end(1000));
        assertThat(open.lastSeen()).isEqualTo(Pane.end(1001));
        assertThat(open.incidentId()).isEqualTo(desk.told.get(0).incidentId());
    }

    @Test
    void late_lines_about_what_is_over_amend_it_in_silence() {
        desk.play(
                step(1000, flood(CLIENT).at(1000), "OPEN connection-flood 1"),
                step(1030, flood(CLIENT).over(1030, 1000), "RESOLVED connection-flood 2"),
                step(1031, flood(CLIENT).at(1010)),
                step(1032, flood(CLIENT).at(985)));
    }

    @Test
    void late_lines_from_long_before_open_an_incident_of_their_own_pane() {
        desk.play(
                step(1000, flood(CLIENT).at(1000), "OPEN connection-flood 1"),
                step(1030, flood(CLIENT).over(1030, 1000), "RESOLVED connection-flood 2"),
                step(1031, flood(CLIENT).at(500), "OPEN connection-flood 1"));
        assertThat(desk.last().detectedAt()).isEqualTo(Pane.end(500));
    }

    @Test
    void an_end_that_comes_too_late_or_twice_ends_nothing() {
        desk.play(
                step(1000, flood(CLIENT).at(1000), "OPEN connection-flood 1"),
                step(1010, flood(CLIENT).at(1010)),
                step(1011, flood(CLIENT).over(1009, 1000)),
                step(1012, List.of(flood(CLIENT).over(1012, 1010), flood(CLIENT).at(1012))),
                step(1040, flood(CLIENT).over(1040, 1012), "RESOLVED connection-flood 2"),
                step(1041, flood(CLIENT).over(1041, 1012)),
                step(1041, flood("198.51.100.7").over(1041, 1012)));
    }

    @Test
    void what_is_told_names_where_its_lines_stand_and_the_configuration() {
        // When
        Alert alert = desk.at(1000, flood(CLIENT).at(1000)).get(0);

        // Then
        assertThat(alert.evidence().get(0).topic()).isEqualTo("mail.lines");
        assertThat(alert.evidence().get(0).recordOffset()).isEqualTo(456);
        assertThat(alert.configDigest()).isEqualTo("0123456789abcdef");
        assertThat(alert.timeline()).extracting(Alert.Moment::time).isSorted();
    }

    @Test
    void tenants_do_not_share_incidents() {
        // When
        List<Alert> alerts = desk.at(
                1000,
                flood(CLIENT).ofTenant("b").at(1000),
                flood(CLIENT).ofTenant("a").at(1000));

        // Then
        assertThat(alerts).extracting(Alert::tenant).containsExactly("a", "b");
        assertThat(alerts).extracting(Alert::incidentId).doesNotHaveDuplicates();
    }
}
