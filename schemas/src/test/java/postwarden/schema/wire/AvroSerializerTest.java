package postwarden.schema.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import postwarden.schema.Cause;
import postwarden.schema.MailLine;
import postwarden.schema.registry.MemoryRegistry;
import postwarden.schema.registry.Registration;

/** Which schema a record is written with, and what is said when there is none. */
class AvroSerializerTest {
    private static final String TOPIC = "mail.lines";

    private static final Schema OLD = SchemaBuilder.record("postwarden.schema.Cause")
            .fields()
            .requiredString("cause")
            .requiredDouble("weight")
            .requiredString("because")
            .endRecord();

    private static final Schema WIDER = SchemaBuilder.record("postwarden.schema.Cause")
            .fields()
            .optionalString("note")
            .requiredString("cause")
            .requiredDouble("weight")
            .requiredString("because")
            .endRecord();

    private static final Schema STRICTER = SchemaBuilder.record("postwarden.schema.Cause")
            .fields()
            .requiredString("cause")
            .requiredLong("weight")
            .endRecord();

    @Test
    void a_schema_that_nobody_registered_is_an_error_that_says_how_to() {
        try (AvroSerializer<MailLine> serializer = serializer("absent", Map.of())) {
            assertThatThrownBy(() -> serializer.serialize(TOPIC, Records.line()))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("topic mail.lines: schema postwarden.schema.MailLine")
                    .hasMessageContaining("subject mail.lines-value of schema registry mock://serializer-absent")
                    .hasMessageContaining("postwarden.schema.registry.Registration FILE");
        }
    }

    @Test
    void a_schema_that_was_registered_by_the_roll_out_is_found() {
        // Given
        Registration.register(MemoryRegistry.of("serializer-rolled-out"), Registration.standard());
        try (AvroSerializer<MailLine> serializer = serializer("rolled-out", Map.of())) {
            // When
            byte[] bytes = serializer.serialize(TOPIC, Records.line());

            // Then
            assertThat(bytes).isNotNull();
        }
    }

    @Test
    void the_latest_version_is_written_when_it_has_more_fields() {
        // Given
        MemoryRegistry.of("serializer-latest").register("causes-value", WIDER);
        try (AvroSerializer<Cause> serializer = serializer("latest", Map.of("use.latest.version", "true"))) {
            // When
            GenericRecord back = generic("latest", serializer.serialize("causes", cause()));

            // Then
            assertThat(back.getSchema()).isEqualTo(WIDER);
            assertThat(back.get("cause")).hasToString("SINGLE_SOURCE");
            assertThat(back.get("note")).isNull();
        }
    }

    @Test
    void a_latest_version_that_cannot_take_the_record_is_refused() {
        // Given
        MemoryRegistry.of("serializer-strict").register("causes-value", STRICTER);
        try (AvroSerializer<Cause> serializer = serializer("strict", Map.of("use.latest.version", "true"))) {
            // When, Then
            assertThatThrownBy(() -> serializer.serialize("causes", cause()))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("TYPE_MISMATCH at /fields/1");
        }
    }

    @Test
    void a_record_of_another_version_is_read_with_its_writers_schema() {
        // Given
        GenericRecord wide = new GenericData.Record(WIDER);
        wide.put("cause", "SINGLE_SOURCE");
        wide.put("weight", 0.5);
        wide.put("because", "x");
        try (AvroSerializer<GenericRecord> serializer = serializer("newer", Map.of("auto.register.schemas", "true"));
                AvroDeserializer<Cause> deserializer = new AvroDeserializer<>(Cause.class)) {
            deserializer.configure(configuration("newer", Map.of()), false);

            // When
            Cause read = deserializer.deserialize("causes", serializer.serialize("causes", wide));

            // Then
            assertThat(read).isEqualTo(new Cause("SINGLE_SOURCE", 0.5, "x"));
        }
    }

    @Test
    void a_record_that_does_not_fit_its_schema_does_not_spoil_the_next() {
        // Given
        GenericRecord broken = new GenericData.Record(OLD);
        broken.put("cause", "SINGLE_SOURCE");
        GenericRecord good = new GenericData.Record(OLD);
        good.put("cause", "OTHER");
        good.put("weight", 1.0);
        good.put("because", "y");
        try (AvroSerializer<GenericRecord> serializer = serializer("broken", Map.of("auto.register.schemas", "true"))) {
            assertThatThrownBy(() -> serializer.serialize("causes", broken))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("does not fit its schema");

            // When
            GenericRecord back = generic("broken", serializer.serialize("causes", good));

            // Then
            assertThat(back).isEqualTo(good);
        }
    }

    @Test
    void threads_share_one_serializer_and_one_deserializer() {
        try (AvroSerializer<MailLine> serializer = serializer("threads", Map.of("auto.register.schemas", "true"));
                AvroDeserializer<MailLine> deserializer = new AvroDeserializer<>(MailLine.class)) {
            // Given
            deserializer.configure(configuration("threads", Map.of()), false);

            // When
            List<Boolean> same = IntStream.range(0, 20_000)
                    .parallel()
                    .mapToObj(number -> MailLine.newBuilder(Records.line())
                            .setHost("mx" + number)
                            .setStartOffset((long) number)
                            .build())
                    .map(line -> line.equals(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, line))))
                    .distinct()
                    .toList();

            // Then
            assertThat(same).containsExactly(true);
        }
    }

    private static Cause cause() {
        return new Cause("SINGLE_SOURCE", 0.5, "x");
    }

    private static GenericRecord generic(String scope, byte @Nullable [] bytes) {
        try (AvroDeserializer<GenericRecord> deserializer = new AvroDeserializer<>()) {
            deserializer.configure(configuration(scope, Map.of()), false);
            return requireNonNull(deserializer.deserialize(TOPIC, bytes));
        }
    }

    private static <T extends IndexedRecord> AvroSerializer<T> serializer(String scope, Map<String, String> more) {
        AvroSerializer<T> serializer = new AvroSerializer<>();
        serializer.configure(configuration(scope, more), false);
        return serializer;
    }

    private static Map<String, String> configuration(String scope, Map<String, String> more) {
        Map<String, String> configuration = new HashMap<>(more);
        configuration.put("schema.registry.url", "mock://serializer-" + scope);
        return configuration;
    }
}
