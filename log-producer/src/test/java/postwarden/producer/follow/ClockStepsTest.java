package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host's clock that is set while its logs are read: no line is lost or repeated by it, and rotations are still noticed. */
class ClockStepsTest {
    private static final int ROUNDS = 20;

    @AutoClose
    private final WatchedLog mail;

    private final Harness agent;
    private final List<String> written = new ArrayList<>();

    ClockStepsTest(@TempDir Path folder) {
        mail = new WatchedLog(folder);
        agent = mail.agent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "P400D", "P-400D", "P-20000D"})
    void a_clock_that_is_set_once_changes_nothing(Duration step) throws IOException {
        // Given
        turn(0);
        agent.settle();

        // When
        agent.clock.pass(step);
        for (int round = 1; round < ROUNDS; round++) {
            turn(round);
            agent.settle();
        }

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void a_clock_that_jumps_to_and_fro_changes_nothing() throws IOException {
        // When
        for (int round = 0; round < ROUNDS; round++) {
            turn(round);
            agent.clock.pass(Duration.ofSeconds(round % 2 == 0 ? 30 : -30));
            agent.settle();
        }

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void a_host_that_boots_in_1970_reads_its_logs_and_goes_on_when_the_time_comes() throws IOException {
        // Given
        agent.clock.pass(Duration.between(agent.clock.instant(), Instant.EPOCH));
        turn(0);
        agent.settle();
        turn(1);
        agent.restart();
        agent.settle();

        // When
        agent.clock.pass(Duration.ofDays(20_000));
        turn(2);
        agent.settle();
        turn(3);
        agent.restart();
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrderElementsOf(written);
    }

    /** Writes to the log, and rotates it every other time. */
    private void turn(int round) throws IOException {
        if (round % 2 == 1) {
            mail.rotate("mail.log." + (ROUNDS - round));
        }
        for (String line : List.of("line " + round, "another line " + round)) {
            mail.write(line + "\n");
            written.add(line);
        }
    }
}
