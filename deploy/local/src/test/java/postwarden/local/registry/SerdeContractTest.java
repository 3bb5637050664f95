package postwarden.local.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.schema.Alert;
import postwarden.schema.IncidentState;
import postwarden.schema.MailLine;
import postwarden.schema.Severity;
import postwarden.schema.Subject;
import postwarden.schema.registry.HttpRegistry;
import postwarden.schema.registry.Registration;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistrySettings;

/**
 * What our serdes and Confluent's have in common: either reads what the other wrote, through the same registry, from the
 * same configuration. Confluent's take part when they are on the class path: profile interop.
 */
@Timeout(60)
class SerdeContractTest {
    private static final String LINES = "mail.lines";
    private static final String ALERTS = "mail.alerts";
    private static final Maker OURS =
            new Maker("ours", "postwarden.schema.wire.AvroSerializer", "postwarden.schema.wire.AvroDeserializer");
    private static final Maker CONFLUENT = new Maker(
            "Confluent's",
            "io.confluent.kafka.serializers.KafkaAvroSerializer",
            "io.confluent.kafka.serializers.KafkaAvroDeserializer");

    private @Nullable LocalRegistry registry;

    private record Maker(String name, String serializer, String deserializer) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeEach
    void start(@TempDir Path directory) {
        registry = LocalRegistry.start(directory);
    }

    @AfterEach
    void stop() {
        requireNonNull(registry).close();
    }

