package postwarden.producer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import postwarden.producer.file.FileKey;
import postwarden.producer.file.Print;

/** Whether a checkpoint has anything new to say is told without asking every file. */
class RegistryChangesTest {
    private static final FileState STATE = new FileState(
            "id", "/l/a.log", "/l/a.log", new FileKey(1, 2), Print.NOTHING, 0, 0, Print.NOTHING, 1000, 1000);

    private final Registry registry = new Registry(new Checkpoint(List.of(STATE), Map.of()), false);

    @Test
    void an_acknowledgement_is_a_change_and_what_is_only_sent_is_none() {
        // Given
        Progress progress = registry.track(STATE);
        byte[] text = "one".getBytes(StandardCharsets.US_ASCII);
        long before = registry.changes();

        // When
        Runnable first = progress.sent(4, text, 0, true, true);
        Runnable second = progress.sent(8, text, 0, true, true);
        second.run();
        long withHole = registry.changes();
        first.run();

        // Then
        assertThat(withHole).isEqualTo(before);
        assertThat(registry.changes()).isGreaterThan(before);
    }

    @Test
    void to_be_seen_again_is_no_change() {
        // Given
        long before = registry.changes();

        // When
        registry.update("id", state -> state.seen("/l/a.log", new FileKey(1, 2), 1000, 3_600_000));

        // Then
        assertThat(registry.changes()).isEqualTo(before);
        assertThat(registry.checkpoint().orElseThrow().files())
                .extracting(FileState::seenMillis)
                .containsExactly(3_600_000L);
    }

    @Test
    void to_be_renamed_written_to_and_forgotten_are_changes() {
        // Given
        long before = registry.changes();

        // When
        registry.update("id", state -> state.seen("/l/a.log.1", new FileKey(1, 2), 1000, 1000));
        long renamed = registry.changes();
        registry.update("id", state -> state.seen("/l/a.log.1", new FileKey(1, 2), 2000, 1000));
        long touched = registry.changes();
        registry.forget("id");

        // Then
        assertThat(List.of(before, renamed, touched, registry.changes()))
                .doesNotHaveDuplicates()
                .isSorted();
    }
}
