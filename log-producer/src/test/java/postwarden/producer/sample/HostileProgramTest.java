package postwarden.producer.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that write without end, write nothing, never stop, or leave children. */
@Timeout(60)
class HostileProgramTest {
    private static final Duration LIMIT = Duration.ofMillis(500);
    private static final Duration PATIENT = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                // One line without end, garbage, lines without end, one text without end.
                "exec cat /dev/zero",
                "exec cat /dev/urandom",
                "while :; do echo '{\"queue_name\": \"active\", \"arrival_time\": 5, \"recipients\": []}'; done",
                "printf '{\"queue_name\": \"active\", \"arrival_time\": 5, \"recipients\": [{\"address\": \"'; exec tr '\\0' x </dev/zero",
                "printf '{\"queue_name\": \"active\", \"arrival_time\": 5, \"recipients\": ['; while :; do printf '{\"address\":\"a@b\"},'; done",
                "while :; do echo complaint >&2; done"
            })
    void output_without_end_is_cut_by_the_clock_in_constant_memory(String text) throws IOException {
        // Given
        QueueProbe probe = probe(new PostfixListing(), text);
        long before = System.nanoTime();

        // When
        Reading reading = probe.read(before).orElseThrow();

        // Then
        assertThat(reading.flaw()).endsWith("it was not done within its time");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
        assertThat(retained()).isLessThan(64L << 20);
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec cat /dev/zero", "exec cat /dev/urandom", "while :; do echo '   @@ @'; done"})
    void output_that_is_no_listing_of_exim_is_cut_too(String text) throws IOException {
        // When
        Reading reading = probe(new EximListing(), text).read(System.nanoTime()).orElseThrow();

        // Then
        assertThat(reading.flaw()).endsWith("it was not done within its time");
    }

    @Test
    void a_program_that_says_nothing_is_killed_with_its_children() throws IOException {
        // Given
        QueueProbe probe = probe(new PostfixListing(), "trap '' TERM\nsleep 300 &\nsleep 300 &\nwait");

        // When
        Reading reading = probe.read(System.nanoTime()).orElseThrow();

        // Then
        assertThat(reading.flaw()).endsWith("it was not done within its time");
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void a_program_that_ends_before_its_child_does_is_not_waited_for() throws IOException {
        // Given
        Path pid = folder.resolve("pid");
        QueueProbe probe = probe(new PostfixListing(), "sleep 30 & echo $! >" + pid, PATIENT);
        long before = System.nanoTime();

        // When
        Reading reading = probe.read(before).orElseThrow();

        // Then
        assertThat(reading.flaw()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void what_was_listed_before_the_time_was_up_is_told_as_a_part() throws IOException {
        // Given
        QueueProbe probe = probe(
                new PostfixListing(),
                "echo '{\"queue_name\": \"active\", \"arrival_time\": 5, \"recipients\": [{\"address\": \"a@b.example\"}]}'\n"
                        + "printf '{\"queue_name\": \"act'\nexec sleep 300",
                PATIENT);

        // When
        Reading reading = probe.read(System.nanoTime()).orElseThrow();

        // Then
        assertThat(reading.flaw()).endsWith("it was not done within its time");
        assertThat(reading.values()).containsEntry("messages", 1.0).doesNotContainKey("garbledLines");
    }

    @Test
    void a_program_that_fails_half_way_is_told_as_a_part() throws IOException {
        // Given
        QueueProbe probe = probe(
                new PostfixListing(),
                "echo '{\"queue_name\": \"active\", \"arrival_time\": 5, \"recipients\": []}'\nkill -9 $$",
                PATIENT);

        // When
        Reading reading = probe.read(System.nanoTime()).orElseThrow();

        // Then
        assertThat(reading.flaw()).endsWith("it ended with status 137");
        assertThat(reading.values()).containsEntry("messages", 1.0);
    }

    @Test
    void no_program_is_started_beside_one_that_could_not_be_killed() throws IOException, InterruptedException {
        // Given
        try (Program left = Program.start(List.of("/bin/sleep", "300"), LIMIT, 1)) {
            QueueProbe probe = probe(new PostfixListing(), "true");
            probe.leave(left);

            // When
            assertThatThrownBy(() -> probe.read(0))
                    // Then
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("the one before could not be killed, so none is started");
        }
    }

    @Test
    void a_program_sees_nothing_of_the_agents_environment() throws IOException {
        // Given
        QueueProbe probe = probe(new PostfixListing(), "env >&2; exit 1", PATIENT);

        // When
        Optional<String> said = Optional.empty();
        try {
            assertThat(probe.read(0)).isEmpty();
        } catch (IOException refused) {
            said = Optional.of(Why.of(refused));
        }

        // Then
        assertThat(said.orElseThrow()).contains("LC_ALL=C").doesNotContain("HOME=", "JAVA", "USER=");
    }

    private QueueProbe probe(QueueProbe.Listing listing, String text) throws IOException {
        return probe(listing, text, LIMIT);
    }

    private QueueProbe probe(QueueProbe.Listing listing, String text, Duration limit) throws IOException {
        Path script = Files.writeString(folder.resolve("script"), text + "\n");
        return new QueueProbe("a queue", List.of("/bin/sh", script.toString()), limit, 20, listing, Clock.systemUTC());
    }

    private static long retained() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
