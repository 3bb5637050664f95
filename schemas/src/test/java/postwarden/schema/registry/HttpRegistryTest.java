package postwarden.schema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.schema.registry.ScriptedRegistry.Reply;

/** What the client does with a registry that answers, refuses, stumbles, or is not there. */
@Timeout(30)
class HttpRegistryTest {
    private static final Reply STRING = new Reply(200, "{\"schema\":\"\\\"string\\\"\"}");

    @Test
    void a_subject_is_escaped_in_the_path() throws IOException {
        try (ScriptedRegistry server = new ScriptedRegistry(new Reply(200, "{\"id\":5}"));
                Registry registry = new HttpRegistry(patient(server.url()))) {
            // When
            int id = registry.register("mail.lines/ä b-value", Schema.create(Schema.Type.STRING));

            // Then
            assertThat(id).isEqualTo(5);
            assertThat(server.requests()).containsExactly("POST /subjects/mail.lines%2F%C3%A4%20b-value/versions null");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void an_answer_that_says_later_is_asked_again(int status) throws IOException {
        try (ScriptedRegistry server = new ScriptedRegistry(new Reply(status, "busy"), STRING);
                Registry registry = new HttpRegistry(patient(server.url()))) {
            // When
            Schema schema = registry.schema(3);

            // Then
            assertThat(schema.getType()).isEqualTo(Schema.Type.STRING);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 409, 422})
    void a_no_is_not_asked_again(int status) throws IOException {
        try (ScriptedRegistry server = new ScriptedRegistry(new Reply(status, "{\"message\":\"because\"}"));
                Registry registry = new HttpRegistry(patient(server.url()))) {
            // When
            Throwable refused = catchThrowable(() -> registry.schema(3));

            // Then
            assertThat(refused)
                    .isInstanceOf(RegistryRefused.class)
                    .hasMessage("because (" + status + " from " + server.url() + "/schemas/ids/3)");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{}", "[]", "{\"schema\":\"{\"}", "{\"schema\":\"{}\",\"schemaType\":\"JSON\"}"})
    void an_answer_that_no_registry_gives_is_refused(String body) throws IOException {
        try (ScriptedRegistry server = new ScriptedRegistry(new Reply(200, body));
                Registry registry = new HttpRegistry(patient(server.url()))) {
            // When, Then
            assertThatThrownBy(() -> registry.schema(3))
                    .isInstanceOf(RegistryRefused.class)
                    .hasMessageContaining(server.url().toString());
        }
    }

    @Test
    void a_registry_that_comes_back_is_found() throws IOException {
        // Given
        int port = freePort();
        URI url = URI.create("http://127.0.0.1:" + port);
        try (Registry registry = new HttpRegistry(patient(url))) {
            CompletableFuture<Schema> asked = CompletableFuture.supplyAsync(() -> registry.schema(1));
            assertThat(asked).isNotDone();

            // When
            try (ScriptedRegistry server = new ScriptedRegistry(port, STRING)) {
                Schema schema = asked.join();

                // Then
                assertThat(schema.getType()).isEqualTo(Schema.Type.STRING);
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @Test
    void the_second_url_is_asked_when_the_first_does_not_answer() throws IOException {
        try (ScriptedRegistry server = new ScriptedRegistry(STRING);
                Registry registry =
                        new HttpRegistry(patient(URI.create("http://127.0.0.1:" + freePort()), server.url()))) {
            // When
            Schema schema = registry.schema(1);

            // Then
            assertThat(schema.getType()).isEqualTo(Schema.Type.STRING);
        }
    }

    @Test
    void patience_ends_with_a_message_that_names_the_url() throws IOException {
        // Given
        URI url = URI.create("http://127.0.0.1:" + freePort());

        // When, Then
        try (Registry registry = new HttpRegistry(settings(Optional.of(Duration.ofMillis(50)), url))) {
            assertThatThrownBy(() -> registry.schema(1))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("schema registry " + url + " did not answer");
        }
    }

    @Test
    void a_registry_that_accepts_and_stays_silent_is_given_up() throws IOException {
        try (ScriptedRegistry server = new ScriptedRegistry(Reply.SILENCE);
                Registry registry = new HttpRegistry(settings(Optional.of(Duration.ZERO), server.url()))) {
            // When, Then
            assertThatThrownBy(() -> registry.schema(1))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("schema registry " + server.url() + " did not answer");
        }
    }

    @Test
    void a_waiting_thread_can_be_interrupted_and_stays_interrupted() throws IOException {
        // Given
        URI url = URI.create("http://127.0.0.1:" + freePort());
        try (Registry registry = new HttpRegistry(patient(url))) {
            Thread.currentThread().interrupt();

            // When
            Throwable thrown = catchThrowable(() -> registry.schema(1));

            // Then
            assertThat(Thread.interrupted()).isTrue();
            assertThat(thrown).isInstanceOf(InterruptException.class);
        }
    }

    @Test
    void closing_lets_a_waiting_thread_go() throws IOException {
        // Given
        Registry registry = new HttpRegistry(patient(URI.create("http://127.0.0.1:" + freePort())));
        CompletableFuture<Throwable> waiting =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> registry.schema(1)));

        // When
        registry.close();

        // Then
        assertThat(waiting.join()).isInstanceOf(KafkaException.class).hasMessageContaining("closed while waiting");
    }

    @Test
    void the_user_in_a_url_is_sent_and_never_told() throws IOException {
        try (ScriptedRegistry server = new ScriptedRegistry(new Reply(403, "{}"))) {
            URI url = URI.create("http://agent:secret@127.0.0.1:" + server.url().getPort());
            try (Registry registry = new HttpRegistry(patient(url))) {
                // When
                Throwable refused = catchThrowable(() -> registry.schema(1));

                // Then
                assertThat(server.requests()).containsExactly("GET /schemas/ids/1 Basic YWdlbnQ6c2VjcmV0");
                assertThat(refused).hasMessageNotContaining("secret");
                assertThat(registry.name()).doesNotContain("secret");
            }
        }
    }

    private static RegistrySettings patient(URI... urls) {
        return settings(Optional.empty(), urls);
    }

    private static RegistrySettings settings(Optional<Duration> patience, URI... urls) {
        return new RegistrySettings(
                List.of(urls),
                Optional.empty(),
                Duration.ofMillis(500),
                Duration.ofMillis(10),
                Duration.ofMillis(40),
                patience,
                Duration.ofSeconds(30));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
