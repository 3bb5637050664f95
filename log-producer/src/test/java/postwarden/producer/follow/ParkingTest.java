package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.producer.follow.Harness.append;
import static postwarden.producer.follow.Harness.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;

/** More logs than the agent may have open at once. */
class ParkingTest {
    private static final int LOGS = 40;
    private static final int OPEN = 4;

    private final Path folder;
    private final Harness agent;
    private final List<String> written = new ArrayList<>();

    ParkingTest(@TempDir Path folder) {
        this.folder = folder;
        agent = new Harness(
                4096,
                false,
                OPEN,
                source(folder.resolve("*.log").toString(), Source.Start.BEGINNING, new HostRule.FromHeader()));
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void each_line_of_each_log_comes_once_also_of_those_that_are_closed() throws IOException {
        // Given
        writeToAll("first");
        agent.settle();
        int parkedAtFirst = (int) agent.metrics.parked().count();

        // When
        writeToAll("second");
        agent.settle();

        // Then
        assertThat(parkedAtFirst).isGreaterThanOrEqualTo(LOGS - OPEN);
        assertThat(agent.lines()).containsExactlyInAnyOrderElementsOf(written);
        assertThat(agent.unreadable()).isEmpty();
        assertThat(agent.of(Outgoing.Kind.LOSS)).isEmpty();
    }

    @Test
    void closed_logs_are_read_on_where_rotation_put_them_plain_or_packed() throws IOException {
        // Given
        writeToAll("first");
        agent.settle();
        writeToAll("second");

        // When
        for (int i = 0; i < LOGS; i++) {
            Path rotated = Files.move(log(i), folder.resolve(i + ".log.1"));
            if (i % 2 == 0) {
                pack(rotated);
            }
        }
        writeToAll("third");
        settleThroughLinger();

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrderElementsOf(written);
        assertThat(agent.of(Outgoing.Kind.LOSS)).isEmpty();
    }

    @Test
    void a_daemon_may_write_on_to_a_closed_log_that_was_rotated() throws IOException {
        // Given
        writeToAll("first");
        agent.settle();

        // When
        Path rotated = Files.move(log(0), folder.resolve("0.log.1"));
        agent.step();
        write(rotated, "behind the rotation");
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void a_closed_log_that_was_read_to_its_end_and_is_deleted_is_no_loss() throws IOException {
        // Given
        writeToAll("first");
        agent.settle();

        // When
        for (int i = 0; i < LOGS; i++) {
            Files.delete(log(i));
        }
        settleThroughLinger();
        writeToAll("second");
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrderElementsOf(written);
        assertThat(agent.of(Outgoing.Kind.LOSS)).isEmpty();
    }

    @Test
    void what_was_seen_of_a_closed_log_and_not_read_before_it_was_deleted_is_said_to_be_lost() throws IOException {
        // Given
        for (int i = 0; i < LOGS; i++) {
            write(log(i), "first");
        }
        agent.look();
        long size = Files.size(log(0));

        // When
        Files.delete(log(0));
        written.remove(0);
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrderElementsOf(written);
        assertThat(agent.of(Outgoing.Kind.LOSS)).singleElement().satisfies(loss -> {
            assertThat(loss.startOffset()).isZero();
            assertThat(loss.endOffset()).isEqualTo(size);
        });
        assertThat(agent.metrics.parkedLost().count()).isEqualTo(1);
    }

    @Test
    void a_closed_log_that_was_cut_is_begun_anew_and_its_copy_is_read_on() throws IOException {
        // Given
        writeToAll("first, and a little longer than what comes behind");
        agent.settle();
        writeToAll("second");

        // When
        for (int i = 0; i < LOGS; i++) {
            Files.copy(log(i), folder.resolve(i + ".log.1"));
            Files.write(log(i), new byte[0]);
        }
        writeToAll("third");
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrderElementsOf(written);
        assertThat(agent.of(Outgoing.Kind.LOSS)).isEmpty();
    }

    @Test
    void half_a_line_that_was_read_before_its_log_was_closed_is_one_line_with_its_rest() throws IOException {
        // Given
        writeToAll("first");
        append(log(0), "2026-11-21T08:00:00Z mx1 a: half of");
        agent.settle();
        write(log(LOGS - 1), "another");

        // When
        agent.settle();
        append(log(0), " it\n");
        written.add("2026-11-21T08:00:00Z mx1 a: half of it");
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrderElementsOf(written);
    }

    /** Half a first line gives no identity by which a closed log would be found again. */
    @Test
    void logs_that_half_first_lines_of_others_keep_from_being_opened_are_named_and_read_when_those_are_whole()
            throws IOException {
        // Given
        for (int i = 0; i < LOGS; i++) {
            append(log(i), "2026-11-21T08:00:00Z mx1 a: half");
        }
        agent.settle();
        Map<String, String> named = agent.unreadable();

        // When
        for (int i = 0; i < LOGS; i++) {
            append(log(i), " of it\n");
        }
        agent.settle();

        // Then
        assertThat(named)
                .hasSize(LOGS - OPEN)
                .allSatisfy((path, why) -> assertThat(why).startsWith("no descriptor is free"));
        assertThat(agent.lines()).hasSize(LOGS).containsOnly("2026-11-21T08:00:00Z mx1 a: half of it");
        assertThat(agent.unreadable()).isEmpty();
    }

    /** Longer than a rotated file is kept open. */
    private void settleThroughLinger() {
        for (int i = 0; i < 8; i++) {
            agent.settle();
        }
    }

    private void writeToAll(String text) throws IOException {
        for (int i = 0; i < LOGS; i++) {
            write(log(i), text);
        }
    }

    private void write(Path log, String text) throws IOException {
        String line = "2026-11-21T08:00:00Z mx1 a: " + text + " of " + log.getFileName() + ' ' + written.size();
        append(log, line + "\n");
        written.add(line);
    }

    private static void pack(Path plain) throws IOException {
        Path packed = plain.resolveSibling(plain.getFileName() + ".gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(plain, gzip);
        }
        Files.setLastModifiedTime(packed, Files.getLastModifiedTime(plain));
        Files.delete(plain);
    }

    private Path log(int number) {
        return folder.resolve(number + ".log");
    }
}
