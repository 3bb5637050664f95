package postwarden.detect.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.detect.Scenario;
import postwarden.tally.Count;
import postwarden.tally.Pane;
import postwarden.tally.Watch;

/** How even something must be to be a program's timer. */
class CadenceTest {
    @ParameterizedTest
    @ValueSource(doubles = {10, 17, 30, 45, 60, 90})
    void a_timer_is_one_whatever_its_period_and_a_little_inaccuracy(double period) {
        for (int seed = 0; seed < 50; seed++) {
            // Given
            Random random = new Random(seed);

            // When
            Cadence cadence = cadence(period, step -> step * (0.95 + 0.1 * random.nextDouble()));

            // Then
            assertThat(cadence.isTimer(6.5)).as("seed " + seed + ": " + cadence).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 20, 30, 45})
    void what_comes_by_chance_is_seldom_taken_for_a_timer(double mean) {
        // Given
        int taken = 0;

        // When
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            taken += cadence(mean, step -> -step * Math.log(1 - random.nextDouble()))
                            .isTimer(60)
                    ? 1
                    : 0;
        }

        // Then
        assertThat(taken).isLessThanOrEqualTo(10);
    }

    @Test
    void what_is_faster_than_any_device_is_none_however_even() {
        assertThat(cadence(2, step -> step).isTimer(6)).isFalse();
    }

    @Test
    void what_has_just_begun_is_not_known() {
        // Given
        Scenario scenario = Scenario.of(Watch.CLIENT, "192.0.2.7")
                .during(Duration.ZERO, Duration.ofMinutes(3), "mx1", pane -> pane.add(Count.AUTH_FAILURES, 1));

        // When
        Cadence cadence =
                Cadence.since(scenario.view(Duration.ofMinutes(3), "mx1"), Scenario.START, Count.AUTH_FAILURES);

        // Then
        assertThat(cadence.parts()).isZero();
        assertThat(cadence.isTimer(100)).isFalse();
    }

    @FunctionalInterface
    private interface Jitter {
        double of(double step);
    }

    /** After fifty minutes of it. */
    private static Cadence cadence(double period, Jitter jitter) {
        Scenario scenario = Scenario.of(Watch.CLIENT, "192.0.2.7");
        double at = 0;
        Instant first = Scenario.START;
        while (at < 3000) {
            scenario.at(Duration.ofMillis((long) (at * 1000)), "mx1", pane -> pane.add(Count.AUTH_FAILURES, 1));
            at += jitter.of(period);
        }
        Duration last = Duration.ofMinutes(50).minus(Pane.LENGTH);
        return Cadence.since(scenario.view(last, "mx1"), first, Count.AUTH_FAILURES);
    }
}
