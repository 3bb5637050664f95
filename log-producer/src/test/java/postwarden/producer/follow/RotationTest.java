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
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that is moved away and begun anew while it is read. */
class RotationTest {
    private static final int TURNS = 200;
    /** More often than that an agent does not ask for the time while it looks at a few files and reads them. */
    private static final int MOMENTS = 60;

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

    @Test
    @Timeout(60)
    void a_log_that_is_turned_while_an_agent_looks_that_is_killed_then_loses_no_generation()
            throws IOException, InterruptedException {
        // Given
        List<String> written = new ArrayList<>();
        mail.write("first\n");
        agent.settle();
        agent.restart();
        Thread daemon = new Thread(() -> turn(written), "daemon");

        // When
        daemon.start();
        while (daemon.isAlive()) {
            agent.step();
            agent.checkpoint();
            agent.crash();
        }
        daemon.join();
        agent.settle();
        agent.settle();

        // Then
        written.add("first");
        assertThat(Set.copyOf(agent.lines())).containsExactlyInAnyOrderElementsOf(written);
    }

    /** The log that stands there now is met before those that were turned away while the agent was down. */
    @Test
    void a_checkpoint_that_falls_into_a_look_makes_no_generation_history() throws IOException {
        // Given
        writtenAt(1, mail.log(), "first\n");
        agent.settle();

        // When
        for (int moment = 1; moment <= MOMENTS; moment++) {
            agent.restart();
            mail.rotate("mail.log." + 2 * moment);
            writtenAt(2 * moment, mail.beside("mail.log." + (2 * moment + 1)), "between " + moment + "\n");
            writtenAt(2 * moment + 1, mail.log(), "now " + moment + "\n");
            agent.stepAndCrash(moment);
        }
        agent.settle();

        // Then
        assertThat(agent.lines())
                .contains("first")
                .containsAll(IntStream.rangeClosed(1, MOMENTS)
                        .boxed()
                        .flatMap(moment -> Stream.of("between " + moment, "now " + moment))
                        .toList());
    }

    /** Of two files that are written within a tick of the kernel's clock none is the younger one. */
    private static void writtenAt(int second, Path file, String text) throws IOException {
        append(file, text);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-11-21T08:00:00Z").plusSeconds(second)));
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
