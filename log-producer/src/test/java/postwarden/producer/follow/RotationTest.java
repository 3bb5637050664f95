package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.producer.follow.Harness.append;
import static postwarden.producer.follow.Harness.source;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that is moved away and begun anew while it is read. */
class RotationTest {
    private static final int TURNS = 200;

    @AutoClose
    private final WatchedLog mail;

    private final Harness agent;

    RotationTest(@TempDir Path folder) {
        mail = new WatchedLog(folder);
        agent = mail.agent();
    }

    @Test
    void a_rotated_file_is_read_to_its_end_even_by_a_late_writer() throws IOException {
        // Given
        mail.write("one\n");
        agent.settle();
        try (OutputStream writer = Files.newOutputStream(mail.log(), StandardOpenOption.APPEND)) {
            mail.rotate("mail.log.1");
            mail.write("new\n");
            agent.settle();
            writer.write("late\nunfinished".getBytes(StandardCharsets.US_ASCII));
        }

        // When
        agent.settle();
        agent.clock.pass(Duration.ofSeconds(10));
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("one", "new", "late", "unfinished");
        assertThat(agent.metrics.rotations().count()).isEqualTo(1);
    }

    @Test
    void several_rotations_between_two_looks_lose_nothing() throws IOException {
        // Given
        mail.write("a\n");
        agent.settle();
        mail.write("a2\n");
        mail.rotate("mail.log.3");
        append(mail.beside("mail.log.2"), "b\n");
        append(mail.beside("mail.log.1"), "c\n");
        mail.write("d\n");

        // When
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrder("a", "a2", "b", "c", "d");
    }

    @Test
    void half_a_stamp_that_was_rotated_away_is_not_taken_for_the_beginning_of_the_next_file() throws IOException {
        // Given
        mail.write("2026-11-21T08:0");
        mail.rotate("mail.log.1");
        mail.write("2026-11-21T08:00:00Z mx1 a: one\n");
        Harness all = mail.agent(source(mail.log() + "*", Source.Start.BEGINNING, new HostRule.Self("agent")));
        all.settle();
        all.clock.pass(Duration.ofSeconds(10));
        all.settle();
        all.restart();
        mail.rotate("mail.log.2");
        mail.write("2026-11-21T08:09:00Z mx1 a: two\n");

        // When
        all.settle();

        // Then
        assertThat(all.lines())
                .containsExactlyInAnyOrder(
                        "2026-11-21T08:0", "2026-11-21T08:00:00Z mx1 a: one", "2026-11-21T08:09:00Z mx1 a: two");
    }

    /** The names of all generations shift while the agent goes through them. */
    @Test
    @Timeout(60)
    void a_log_that_is_turned_while_the_agent_looks_loses_no_generation() throws IOException, InterruptedException {
        // Given
        List<String> written = new ArrayList<>();
        mail.write("first\n");
        agent.settle();
        Thread daemon = new Thread(() -> turn(written), "daemon");

        // When
        daemon.start();
        while (daemon.isAlive()) {
            agent.step();
        }
        daemon.join();
        agent.settle();
        agent.settle();

        // Then
        written.add("first");
        assertThat(agent.lines()).containsExactlyInAnyOrderElementsOf(written);
    }

    private void turn(List<String> written) {
        try {
            for (int turn = 0; turn < TURNS; turn++) {
                mail.write("line " + turn + "\n");
                written.add("line " + turn);
                for (int older = turn; older >= 1; older--) {
                    Files.move(mail.beside("mail.log." + older), mail.beside("mail.log." + (older + 1)));
                }
                mail.rotate("mail.log.1");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
