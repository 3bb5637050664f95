package postwarden.schema.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import postwarden.schema.Alert;
import postwarden.schema.MailLine;
import postwarden.schema.MailSample;

/** What was written is read again, in all the ways that a configuration can ask for. */
class RoundTripTest {
    private static final String TOPIC = "mail.lines";

    @Test
    void a_line_comes_back_as_it_was() {
        // Given
        AvroSerializer<MailLine> serializer = serializer("line");
        AvroDeserializer<MailLine> deserializer = deserializer(MailLine.class, "line");

        // When
        MailLine back = deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, Records.line()));

        // Then
        assertThat(back).isEqualTo(Records.line());
    }

    @Test
    void an_alert_comes_back_with_its_times() {
        // Given
        AvroSerializer<Alert> serializer = serializer("alert");
        AvroDeserializer<Alert> deserializer = deserializer(Alert.class, "alert");

        // When
        Alert back = deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, Records.alert()));

        // Then
        assertThat(back).isEqualTo(Records.alert());
    }

    @Test
    void a_sample_comes_back_with_its_groups() {
        // Given
        AvroSerializer<MailSample> serializer = serializer("sample");
        AvroDeserializer<MailSample> deserializer = deserializer(MailSample.class, "sample");

        // When
        MailSample back =
                deserializer.deserialize("mail.samples", serializer.serialize("mail.samples", Records.sample()));

        // Then
        assertThat(back).isEqualTo(Records.sample());
    }

    @Test
    void a_record_begins_with_a_zero_byte_and_its_schemas_id() {
        // Given
        AvroSerializer<MailLine> serializer = serializer("frame");

        // When
        byte[] bytes = serializer.serialize(TOPIC, Records.line());

        // Then
        assertThat(bytes).startsWith(0, 0, 0, 0, 1);
    }

    @Test
    void a_buffer_within_a_larger_array_is_read_in_place() {
        // Given
        byte[] record = written("buffer");
        ByteBuffer buffer = ByteBuffer.allocate(record.length + 20)
                .position(7)
                .put(record)
                .flip()
                .position(7);
        AvroDeserializer<MailLine> deserializer = deserializer(MailLine.class, "buffer");

        // When
        MailLine back = deserializer.deserialize(TOPIC, new RecordHeaders(), buffer);

        // Then
        assertThat(back).isEqualTo(Records.line());
    }

    @Test
    void without_a_class_a_generic_record_comes_back() {
        // Given
        byte[] record = written("generic");
        AvroDeserializer<GenericRecord> deserializer = new AvroDeserializer<>();
        deserializer.configure(configuration("generic"), false);

        // When
        GenericRecord back = requireNonNull(deserializer.deserialize(TOPIC, record));

        // Then
        assertThat(back.get("host")).hasToString("mx1.example.org");
    }

    @Test
    void the_specific_reader_finds_our_class_by_the_schemas_name() {
        // Given
        byte[] record = written("specific");
        Map<String, Object> configuration = configuration("specific");
        configuration.put("specific.avro.reader", true);
        AvroDeserializer<MailLine> deserializer = new AvroDeserializer<>();
        deserializer.configure(configuration, false);

        // When
        MailLine back = deserializer.deserialize(TOPIC, record);

        // Then
        assertThat(back).isEqualTo(Records.line());
    }

    @Test
    void a_tombstone_stays_one() {
        // Given
        AvroSerializer<MailLine> serializer = serializer("null");
        AvroDeserializer<MailLine> deserializer = deserializer(MailLine.class, "null");

        // When
        byte[] written = serializer.serialize(TOPIC, null);
        MailLine read = deserializer.deserialize(TOPIC, (byte[]) null);

        // Then
        assertThat(written).isNull();
        assertThat(read).isNull();
    }

    private static byte[] written(String scope) {
        return requireNonNull(RoundTripTest.<MailLine>serializer(scope).serialize(TOPIC, Records.line()));
    }

    private static <T extends IndexedRecord> AvroSerializer<T> serializer(String scope) {
        AvroSerializer<T> serializer = new AvroSerializer<>();
        serializer.configure(configuration(scope), false);
        return serializer;
    }

    private static <T extends IndexedRecord> AvroDeserializer<T> deserializer(Class<T> type, String scope) {
        AvroDeserializer<T> deserializer = new AvroDeserializer<>(type);
        deserializer.configure(configuration(scope), false);
        return deserializer;
    }

    private static Map<String, Object> configuration(String scope) {
        return new HashMap<>(
                Map.of("schema.registry.url", "mock://round-trip-" + scope, "auto.register.schemas", "true"));
    }
}
