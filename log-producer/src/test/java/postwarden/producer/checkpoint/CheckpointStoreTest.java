package postwarden.producer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.producer.Said;
import postwarden.producer.file.FileKey;
import postwarden.producer.file.Print;

class CheckpointStoreTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void what_was_saved_last_is_loaded() throws IOException {
        // Given
        CheckpointStore store = new CheckpointStore(directory);
        store.save(of(state("a", 1)));
        store.save(of(state("a", 2), state("b", 7)));

        // When
        List<FileState> loaded = new CheckpointStore(directory).load().files();

        // Then
        assertThat(loaded).containsExactly(state("a", 2), state("b", 7));
    }

    @Test
    void its_form_is_that_of_the_first_release() throws IOException {
        // Given
        String released = "postwarden-checkpoint 1\n"
                + "{\"fileId\":\"a\",\"family\":\"/f\",\"path\":\"/f.1\",\"key\":{\"device\":1,\"inode\":2},\"beginning\":{\"from\":0,\"length\":3,\"digest\":\"039058c6f2c0cb492c533b0a4d14ef77\"}"
                + ",\"offset\":1,\"fragment\":0,\"mark\":{\"from\":0,\"length\":0,\"digest\":\"\"},\"modifiedMillis\":3,\"seenMillis\":4}\n"
                + "end 1 f896d728\n";
        Path file = directory.resolve("checkpoint.1");

        // When
        new CheckpointStore(directory).save(of(state("a", 1)));
        String written = Files.readString(file);
        Files.writeString(file, released);

        // Then
        assertThat(written).isEqualTo(released);
        assertThat(new CheckpointStore(directory).load().files()).containsExactly(state("a", 1));
    }

    @Test
    void families_that_were_not_looked_through_in_peace_are_remembered() throws IOException {
        // Given
        Checkpoint checkpoint = new Checkpoint(List.of(state("a", 1)), Map.of("/f", 17L));

        // When
        new CheckpointStore(directory).save(checkpoint);

        // Then
        assertThat(new CheckpointStore(directory).load()).isEqualTo(checkpoint);
    }

    /** A checksum proves that nothing was changed by chance, and not who wrote it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "[]",
                "{\"unfinished\":null}",
                "{\"unfinished\":{\"/f\":null}}",
                "{\"unfinished\":{\"/f\":\"yesterday\"}}",
                "{\"unfinished\":{\"/f\":1e99}}"
            })
    void a_line_that_no_agent_wrote_is_passed_over_with_its_checkpoint(String line) throws IOException {
        // Given
        new CheckpointStore(directory).save(of(state("a", 1)));
        String body = "postwarden-checkpoint 1\n" + line + '\n';
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        Files.writeString(directory.resolve("checkpoint.2"), body + "end 1 " + Long.toHexString(crc.getValue()) + '\n');

        // When / Then
        assertThat(new CheckpointStore(directory).load()).isEqualTo(of(state("a", 1)));
    }

    @Test
    void nothing_is_loaded_where_nothing_was_saved() throws IOException {
        assertThat(new CheckpointStore(directory).load().files()).isEmpty();
    }

    @Test
    void a_generation_torn_at_any_length_is_passed_over_for_the_one_before() throws IOException {
        // Given
        CheckpointStore store = new CheckpointStore(directory);
        store.save(of(state("a", 1)));
        store.save(of(state("a", 2), state("b", 7)));
        Path newest = directory.resolve("checkpoint.2");
        byte[] whole = Files.readAllBytes(newest);

        for (int length = 0; length < whole.length; length++) {
            Files.write(newest, Arrays.copyOf(whole, length));

            // When
            List<FileState> loaded = new CheckpointStore(directory).load().files();

            // Then
            assertThat(loaded).as("cut at %s", length).containsExactly(state("a", 1));
        }
    }

    @Test
    void a_flipped_bit_anywhere_is_noticed() throws IOException {
        // Given
        CheckpointStore store = new CheckpointStore(directory);
        store.save(of(state("a", 1)));
        store.save(of(state("a", 2)));
        Path newest = directory.resolve("checkpoint.2");
        byte[] whole = Files.readAllBytes(newest);

        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(newest, damaged);

            // When
            List<FileState> loaded = new CheckpointStore(directory).load().files();

            // Then
            assertThat(loaded).as("flipped at %s", at).containsExactly(state("a", 1));
        }
    }

    @Test
    void only_a_few_generations_are_kept_and_numbers_go_on_after_a_restart() throws IOException {
        // Given
        for (int i = 0; i < 4; i++) {
            new CheckpointStore(directory).save(of(state("a", i)));
        }
        CheckpointStore store = new CheckpointStore(directory);
        store.load();

        // When
        for (int i = 10; i < 15; i++) {
            store.save(of(state("a", i)));
        }

        // Then
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(3);
        }
        assertThat(new CheckpointStore(directory).load().files()).containsExactly(state("a", 14));
    }

    /** The kernel's own full disk: whatever is written there is refused with ENOSPC. */
    @Test
    void a_full_disk_leaves_the_checkpoint_as_it_was_and_the_next_one_is_written_when_there_is_room()
            throws IOException {
        // Given
        CheckpointStore store = new CheckpointStore(directory);
        store.save(of(state("a", 1)));
        Path part = directory.resolve("checkpoint-part");
        Files.createSymbolicLink(part, Path.of("/dev/full"));

        // When
        assertThatThrownBy(() -> store.save(of(state("a", 2))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left on device");

        // Then
        assertThat(new CheckpointStore(directory).load().files()).containsExactly(state("a", 1));
        Files.delete(part);
        store.save(of(state("a", 3)));
        assertThat(new CheckpointStore(directory).load().files()).containsExactly(state("a", 3));
    }

    @Test
    void what_a_crash_left_half_written_is_neither_read_nor_in_the_way() throws IOException {
        // Given
        CheckpointStore store = new CheckpointStore(directory);
        store.save(of(state("a", 1)));
        Files.writeString(directory.resolve("checkpoint-part"), "postwarden-checkpoint 1\n{\"fileId\"");

        // When
        CheckpointStore next = new CheckpointStore(directory);

        // Then
        assertThat(next.load().files()).containsExactly(state("a", 1));
        next.save(of(state("a", 2)));
        assertThat(new CheckpointStore(directory).load().files()).containsExactly(state("a", 2));
    }

    @Test
    void damage_in_every_generation_is_told_from_a_first_start() throws IOException {
        // Given
        CheckpointStore first = new CheckpointStore(directory);
        assertThat(first.load().files()).isEmpty();
        assertThat(first.isEmpty()).isTrue();
        Files.writeString(directory.resolve("checkpoint.1"), "garbage");
        Files.writeString(directory.resolve("checkpoint.2"), "");

        // When
        CheckpointStore damaged = new CheckpointStore(directory);

        // Then
        assertThat(damaged.load().files()).isEmpty();
        assertThat(damaged.isEmpty()).isFalse();
    }

    @Test
    void generations_that_are_passed_over_are_counted_and_said() throws IOException {
        // Given
        CheckpointStore first = new CheckpointStore(directory);
        first.save(of(state("a", 1)));
        Files.writeString(directory.resolve("checkpoint.2"), "postwarden-checkpoint 1\n{\"fileId\"");
        Files.createDirectory(directory.resolve("checkpoint.3"));
        CheckpointStore store = new CheckpointStore(directory);

        // When
        List<String> said = Said.by(CheckpointStore.class, store::load);

        // Then
        assertThat(store.loaded()).isEqualTo(new CheckpointStore.Loaded(1, 2));
        assertThat(said)
                .hasSize(3)
                .last()
                .asString()
                .startsWith("WARN")
                .contains("used=1")
                .contains("damaged=2");
    }

    @Test
    void that_no_generation_is_left_is_said_as_an_error() throws IOException {
        // Given
        Files.writeString(directory.resolve("checkpoint.7"), "garbage");
        CheckpointStore store = new CheckpointStore(directory);

        // When
        List<String> said = Said.by(CheckpointStore.class, store::load);

        // Then
        assertThat(store.loaded()).isEqualTo(new CheckpointStore.Loaded(0, 1));
        Instant written =
                Files.getLastModifiedTime(directory.resolve("checkpoint.7")).toInstant();
        assertThat(store.lostSince(Duration.ofDays(7)))
                .isEqualTo(written.minus(Duration.ofDays(7)).toEpochMilli());
        assertThat(said).last().asString().startsWith("ERROR").contains("damaged=1");
    }

    @Test
    void of_whole_generations_and_of_a_first_start_nothing_is_said() throws IOException {
        // Given
        CheckpointStore first = new CheckpointStore(directory);
        CheckpointStore next = new CheckpointStore(directory);

        // When
        List<String> said = Said.by(CheckpointStore.class, () -> {
            first.load();
            first.save(of(state("a", 1)));
            next.load();
        });

        // Then
        assertThat(said).isEmpty();
        assertThat(first.loaded()).isEqualTo(new CheckpointStore.Loaded(0, 0));
        assertThat(first.lostSince(Duration.ofDays(7))).isEqualTo(Registry.NOTHING_LOST);
        assertThat(next.lostSince(Duration.ofDays(7))).isEqualTo(Registry.NOTHING_LOST);
        assertThat(next.loaded()).isEqualTo(new CheckpointStore.Loaded(1, 0));
    }

    @Test
    void a_second_agent_is_refused_and_the_directory_is_free_again_afterwards() throws IOException {
        // Given
        StateLock first = StateLock.take(directory);

        // When
        assertThatThrownBy(() -> StateLock.take(directory))
                // Then
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another agent uses the state directory " + directory);
        first.close();
        StateLock.take(directory).close();
    }

    private static Checkpoint of(FileState... states) {
        return new Checkpoint(List.of(states), Map.of());
    }

    private static FileState state(String id, long offset) {
        Print beginning = Print.of(0, new byte[] {1, 2, 3}, 0, 3);
        return new FileState(id, "/f", "/f.1", new FileKey(1, 2), beginning, offset, 0, Print.NOTHING, 3, 4);
    }
}
