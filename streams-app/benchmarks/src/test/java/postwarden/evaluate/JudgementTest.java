package postwarden.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import postwarden.detect.Severity;
import postwarden.simulate.Label;
import postwarden.simulate.Simulation;
import postwarden.simulate.Strength;

class JudgementTest {
    private static final Instant ONSET = Instant.parse("2026-11-16T09:00:00Z");
    private static final Label FLOOD = label("connection-flood", true, Set.of("246.0.0.1"), "SINGLE_SOURCE");
    private static final Label OFFICE = label("office-nat", false, Set.of("242.0.0.1"));

    @Test
    void a_notice_about_the_label_s_client_tells_it_and_its_time_counts_from_the_onset() {
        // Given
        Notice notice = notice("1", "connection-flood", Notice.Step.OPENED, 90, "246.0.0.1", "SINGLE_SOURCE");

        // When
        Judgement judgement = new Judgement(List.of(FLOOD), List.of(notice));

        // Then
        Judgement.Fate fate = judgement.fate(FLOOD, Set.of("connection-flood"));
        assertThat(fate.after()).contains(Duration.ofSeconds(90));
        assertThat(fate.cause()).contains(true);
        assertThat(judgement.worths()).containsEntry(notice, Judgement.Worth.RIGHT);
    }

    @Test
    void another_client_too_late_or_too_early_tells_nothing() {
        // Given
        Notice other = notice("1", "connection-flood", Notice.Step.OPENED, 90, "246.0.0.2", "SINGLE_SOURCE");
        Notice late = notice("2", "connection-flood", Notice.Step.OPENED, 20_000, "246.0.0.1", "SINGLE_SOURCE");
        Notice early = notice("3", "connection-flood", Notice.Step.OPENED, -900, "246.0.0.1", "SINGLE_SOURCE");

        // When
        Judgement judgement = new Judgement(List.of(FLOOD), List.of(other, late, early));

        // Then
        assertThat(judgement.fate(FLOOD, Set.of("connection-flood")).after()).isEmpty();
        assertThat(judgement.worths().values()).containsOnly(Judgement.Worth.WRONG);
    }

    @Test
    void a_look_alike_may_be_told_mildly_and_not_as_what_it_looks_like() {
        // Given
        Notice severe = notice("1", "connection-flood", Notice.Step.OPENED, 90, "242.0.0.1", "NAT");
        Notice mild = notice("2", "client-limit", Notice.Step.OPENED, 90, "242.0.0.1", "NAT");

        // When
        Judgement judgement = new Judgement(List.of(OFFICE), List.of(severe, mild));

        // Then
        assertThat(judgement.worths())
                .containsEntry(severe, Judgement.Worth.VIOLATION)
                .containsEntry(mild, Judgement.Worth.ALLOWED);
    }

    @Test
    void an_incident_that_ends_and_comes_again_has_flapped_and_a_second_one_is_a_duplicate() {
        // Given
        List<Notice> notices = List.of(
                notice("1", "connection-flood", Notice.Step.OPENED, 10, "246.0.0.1", ""),
                notice("1", "connection-flood", Notice.Step.OVER, 100, "246.0.0.1", ""),
                notice("1", "connection-flood", Notice.Step.UPDATED, 200, "246.0.0.1", ""),
                notice("2", "connection-flood", Notice.Step.OPENED, 300, "246.0.0.1", ""));

        // When
        Judgement.Fate fate = new Judgement(List.of(FLOOD), notices).fate(FLOOD, Set.of("connection-flood"));

        // Then
        assertThat(fate.flaps()).isEqualTo(1);
        assertThat(fate.duplicates()).isEqualTo(1);
    }

    @Test
    void everything_that_can_happen_has_its_expectation() {
        // Given
        Set<String> kinds = Simulation.kinds();

        // When
        List<Expectation> expectations = kinds.stream().map(Expectations::of).toList();

        // Then
        assertThat(expectations).hasSize(kinds.size()).doesNotContainNull();
    }

    private static Label label(String kind, boolean incident, Set<String> names, String... causes) {
        return new Label(
                kind,
                "",
                incident,
                "postfix",
                Strength.USUAL,
                ONSET.minusSeconds(60),
                ONSET,
                ONSET.plusSeconds(600),
                Set.of("mx1"),
                names,
                Set.of(),
                Set.of(causes),
                100);
    }

    private static Notice notice(
            String incident, String detector, Notice.Step step, int seconds, String client, String cause) {
        return new Notice(
                incident,
                detector,
                Set.of(detector),
                step,
                false,
                ONSET.plusSeconds(seconds),
                Severity.MEDIUM,
                "mx1",
                Set.of(client),
                cause);
    }
}
