package postwarden.producer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a state directory says of its past: whose it was, and whether anything was sent behind its last checkpoint. */
class OriginTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory = Path.of("");

    private Path machine = Path.of("");
    private Path other = Path.of("");

    @BeforeEach
    void machines() throws IOException {
        machine = Files.writeString(directory.resolve("machine"), ID + "\n");
        other = Files.writeString(directory.resolve("other"), "f".repeat(32) + "\n");
    }

    @Test
    void of_a_directory_that_says_nothing_nothing_is_known() {
        Origin origin = Origin.of(directory, machine);

        assertThat(origin.isForeign()).isFalse();
        assertThat(origin.exact(1).test("id")).isFalse();
        assertThat(origin.exact(0).test("id")).isFalse();
    }

    @Test
    void a_run_that_ended_well_sent_nothing_behind_its_last_generation() throws IOException {
        // Given
        Origin run = Origin.of(directory, machine);
        run.begin();

        // When
        run.drained(7, Set.of("more"));

        // Then
        Origin next = Origin.of(directory, machine);
        assertThat(next.isForeign()).isFalse();
        assertThat(next.exact(7).test("id")).isTrue();
        assertThat(next.exact(7).test("more")).isFalse();
        assertThat(next.exact(6).test("id")).isFalse();
        assertThat(next.exact(8).test("id")).isFalse();
    }

    @Test
    void a_run_that_began_may_have_sent_more() throws IOException {
        // Given
        Origin.of(directory, machine).drained(7, Set.of("more"));

        // When
        Origin.of(directory, machine).begin();

        // Then
        assertThat(Origin.of(directory, machine).exact(7).test("id")).isFalse();
    }

    @Test
    void a_copy_on_another_machine_is_foreign_until_that_one_has_begun() {
        // Given
        Origin.of(directory, machine).begin();

        // When
        Origin copy = Origin.of(directory, other);

        // Then
        assertThat(copy.isForeign()).isTrue();
        assertThat(copy.exact(3).test("id")).isTrue();
        copy.begin();
        assertThat(Origin.of(directory, other).isForeign()).isFalse();
        assertThat(Origin.of(directory, other).exact(3).test("id")).isFalse();
    }

    @Test
    void a_machine_without_an_id_is_no_other_one() throws IOException {
        // Given
        Path nameless = directory.resolve("nameless");
        Origin.of(directory, nameless).begin();

        // When
        Origin named = Origin.of(directory, machine);

        // Then
        assertThat(named.isForeign()).isFalse();
        named.begin();
        assertThat(Origin.of(directory, nameless).isForeign()).isFalse();
    }

    @Test
    void a_machine_s_id_is_kept_from_who_reads_the_state() throws IOException {
        // When
        Origin.of(directory, machine).begin();

        // Then
        assertThat(Files.readString(directory.resolve("origin"))).doesNotContain(ID.substring(0, 16));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n\n",
                "postwarden-origin 2\nx\n7\nend\n",
                "postwarden-origin 1\nx\n7\nmore\n",
                "postwarden-origin 1\nx\n7\n",
                "\u0000"
            })
    void what_is_damaged_or_of_another_form_says_nothing(String text) throws IOException {
        // Given
        Files.writeString(directory.resolve("origin"), text);

        // When
        Origin origin = Origin.of(directory, machine);

        // Then
        assertThat(origin.isForeign()).isFalse();
        assertThat(origin.exact(7).test("id")).isFalse();
    }

    /** The kernel's own full disk. */
    @Test
    void on_a_full_disk_what_an_earlier_run_said_does_not_stand() throws IOException {
        // Given
        Origin.of(directory, machine).drained(7, Set.of("more"));
        Path part = Files.createSymbolicLink(directory.resolve("origin-part"), Path.of("/dev/full"));

        // When
        Origin.of(directory, machine).begin();

        // Then
        Files.delete(part);
        assertThat(Origin.of(directory, machine).exact(7).test("id")).isFalse();
    }
}
