package postwarden.schema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postwarden.schema.BaselineFigure;
import postwarden.schema.registry.ScriptedRegistry.Reply;
import postwarden.schema.wire.AvroDeserializer;
import postwarden.schema.wire.AvroSerializer;

/** Whose fault a serde says it is when the registry gives no schema. */
@Timeout(30)
class RefusedSerdesTest {
    private static final byte[] RECORD = {0, 0, 0, 0, 7, 1, 2, 3};

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {"401, {\"message\":\"who\"}", "403, {}", "404, <html>", "404, {\"error_code\":404}"})
    void a_reader_that_may_not_ask_does_not_blame_the_record(int status, String body) throws IOException {
        try (ScriptedRegistry server = new ScriptedRegistry(new Reply(status, body));
                AvroDeserializer<BaselineFigure> reader = reader(server)) {
            // When
            Throwable thrown = catchThrowable(() -> reader.deserialize("figures", RECORD));

            // Then
            assertThat(thrown).isInstanceOf(KafkaException.class).isNotInstanceOf(SerializationException.class);
        }
    }

    @Test
    void an_unknown_id_is_the_records_fault_and_asked_for_once() throws IOException {
        try (ScriptedRegistry server = new ScriptedRegistry(new Reply(404, "{\"error_code\":40403}"));
                AvroDeserializer<BaselineFigure> reader = reader(server)) {
            // Given
            Throwable first = catchThrowable(() -> reader.deserialize("figures", RECORD));

            // When
            Throwable second = catchThrowable(() -> reader.deserialize("figures", RECORD));

            // Then
            assertThat(first).isInstanceOf(SerializationException.class);
            assertThat(second).isInstanceOf(SerializationException.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_writer_whose_patience_has_ended_says_that_the_registry_is_away() throws IOException {
        // Given
        try (AvroSerializer<BaselineFigure> writer = new AvroSerializer<>()) {
            writer.configure(
                    Map.of(
                            "schema.registry.url", "http://127.0.0.1:" + freePort(),
                            "postwarden.registry.wait.ms", "20",
                            "postwarden.registry.retry.backoff.ms", "10"),
                    false);

            // When, Then
            assertThatThrownBy(() -> writer.serialize("figures", new BaselineFigure(1.0, 2.0, 3L, 1.0)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("schema registry http://127.0.0.1:");
        }
    }

    private static AvroDeserializer<BaselineFigure> reader(ScriptedRegistry server) {
        AvroDeserializer<BaselineFigure> reader = new AvroDeserializer<>(BaselineFigure.class);
        reader.configure(Map.of("schema.registry.url", server.url().toString()), false);
        return reader;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
