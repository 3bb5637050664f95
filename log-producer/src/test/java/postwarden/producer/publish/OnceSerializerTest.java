package postwarden.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OnceSerializerTest {
    /** Place of the host in the schema of lines. */
    private static final int HOST = 3;

    @Test
    void the_serializer_that_the_operator_names_writes_with_the_operators_settings_and_once() {
        // Given
        Map<String, Object> settings = KafkaSettings.forLines(
                Map.of("bootstrap.servers", "b:1", "value.serializer", Marking.class.getName(), "mark.with", "mine"));
        InFlight record = new InFlight(line(), 64, () -> {});
        byte[] first;
        byte[] again;

        // When
        try (OnceSerializer serializer = new OnceSerializer()) {
            serializer.configure(settings, false);
            first = serializer.serialize("mail.lines", record);
            again = serializer.serialize("mail.lines", record);
        }

        // Then
        assertThat(first).asString(StandardCharsets.US_ASCII).isEqualTo("mine mail.lines mx1");
        assertThat(again).isSameAs(first);
        assertThat(record.record()).isNull();
        assertThat(settings.get("value.serializer")).isEqualTo(OnceSerializer.class.getName());
    }

    @Test
    void a_serializer_that_is_not_there_is_named() {
        // Given
        Map<String, Object> settings =
                KafkaSettings.forLines(Map.of("bootstrap.servers", "b:1", "value.serializer", "no.such.Writer"));

        // When, Then
        try (OnceSerializer serializer = new OnceSerializer()) {
            assertThatThrownBy(() -> serializer.configure(settings, false))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("no.such.Writer")
                    .hasMessageContaining("value.serializer");
        }
    }

    /** Writes what it was told to, the topic and the host. */
    public static final class Marking implements Serializer<IndexedRecord> {
        private String mark = "";

        /** Kafka's way to make it. */
        public Marking() {}

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            mark = String.valueOf(configs.get("mark.with"));
        }

        @Override
        public byte[] serialize(String topic, @Nullable IndexedRecord line) {
            String host = line == null ? "nobody" : String.valueOf(line.get(HOST));
            return (mark + ' ' + topic + ' ' + host).getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static Outgoing line() {
        return SomeLines.line(ByteBuffer.allocate(1));
    }
}