    @Test
    void confluents_classes_take_part_when_they_are_asked_for() {
        assertThat(makers().contains(CONFLUENT)).isEqualTo(Boolean.getBoolean("postwarden.interop"));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void a_line_is_read_as_it_was_written(Maker writer, Maker reader) {
        // Given
        registerAll();

        // When
        Object back = read(reader, LINES, written(writer, LINES, line()));

        // Then
        assertThat(back).isEqualTo(line());
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void an_alert_is_read_with_its_times(Maker writer, Maker reader) {
        // Given
        registerAll();

        // When
        Object back = read(reader, ALERTS, written(writer, ALERTS, alert()));

        // Then
        assertThat(back).isEqualTo(alert());
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void a_schema_is_registered_at_run_time_where_that_is_allowed(Maker writer, Maker reader) {
        // Given
        Serializer<Object> serializer = serializer(writer, Map.of("auto.register.schemas", "true"));

        // When
        byte[] bytes = requireNonNull(serializer.serialize("other", line()));

        // Then
        assertThat(read(reader, "other", bytes)).isEqualTo(line());
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void a_generic_reader_sees_the_same_fields(Maker writer, Maker reader) {
        // Given
        registerAll();
        Deserializer<Object> deserializer = deserializer(reader, Map.of("specific.avro.reader", "false"));

        // When
        Object back = deserializer.deserialize(LINES, written(writer, LINES, line()));

        // Then
        assertThat(((GenericRecord) requireNonNull(back)).get("host")).hasToString("mx1.example.org");
    }

    @ParameterizedTest
    @MethodSource("makers")
    void a_schema_that_is_not_registered_is_an_error_and_stays_so(Maker writer) {
        // Given
        Serializer<Object> serializer = serializer(writer, Map.of());

        // When, Then
        assertThatThrownBy(() -> serializer.serialize("other", line())).isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> serializer.serialize("other", line())).isInstanceOf(SerializationException.class);
    }

    @ParameterizedTest
    @MethodSource("makers")
    void the_latest_version_is_used_where_that_is_asked_for(Maker writer) {
        // Given
        registerAll();
        Serializer<Object> serializer = serializer(writer, Map.of("use.latest.version", "true"));

        // When
        byte[] bytes = requireNonNull(serializer.serialize(LINES, line()));

        // Then
        assertThat(read(OURS, LINES, bytes)).isEqualTo(line());
    }

    @ParameterizedTest
    @MethodSource("makers")
    void bytes_that_are_no_record_are_a_serialization_exception(Maker reader) {
        // Given
        registerAll();
        byte[] unknownId = {0, 0, 0, 0x7f, 0x7f, 1, 2, 3};
        byte[] wrongMagic = {1, 0, 0, 0, 1, 1, 2, 3};

        // When, Then
        assertThatThrownBy(() -> read(reader, LINES, unknownId)).isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> read(reader, LINES, wrongMagic)).isInstanceOf(SerializationException.class);
    }

    @ParameterizedTest
    @MethodSource("makers")
    void a_tombstone_stays_one(Maker maker) {
        assertThat(serializer(maker, Map.of()).serialize(LINES, null)).isNull();
        assertThat(deserializer(maker, Map.of()).deserialize(LINES, (byte[]) null))
                .isNull();
    }

    static List<Maker> makers() {
        return Stream.of(OURS, CONFLUENT).filter(SerdeContractTest::isThere).toList();
    }

    static Stream<Object[]> pairs() {
        return makers().stream().flatMap(writer -> makers().stream().map(reader -> new Object[] {writer, reader}));
    }

    private static boolean isThere(Maker maker) {
        String file = maker.serializer().replace('.', '/') + ".class";
        return SerdeContractTest.class.getClassLoader().getResource(file) != null;
    }

    private void registerAll() {
        try (Registry client = new HttpRegistry(
                RegistrySettings.of(URI.create(requireNonNull(registry).url())))) {
            Registration.register(client, Registration.standard());
        }
    }

    private byte[] written(Maker maker, String topic, IndexedRecord record) {
        return requireNonNull(serializer(maker, Map.of()).serialize(topic, record));
    }

    private @Nullable Object read(Maker maker, String topic, byte[] bytes) {
        return deserializer(maker, Map.of()).deserialize(topic, bytes);
    }

    @SuppressWarnings("unchecked") // Kafka makes serdes from names in the same way.
    private Serializer<Object> serializer(Maker maker, Map<String, String> more) {
        Serializer<Object> serializer = (Serializer<Object>) instance(maker.serializer());
        serializer.configure(configuration(more), false);
        return serializer;
    }

    @SuppressWarnings("unchecked") // As above.
    private Deserializer<Object> deserializer(Maker maker, Map<String, String> more) {
        Deserializer<Object> deserializer = (Deserializer<Object>) instance(maker.deserializer());
        deserializer.configure(configuration(more), false);
        return deserializer;
    }

    private Map<String, String> configuration(Map<String, String> more) {
        Map<String, String> configuration = new HashMap<>(Map.of(
                "schema.registry.url", requireNonNull(registry).url(),
                "auto.register.schemas", "false",
                "specific.avro.reader", "true",
                // Ours always does; Confluent's must be told, or it looks for a schema with Java's properties in it.
                "avro.remove.java.properties", "true"));
        configuration.putAll(more);
        return configuration;
    }

    private static Object instance(String name) {
        try {
            return Class.forName(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException absent) {
            throw new IllegalStateException(name + " has no public constructor without arguments", absent);
        }
    }

    private static MailLine line() {
        return MailLine.newBuilder()
                .setReporter("mx1.example.org")
                .setHost("mx1.example.org")
                .setProgram("postfix/smtpd")
                .setPid(12345)
                .setReadTimeMicros(1_795_255_933_120_000L)
                .setText(ByteBuffer.wrap("connect from unknown[192.0.2.7] \u2709".getBytes(StandardCharsets.UTF_8)))
                .setFile("/var/log/mail.log")
                .setFileId("2049-131077")
                .setStartOffset(5L)
                .setEndOffset(40L)
                .build();
    }

    private static Alert alert() {
        Instant at = Instant.parse("2026-11-21T10:12:13.456Z");
        return Alert.newBuilder()
                .setIncidentId("6f1c1f0e-3a0f-5e0a-9a55-0d3c5d0b9a11")
                .setState(IncidentState.RESOLVED)
                .setSequence(2)
                .setDetector("connection-flood")
                .setSeverity(Severity.HIGH)
                .setConfidence(0.9)
                .setCause("SINGLE_SOURCE")
                .setCauses(List.of())
                .setSubject(Subject.newBuilder().setServer("mx1.example.org").build())
                .setOnset(at)
                .setDetectedAt(at)
                .setLastSeen(at)
                .setResolvedAt(at)
                .setTitle("t")
                .setSummary("s")
                .setMeasures(Map.of("connectionsPerSecond", 400.0))
                .setThresholds(Map.of())
                .setBaseline(Map.of())
                .setEvidence(List.of())
                .setAdvice(List.of())
                .build();
    }
}
