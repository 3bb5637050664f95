package postwarden.stream.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_copy_of_the_same_changelogs_is_kept() throws IOException {
        // Given
        StateFolder.claim(folder, "one");
        Path store = store("0_1");

        // When
        int thrownAway = StateFolder.claim(folder, "one");

        // Then
        assertThat(thrownAway).isZero();
        assertThat(store).exists();
    }

    @Test
    void a_copy_of_other_changelogs_is_thrown_away_and_nothing_beside_it() throws IOException {
        // Given
        StateFolder.claim(folder, "one");
        Path store = store("0_1");
        Path beside = Files.writeString(folder.resolve("kafka-streams-process-metadata"), "{}");

        // When
        int thrownAway = StateFolder.claim(folder, "two");

        // Then
        assertThat(thrownAway).isEqualTo(1);
        assertThat(store.getParent()).doesNotExist();
        assertThat(beside).exists();
    }

    @Test
    void a_copy_of_unknown_changelogs_is_thrown_away() throws IOException {
        // Given
        Path store = store("1_0");

        // When
        int thrownAway = StateFolder.claim(folder, "one");

        // Then
        assertThat(thrownAway).isEqualTo(1);
        assertThat(store).doesNotExist();
    }

    private Path store(String task) throws IOException {
        Path rocks = Files.createDirectories(folder.resolve(task).resolve("rocksdb"));
        return Files.writeString(rocks.resolve("000001.sst"), "rows");
    }
}
