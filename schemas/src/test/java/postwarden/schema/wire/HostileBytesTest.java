package postwarden.schema.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.schema.Alert;
import postwarden.schema.MailLine;
import postwarden.schema.MailSample;
import postwarden.schema.registry.MemoryRegistry;
import postwarden.schema.registry.SchemaText;

/** Whatever a host writes into its topic, a reader gets a record or one kind of exception, at a bounded cost. */
class HostileBytesTest {
    private static final String TOPIC = "mail.lines";
    private static final int ATTEMPTS = 50_000;
    private static final long SEED = 20_261_121;

    private static final Map<String, String> CONFIGURATION =
            Map.of("schema.registry.url", "mock://hostile", "auto.register.schemas", "true");

    private final AvroSerializer<IndexedRecord> serializer = new AvroSerializer<>();
    private final AvroDeserializer<MailLine> lines = new AvroDeserializer<>(MailLine.class);
    private final AvroDeserializer<Alert> alerts = new AvroDeserializer<>(Alert.class);
    private final AvroDeserializer<MailSample> samples = new AvroDeserializer<>(MailSample.class);

    @BeforeEach
    void configure() {
        serializer.configure(CONFIGURATION, false);
        lines.configure(CONFIGURATION, false);
        alerts.configure(CONFIGURATION, false);
        samples.configure(CONFIGURATION, false);
    }

    @Test
    void every_damaged_line_is_a_record_or_a_serialization_exception() {
        assertThatDamageIsBorne(lines, written(Records.line()));
    }

    @Test
    void every_damaged_alert_is_a_record_or_a_serialization_exception() {
        assertThatDamageIsBorne(alerts, written(Records.alert()));
    }

    @Test
    void every_damaged_sample_is_a_record_or_a_serialization_exception() {
        assertThatDamageIsBorne(samples, written(Records.sample()));
    }

    @Test
    void every_shortened_record_is_refused() {
        // Given
        byte[] whole = written(Records.line());

        // When, Then
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> lines.deserialize(TOPIC, part)).isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void bytes_behind_a_record_are_refused() {
        // Given
        byte[] whole = written(Records.line());

        // When, Then
        assertThatThrownBy(() -> lines.deserialize(TOPIC, Arrays.copyOf(whole, whole.length + 3)))
                .hasMessage("topic mail.lines: 3 bytes behind the record's end");
    }

    @Test
    void a_text_that_claims_two_gigabytes_costs_nothing() {
        // Given
        byte[] bomb = ByteBuffer.allocate(12)
                .put(written(Records.line()), 0, WireFormat.HEADER)
                .put(new byte[] {0, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f})
                .array();
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getThreadAllocatedBytes(Thread.currentThread().getId());

        // When
        Throwable refused = catchThrowable(() -> lines.deserialize(TOPIC, bomb));

        // Then
        long spent = memory.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(refused).isInstanceOf(SerializationException.class).hasMessageContaining("a length of 2147483647");
        assertThat(spent).isLessThan(20_000_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1000, Long.MAX_VALUE, Long.MIN_VALUE})
    void an_array_that_claims_more_items_than_bytes_is_refused(long items) {
        // Given
        byte[] whole = written(Records.alert());
        int causes = indexOf(whole, "SINGLE_SOURCE") + "SINGLE_SOURCE".length();
        byte[] bomb = ByteBuffer.allocate(whole.length + 20)
                .put(whole, 0, causes)
                .put(varint(items))
                .put(new byte[] {2, 2, 2, 2})
                .array();

        // When, Then
        assertThatThrownBy(() -> alerts.deserialize(TOPIC, bomb))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("a block of");
    }

    @Test
    void a_record_of_another_type_is_refused_by_its_schema() {
        // Given
        byte[] alert = written(Records.alert());

        // When, Then
        assertThatThrownBy(() -> lines.deserialize(TOPIC, alert))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("written as postwarden.schema.Alert, which cannot be read as");
    }

    @Test
    void a_class_outside_of_our_schemas_is_not_loaded_for_a_schemas_name() {
        // Given
        var foreign = SchemaBuilder.record("java.util.ArrayList").fields().endRecord();
        int id = MemoryRegistry.of("hostile").register("foreign-value", SchemaText.plain(foreign));
        AvroDeserializer<IndexedRecord> anything = new AvroDeserializer<>();
        anything.configure(Map.of("schema.registry.url", "mock://hostile", "specific.avro.reader", "true"), false);
        byte[] record =
                ByteBuffer.allocate(WireFormat.HEADER).put((byte) 0).putInt(id).array();

        // When, Then
        assertThatThrownBy(() -> anything.deserialize(TOPIC, record))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.util.ArrayList is none of ours");
    }

    private static void assertThatDamageIsBorne(AvroDeserializer<?> reader, byte[] whole) {
        Random random = new Random(SEED);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            byte[] damaged = damaged(whole, random);
            Throwable thrown = catchThrowable(() -> reader.deserialize(TOPIC, damaged));
            if (thrown != null) {
                assertThat(thrown)
                        .as("seed %d, attempt %d, bytes %s", SEED, attempt, Arrays.toString(damaged))
                        .isInstanceOf(SerializationException.class);
            }
        }
    }

    /** One to eight bytes behind the header, each of them anything. */
    private static byte[] damaged(byte[] whole, Random random) {
        byte[] copy = whole.clone();
        for (int i = random.nextInt(8); i >= 0; i--) {
            copy[WireFormat.HEADER + random.nextInt(copy.length - WireFormat.HEADER)] = (byte) random.nextInt();
        }
        return copy;
    }

    private byte[] written(IndexedRecord record) {
        // A topic by type: one subject does not take two.
        return requireNonNull(serializer.serialize(record.getSchema().getName(), record));
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    /** The specification's zig-zag and base 128. */
    private static byte[] varint(long value) {
        ByteBuffer buffer = ByteBuffer.allocate(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            buffer.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        buffer.put((byte) rest);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
