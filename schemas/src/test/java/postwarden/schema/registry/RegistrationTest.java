package postwarden.schema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.schema.MailLine;

/** The roll-out's step that puts the schemas where agents and service look for them. */
class RegistrationTest {

    @Test
    void the_standard_subjects_are_registered_from_a_file_of_properties(@TempDir Path directory) throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("client.properties"), "schema.registry.url=mock://roll-out\n");

        // When
        Registration.main(new String[] {file.toString()});

        // Then
        MemoryRegistry registry = MemoryRegistry.of("roll-out");
        assertThat(Registration.standard().keySet())
                .containsExactly(
                        "mail.alerts-value",
                        "mail.incidents-value",
                        "mail.lines-value",
                        "mail.policy-value",
                        "mail.samples-value")
                .allMatch(subject -> registry.latest(subject).version() == 1);
    }

    @Test
    void doing_it_again_changes_nothing() {
        // Given
        MemoryRegistry registry = new MemoryRegistry();
        var first = Registration.register(registry, Registration.standard());

        // When
        var second = Registration.register(registry, Registration.standard());

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void a_registered_subject_is_held_to_full_transitive_compatibility() {
        // Given
        MemoryRegistry registry = new MemoryRegistry();
        Registration.register(registry, Map.of("mail.lines-value", MailLine.getClassSchema()));

        // When, Then
        assertThatThrownBy(() -> registry.register("mail.lines-value", Schema.create(Schema.Type.STRING)))
                .isInstanceOf(RegistryRefused.class)
                .hasMessageContaining("FULL_TRANSITIVE");
    }

    @Test
    void what_is_registered_is_the_text_of_the_release_without_javas_own_properties() throws IOException {
        // Given
        MemoryRegistry registry = new MemoryRegistry();
        Path released = Path.of("src/main/resources/released/MailLine/v3.avsc");

        // When
        Registration.register(registry, Registration.standard());

        // Then
        assertThat(registry.latest("mail.lines-value").schema())
                .hasToString(
                        new Schema.Parser().parse(Files.readString(released)).toString());
    }
}
