package postwarden.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import postwarden.detect.Severity;
import postwarden.simulate.Shape;

class CleanRateTest {
    private static final Instant START = Instant.parse("2026-11-16T00:00:00Z");

    @Test
    void an_incident_counts_once_with_its_worst_severity_and_a_child_not_at_all() {
        // Given
        List<Notice> notices = List.of(
                notice("1", Severity.LOW, false), notice("1", Severity.HIGH, false), notice("2", Severity.HIGH, true));

        // When
        CleanRate rate = CleanRate.of(run(notices), 0);

        // Then
        assertThat(rate.count(Severity.HIGH)).isEqualTo(1);
        assertThat(rate.count(Severity.LOW)).isZero();
        assertThat(rate.aDay(rate.calls())).isCloseTo(10, within(1e-9));
    }

    @Test
    void the_interval_of_a_count_is_that_of_poisson() {
        // Given
        List<Notice> none = List.of();

        // When
        CleanRate rate = CleanRate.of(run(none), 0);

        // Then
        // One notice in these hundred host days is ten a day per 1000 hosts; exact limits: 0 to 3.69, and 4.80 to
        // 18.39.
        assertThat(rate.least(0)).isZero();
        assertThat(rate.most(0)).isCloseTo(36.9, within(2.0));
        assertThat(rate.least(10)).isCloseTo(48.0, within(0.5));
        assertThat(rate.most(10)).isCloseTo(183.9, within(0.5));
    }

    private static Run run(List<Notice> notices) {
        Shape shape = new Shape(10, START, Duration.ofDays(10), Duration.ZERO, Set.of(), false, 1);
        return new Run(shape, List.of(), List.of(notices), 0);
    }

    private static Notice notice(String incident, Severity severity, boolean child) {
        return new Notice(
                incident,
                "brute-force",
                Set.of("brute-force"),
                Notice.Step.OPENED,
                child,
                START,
                severity,
                "mx1",
                Set.of("246.0.0.1"),
                "");
    }
}
