package postwarden.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStateTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_copy_of_the_same_changelogs_is_kept() throws IOException {
        // Given
        assertThat(state().claim("one", NOW)).isEmpty();
        state().renew(NOW);
        Path store = store("0_1");

        // When
        assertThat(state().claim("one", NOW.plus(Duration.ofHours(1)))).isEmpty();

        // Then
        assertThat(store).exists();
    }

    @Test
    void what_a_killed_service_left_is_thrown_away() throws IOException {
        // Given one that was never told to stop
        assertThat(state().claim("one", NOW)).isEmpty();
        Path store = store("0_1");

        // When
        assertThat(state().claim("one", NOW)).isEmpty();

        // Then
        assertThat(store).doesNotExist();
    }

    @Test
    void a_copy_of_other_changelogs_is_thrown_away() throws IOException {
        // Given
        assertThat(state().claim("one", NOW)).isEmpty();
        Path store = store("0_1");

        // When
        assertThat(state().claim("two", NOW)).isEmpty();

        // Then
        assertThat(store.getParent()).doesNotExist();
    }

    @Test
    void a_copy_of_unknown_changelogs_is_thrown_away() throws IOException {
        // Given
        Path store = store("1_0");

        // When
        assertThat(state().claim("one", NOW)).isEmpty();

        // Then
        assertThat(store).doesNotExist();
    }

    @Test
    void a_copy_that_is_so_old_that_it_missed_deletions_is_thrown_away() throws IOException {
        // Given
        assertThat(state().claim("one", NOW)).isEmpty();
        state().renew(NOW);
        Path store = store("0_1");

        // When
        assertThat(state().claim("one", NOW.plus(Duration.ofHours(13)))).isEmpty();

        // Then
        assertThat(store).doesNotExist();
    }

    private LocalState state() {
        return LocalState.of(folder.toString(), "postwarden");
    }

    private Path store(String task) throws IOException {
        Path rocks = Files.createDirectories(
                folder.resolve("postwarden").resolve(task).resolve("rocksdb"));
        return Files.writeString(rocks.resolve("000001.sst"), "rows");
    }
}
