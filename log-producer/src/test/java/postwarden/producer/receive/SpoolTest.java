package postwarden.producer.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SpoolTest {
    private final ReceiveMetrics metrics = ReceiveMetrics.in(new SimpleMeterRegistry());

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_message_is_one_line_and_nobody_else_may_read_it() throws Exception {
        // Given
        try (Spool spool = open()) {
            // When
            append(spool, "one\ntwo");
            awaitWritten(spool);

            // Then
            Segment segment = spool.segments().get(0);
            assertThat(segment.path()).hasContent("one#012two");
            assertThat(spool.durable(segment)).isEqualTo(Files.size(segment.path()));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(segment.path())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void what_stands_in_it_is_measured_until_it_is_closed_and_again_when_it_is_opened() throws Exception {
        // Given
        try (Spool spool = open()) {
            // When
            append(spool, "one");
            awaitWritten(spool);

            // Then
            assertThat(metrics.spooled().get()).isEqualTo(4);
            assertThat(metrics.allowed().get()).isPositive();
        }
        assertThat(metrics.spooled().get()).isZero();
        assertThat(metrics.allowed().get()).isZero();
        try (Spool again = open()) {
            assertThat(metrics.spooled().get()).isEqualTo(4);
            again.remove(again.segments().get(0));
            assertThat(metrics.spooled().get()).isZero();
        }
    }

    @Test
    void a_torn_line_is_cut_off_when_the_spool_is_opened_again() throws Exception {
        // Given
        Path file;
        try (Spool spool = open()) {
            append(spool, "whole");
            awaitWritten(spool);
            file = spool.segments().get(0).path();
        }
        Files.writeString(file, "x".repeat(100_000), StandardOpenOption.APPEND);

        // When
        try (Spool again = open()) {
            // Then
            assertThat(again.durable(again.segments().get(0))).isEqualTo(6);
            assertThat(file).hasContent("whole");
        }
    }

    @Test
    void what_was_taken_is_written_before_it_is_closed() throws Exception {
        // Given
        try (Spool spool = open()) {
            // When
            append(spool, "last");
        }

        // Then
        try (Spool again = open()) {
            assertThat(again.segments()).hasSize(1);
        }
        assertThat(metrics.dropped().count()).isZero();
    }

    @Test
    void names_never_come_back() throws Exception {
        // Given
        Segment first;
        try (Spool spool = open()) {
            append(spool, "one");
            awaitWritten(spool);
            first = spool.segments().get(0);
            spool.remove(first);
        }

        // When
        try (Spool again = open()) {
            append(again, "one");
            awaitWritten(again);

            // Then
            assertThat(again.segments()).hasSize(1).doesNotContain(first);
            assertThat(again.segments().get(0).name()).isNotEqualTo(first.name());
        }
    }

    @Test
    void a_disk_that_takes_nothing_is_waited_for() throws Exception {
        // Given
        Path spools = folder.resolve("spool");
        try (Spool spool = open()) {
            Files.delete(spools);

            // When
            append(spool, "one");
            while (metrics.full().count() == 0) {
                LockSupport.parkNanos(1_000_000);
            }
            Files.createDirectory(spools);
            awaitWritten(spool);

            // Then
            assertThat(spool.segments())
                    .extracting(Segment::path)
                    .allSatisfy(path -> assertThat(path).hasContent("one"));
        }
    }

    private Spool open() throws IOException {
        return Spool.open(
                folder.resolve("spool"),
                Senders.params(Optional.empty(), Duration.ofSeconds(1)),
                metrics,
                Clock.systemUTC());
    }

    private static void append(Spool spool, String text) throws InterruptedException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        spool.append(bytes, bytes.length);
    }

    private static void awaitWritten(Spool spool) {
        while (!spool.isWritten() || List.copyOf(spool.segments()).isEmpty()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
