package postwarden.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RestartsTest {
    @Test
    void a_thread_that_fails_at_once_each_time_is_given_up_after_five_longer_and_longer_waits() {
        // Given
        Restarts restarts = new Restarts(1);

        // When
        List<Optional<Duration>> waits =
                LongStream.range(0, 6).mapToObj(restarts::after).toList();

        // Then
        assertThat(waits)
                .containsExactly(seconds(1), seconds(2), seconds(4), seconds(8), seconds(16), Optional.empty());
    }

    @Test
    void threads_that_fail_together_are_one_failure() {
        // Given
        Restarts restarts = new Restarts(3);

        // When
        List<Optional<Duration>> waits =
                LongStream.range(0, 4).mapToObj(restarts::after).toList();

        // Then
        assertThat(waits).containsExactly(seconds(1), seconds(1), seconds(1), seconds(2));
    }

    @Test
    void a_cluster_that_is_away_for_hours_is_waited_for() {
        // Given
        Restarts restarts = new Restarts(1);

        // When
        List<Optional<Duration>> waits = LongStream.range(0, 100)
                .mapToObj(failure ->
                        restarts.after(failure * Duration.ofMinutes(5).toNanos()))
                .toList();

        // Then
        assertThat(waits).containsOnly(seconds(1));
    }

    private static Optional<Duration> seconds(long seconds) {
        return Optional.of(Duration.ofSeconds(seconds));
    }
}
