package postwarden.producer.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.file.FileKey;
import postwarden.producer.follow.OpenFile;

class LagWatchTest {
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private Instant now = START;
    private final LagWatch watch = new LagWatch(new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void a_file_that_grows_while_nothing_is_acknowledged_is_ever_farther_behind() throws IOException {
        // Given
        Path log = Files.writeString(folder.resolve("mail.log"), "0123456789");
        OpenFile file = open(log, 10);
        watch.look(List.of(file), open -> 10);
        Files.writeString(log, "0123456789 and more");
        after(5);
        watch.look(List.of(file), open -> 10);
        after(30);

        // When
        FileLag lag = watch.look(List.of(file), open -> 10).get(0);

        // Then
        assertThat(lag.size()).isEqualTo(19);
        assertThat(lag.lagBytes()).isEqualTo(9);
        assertThat(lag.lagSeconds()).isEqualTo(30);
    }

    @Test
    void a_busy_file_of_which_the_last_bytes_are_always_on_their_way_is_not_behind_for_longer_than_they_take()
            throws IOException {
        // Given
        Path log = folder.resolve("mail.log");
        FileLag lag = new FileLag("", "", 0, 0, 0, 0);

        // When
        for (int i = 1; i < 100; i++) {
            Files.writeString(log, "x".repeat(i * 10));
            long read = i * 10L - 5;
            lag = watch.look(List.of(open(log, 0)), open -> read).get(0);
            after(5);
        }

        // Then
        assertThat(lag.lagBytes()).isEqualTo(5);
        assertThat(lag.lagSeconds()).isLessThanOrEqualTo(5);
    }

    @Test
    void a_deleted_file_that_is_still_open_counts_with_what_the_reader_saw_and_the_farthest_behind_comes_first()
            throws IOException {
        // Given
        Path log = Files.writeString(folder.resolve("mail.log"), "0123456789");
        OpenFile deleted = new OpenFile("old", folder.resolve("gone.log"), new FileKey(1, 2), 1000, 100, false);

        // When
        List<FileLag> lags =
                watch.look(List.of(open(log, 0), deleted), file -> file.fileId().equals("id") ? 3 : 100);

        // Then
        assertThat(lags).extracting(FileLag::lagBytes).containsExactly(900L, 7L);
    }

    /** As while reading waits for Kafka: nobody looks at the paths meanwhile, and the log is turned. */
    @Test
    void what_stands_in_the_place_of_a_log_that_was_turned_is_behind_though_nobody_has_opened_it_yet()
            throws IOException {
        // Given
        Path log = Files.writeString(folder.resolve("mail.log"), "0123456789");
        OpenFile file = open(log, 10);
        watch.look(List.of(file), open -> 10);
        Files.move(log, folder.resolve("mail.log.1"));
        Files.writeString(log, "0123456789 and more");
        watch.look(List.of(file), open -> 10);
        after(30);
        Files.writeString(log, "0123456789 and more and more");

        // When
        FileLag lag = watch.look(List.of(file), open -> 10).get(0);

        // Then
        assertThat(lag.size()).isEqualTo(10);
        assertThat(lag.lagBytes()).isEqualTo(28);
        assertThat(lag.lagSeconds()).isEqualTo(30);
    }

    @Test
    void a_log_that_is_turned_again_before_anybody_looked_is_no_less_behind() throws IOException {
        // Given
        Path log = Files.writeString(folder.resolve("mail.log"), "0123456789");
        OpenFile file = open(log, 10);
        Files.move(log, folder.resolve("mail.log.2"));
        Files.writeString(log, "0123456789 and more");
        watch.look(List.of(file), open -> 10);
        after(30);
        Files.move(log, folder.resolve("mail.log.1"));

        // When
        FileLag between = watch.look(List.of(file), open -> 10).get(0);
        Files.writeString(log, "and so on");
        FileLag behind = watch.look(List.of(file), open -> 10).get(0);

        // Then
        assertThat(List.of(between, behind)).allSatisfy(lag -> {
            assertThat(lag.lagBytes()).isEqualTo(19);
            assertThat(lag.lagSeconds()).isEqualTo(30);
        });
    }

    @Test
    void a_log_that_stands_in_the_place_of_another_open_one_is_counted_once() throws IOException {
        // Given
        Path log = Files.writeString(folder.resolve("mail.log"), "0123456789");
        Path older = Files.writeString(folder.resolve("mail.log.1"), "01234567890123456789");
        OpenFile young = open(log, 0);
        OpenFile old = new OpenFile("old", older, open(older, 20).key(), 20, 20, true);

        // When
        Files.move(older, folder.resolve("mail.log.2"));
        Files.move(log, older);
        List<FileLag> lags =
                watch.look(List.of(young, old), file -> file.fileId().equals("old") ? 20 : 0);

        // Then
        assertThat(lags).extracting(FileLag::lagBytes).containsExactly(10L, 0L);
    }

    private void after(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
    }

    private static OpenFile open(Path log, long position) throws IOException {
        FileKey key =
                new FileKey((long) Files.getAttribute(log, "unix:dev"), (long) Files.getAttribute(log, "unix:ino"));
        return new OpenFile("id", log, key, 10, position, true);
    }
}
