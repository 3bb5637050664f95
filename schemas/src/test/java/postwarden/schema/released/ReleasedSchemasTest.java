package postwarden.schema.released;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of every release can be read by every other, because hosts are updated one by one. */
class ReleasedSchemasTest {
    private static final Schema OLD =
            SchemaBuilder.record("Thing").fields().requiredString("name").endRecord();

    @ParameterizedTest
    @MethodSource("names")
    void the_current_schema_and_every_released_one_read_each_other(String name) throws IOException {
        assertThat(Releases.read(name).incompatible()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void the_current_schema_is_the_latest_released_one(String name) throws IOException {
        assertThat(Releases.read(name).unreleased()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_type_and_field_says_what_it_is(String name) throws IOException {
        // Given
        List<String> silent = new ArrayList<>();

        // When
        collectSilent(Releases.read(name).current(), silent, new HashSet<>());

        // Then
        assertThat(silent).isEmpty();
    }

    @Test
    void a_changed_schema_without_a_new_release_says_what_to_do() {
        // Given
        Schema changed = SchemaBuilder.record("Thing")
                .fields()
                .requiredString("name")
                .optionalString("note")
                .endRecord();

        // When
        Releases releases = new Releases("Thing", changed, List.of(OLD));

        // Then
        assertThat(releases.unreleased().orElse(""))
                .contains("copy src/main/avro/Thing.avsc to src/main/resources/released/Thing/v2.avsc");
        assertThat(releases.incompatible()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a field without a default", "a type that changed", "a field that is gone"})
    void a_change_that_old_or_new_readers_cannot_bear_is_found(String change) {
        // Given
        var fields = SchemaBuilder.record("Thing").fields();
        Schema changed = switch (change) {
            case "a field without a default" ->
                fields.requiredString("name").requiredLong("added").endRecord();
            case "a type that changed" -> fields.requiredLong("name").endRecord();
            default -> fields.endRecord();
        };

        // When
        Releases releases = new Releases("Thing", changed, List.of(OLD));

        // Then
        assertThat(releases.incompatible()).isPresent();
    }

    @Test
    void a_version_that_only_fits_the_latest_is_found() {
        // Given
        Schema second = SchemaBuilder.record("Thing")
                .fields()
                .requiredString("name")
                .name("size")
                .type()
                .longType()
                .longDefault(0)
                .endRecord();
        Schema first = SchemaBuilder.record("Thing")
                .fields()
                .requiredString("name")
                .optionalString("size")
                .endRecord();

        // When
        Releases releases = new Releases("Thing", second, List.of(first, OLD, second));

        // Then
        assertThat(releases.incompatible()).isPresent();
    }

    static List<String> names() throws IOException {
        return Releases.names();
    }

    private static void collectSilent(Schema schema, List<String> silent, Set<String> seen) {
        switch (schema.getType()) {
            case UNION -> schema.getTypes().forEach(type -> collectSilent(type, silent, seen));
            case ARRAY -> collectSilent(schema.getElementType(), silent, seen);
            case MAP -> collectSilent(schema.getValueType(), silent, seen);
            case ENUM, FIXED -> addIfSilent(schema.getFullName(), schema.getDoc(), silent);
            case RECORD -> collectSilentFields(schema, silent, seen);
            case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> seen.add(schema.getName());
        }
    }

    private static void collectSilentFields(Schema record, List<String> silent, Set<String> seen) {
        if (!seen.add(record.getFullName())) {
            return;
        }
        addIfSilent(record.getFullName(), record.getDoc(), silent);
        for (Schema.Field field : record.getFields()) {
            addIfSilent(record.getFullName() + "." + field.name(), field.doc(), silent);
            collectSilent(field.schema(), silent, seen);
        }
    }

    private static void addIfSilent(String name, @Nullable String doc, List<String> silent) {
        if (doc == null || doc.isBlank()) {
            silent.add(name);
        }
    }
}
