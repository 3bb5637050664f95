package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second look at a path says what a first one would, and is the earlier one where nothing has changed. */
class StatTest {
    private static final Instant THEN = Instant.parse("2026-11-21T10:00:00Z");

    private Path folder = Path.of("");
    private Path log = folder;
    private Stat first;

    @BeforeEach
    void aLog(@TempDir Path empty) throws IOException {
        folder = empty;
        log = folder.resolve("mail.log");
        write(log, "one\n");
        first = Stat.of(log, false);
    }

    @Test
    void what_has_not_changed_is_the_earlier_look_itself() throws IOException {
        // When
        Stat again = again();

        // Then
        assertThat(again).isSameAs(first);
        assertThat(again.regular()).isTrue();
        assertThat(again.single()).isTrue();
        assertThat(again.isStillThere()).isTrue();
    }

    @Test
    void what_has_grown_or_was_touched_says_so() throws IOException {
        // When
        Files.writeString(log, "two\n", StandardOpenOption.APPEND);
        Files.setLastModifiedTime(log, FileTime.from(THEN));

        // Then
        asIfNew();
        assertThat(again().size()).isEqualTo(8);
    }

    @Test
    void what_was_written_over_within_its_length_says_so() throws IOException {
        // When
        Files.writeString(log, "two\n");
        Files.setLastModifiedTime(log, FileTime.from(THEN.plusSeconds(5)));

        // Then
        asIfNew();
    }

    @Test
    void another_file_of_the_same_length_and_time_is_another_one() throws IOException {
        // When
        Path other = folder.resolve("other");
        write(other, "two\n");
        Files.delete(log);
        Files.move(other, log);

        // Then
        asIfNew();
        assertThat(again().key()).isNotEqualTo(first.key());
        assertThat(first.isStillThere()).isFalse();
    }

    @Test
    void the_earlier_look_at_another_path_says_nothing_of_this_one() throws IOException {
        // When
        Path renamed = Files.move(log, folder.resolve("mail.log.1"));

        // Then
        assertThat(Stat.of(renamed, false, Optional.of(first)).path()).isEqualTo(renamed);
    }

    @Test
    void another_name_is_seen_when_something_is_written_by_it() throws IOException {
        // When
        Path other = Files.createLink(folder.resolve("other"), log);
        Files.writeString(other, "two\n", StandardOpenOption.APPEND);

        // Then
        asIfNew();
        assertThat(again().single()).isFalse();
    }

    private Stat again() throws IOException {
        return Stat.of(log, false, Optional.of(first));
    }

    private void asIfNew() throws IOException {
        assertThat(again()).isEqualTo(Stat.of(log, false)).isNotEqualTo(first);
    }

    private static void write(Path path, String text) throws IOException {
        Files.writeString(path, text);
        Files.setLastModifiedTime(path, FileTime.from(THEN));
    }
}
