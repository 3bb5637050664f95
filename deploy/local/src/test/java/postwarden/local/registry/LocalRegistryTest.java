package postwarden.local.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.schema.BaselineFigure;
import postwarden.schema.registry.Compatibility;
import postwarden.schema.registry.HttpRegistry;
import postwarden.schema.registry.Registered;
import postwarden.schema.registry.Registration;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistryRefused;
import postwarden.schema.registry.RegistrySettings;
import postwarden.schema.wire.AvroDeserializer;
import postwarden.schema.wire.AvroSerializer;

/** The registry over real HTTP, through our own client and without it. */
@Timeout(60)
class LocalRegistryTest {
    private static final String SUBJECT = "mail.lines-value";
    private static final Schema ONE = SchemaBuilder.record("postwarden.schema.Thing")
            .fields()
            .requiredString("name")
            .endRecord();
    private static final Schema TWO = SchemaBuilder.record("postwarden.schema.Thing")
            .fields()
            .requiredString("name")
            .optionalString("note")
            .endRecord();
    private static final Schema BROKEN = SchemaBuilder.record("postwarden.schema.Thing")
            .fields()
            .requiredLong("name")
            .endRecord();

    @Test
    void ids_versions_and_rules_survive_a_restart(@TempDir Path directory) {
        // Given
        int one;
        try (LocalRegistry registry = LocalRegistry.start(directory);
                Registry client = client(registry)) {
            one = client.register(SUBJECT, ONE);
            client.require(SUBJECT, Compatibility.FULL_TRANSITIVE);
        }

        // When
        try (LocalRegistry registry = LocalRegistry.start(directory);
                Registry client = client(registry)) {
            int two = client.register(SUBJECT, TWO);

            // Then
            assertThat(client.idOf(SUBJECT, ONE)).isEqualTo(one);
            assertThat(client.schema(one)).isEqualTo(ONE);
            assertThat(client.latest(SUBJECT)).isEqualTo(new Registered(SUBJECT, 2, two, TWO));
            assertThatThrownBy(() -> client.register(SUBJECT, BROKEN)).hasMessageContaining("FULL_TRANSITIVE");
        }
    }

    @Test
    void the_same_schema_has_one_id_under_all_subjects(@TempDir Path directory) {
        try (LocalRegistry registry = LocalRegistry.start(directory);
                Registry client = client(registry)) {
            // Given
            int id = client.register(SUBJECT, ONE);

            // When
            int again = client.register("other-value", ONE);

            // Then
            assertThat(again).isEqualTo(id);
        }
    }

    @Test
    void a_schema_that_breaks_the_default_rule_is_refused_with_409(@TempDir Path directory) {
        try (LocalRegistry registry = LocalRegistry.start(directory);
                Registry client = client(registry)) {
            // Given
            client.register(SUBJECT, ONE);

            // When, Then
            assertThatThrownBy(() -> client.register(SUBJECT, BROKEN))
                    .isInstanceOf(RegistryRefused.class)
                    .hasMessageContaining("BACKWARD is broken")
                    .extracting(refused -> ((RegistryRefused) refused).status())
                    .isEqualTo(409);
        }
    }

    @Test
    void what_is_not_there_is_told_with_confluents_codes(@TempDir Path directory) {
        try (LocalRegistry registry = LocalRegistry.start(directory);
                Registry client = client(registry)) {
            // Given
            client.register(SUBJECT, ONE);

            // When, Then
            assertThatThrownBy(() -> client.schema(77)).hasMessageContaining("40403");
            assertThatThrownBy(() -> client.idOf(SUBJECT, TWO)).hasMessageContaining("40403");
            assertThatThrownBy(() -> client.latest("nobody-value")).hasMessageContaining("40401");
        }
    }

    @Test
    void the_schemas_of_this_release_are_registered_and_used(@TempDir Path directory) {
        try (LocalRegistry registry = LocalRegistry.start(directory);
                Registry client = client(registry);
                AvroSerializer<BaselineFigure> serializer = new AvroSerializer<>();
                AvroDeserializer<BaselineFigure> deserializer = new AvroDeserializer<>(BaselineFigure.class)) {
            // Given
            Registration.register(client, Registration.standard());
            Registration.register(client, Map.of("figures-value", BaselineFigure.getClassSchema()));
            Map<String, String> configuration = Map.of("schema.registry.url", registry.url());
            serializer.configure(configuration, false);
            deserializer.configure(configuration, false);

            // When
            byte[] bytes = requireNonNull(serializer.serialize("figures", new BaselineFigure(1.0, 2.0, 3L, 1.0)));

            // Then
            assertThat(deserializer.deserialize("figures", bytes)).isEqualTo(new BaselineFigure(1.0, 2.0, 3L, 1.0));
            assertThat(client.latest("mail.incidents-value").id())
                    .isEqualTo(client.latest("mail.alerts-value").id());
        }
    }

    @Test
    void a_web_page_cannot_register_a_schema(@TempDir Path directory) throws IOException, InterruptedException {
        try (LocalRegistry registry = LocalRegistry.start(directory)) {
            // Given
            HttpRequest form = HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/x-value/versions"))
                    .header("Content-Type", "text/plain")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"schema\":\"\\\"string\\\"\"}"))
                    .build();

            // When
            HttpResponse<String> response = HttpClient.newHttpClient().send(form, HttpResponse.BodyHandlers.ofString());

            // Then
            assertThat(response.statusCode()).isEqualTo(415);
        }
    }

    @Test
    void a_damaged_file_stops_the_start_instead_of_giving_ids_anew(@TempDir Path directory) throws IOException {
        // Given
        Files.writeString(directory.resolve("schema-registry.json"), "{\"versions\":[{\"subject\":\"x\"");

        // When, Then
        assertThatThrownBy(() -> LocalRegistry.start(directory).close())
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseInstanceOf(IOException.class)
                .cause()
                .hasMessageContaining("schema-registry.json cannot be read");
    }

    private static Registry client(LocalRegistry registry) {
        return new HttpRegistry(RegistrySettings.of(URI.create(registry.url())));
    }
}
