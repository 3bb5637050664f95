package postwarden.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;
import postwarden.schema.MailSample;
import postwarden.schema.SampleKind;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistryKeys;

/** Bytes of one version read with another: the rules say it works, this does it. */
class EvolutionTest {
    private static final Path RELEASED = Path.of("src/main/resources/released");
    private static final int RECORDS = 50;
    private static final long SEED = 20_261_121;
    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://evolution");

    @ParameterizedTest
    @MethodSource("names")
    void every_version_reads_what_every_other_wrote(String name) throws IOException {
        // Given
        List<Schema> versions = versions(name);

        for (Schema writer : versions) {
            for (Schema reader : versions) {
                for (Object record : new RandomData(writer, RECORDS, SEED)) {
                    // When, Then
                    assertThatCode(() -> new GenericDatumReader<>(writer, reader)
                                    .read(null, DecoderFactory.get().binaryDecoder(bytes(writer, record), null)))
                            .as("seed %d, %s", SEED, name)
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    @Test
    void a_line_of_a_later_producer_is_read_without_what_is_new() throws IOException {
        // Given
        Schema later = later();
        GenericData.Record written = new GenericData.Record(later);
        GenericData.Record usual = (GenericData.Record)
                new RandomData(MailLine.getClassSchema(), 1, SEED).iterator().next();
        usual.getSchema().getFields().forEach(field -> written.put(field.name(), usual.get(field.pos())));
        written.put("kind", new GenericData.EnumSymbol(later.getField("kind").schema(), "QUEUE"));
        written.put("depth", 7L);

        // When
        MailLine read = read(MailLine.class, later, written);

        // Then
        assertThat(read.getHost()).isEqualTo(String.valueOf(usual.get("host")));
        assertThat(read.getKind()).isEqualTo(MailLineKind.LINE);
    }

    @Test
    void a_kind_of_sample_that_only_a_later_agent_takes_is_read_as_another() throws IOException {
        // Given
        Schema later = new Schema.Parser()
                .parse(MailSample.getClassSchema().toString().replace("\"DISK\",", "\"DISK\",\"MEMCACHED\","));
        GenericData.Record written =
                (GenericData.Record) new RandomData(later, 1, SEED).iterator().next();
        written.put("kind", new GenericData.EnumSymbol(later.getField("kind").schema(), "MEMCACHED"));

        // When
        MailSample read = read(MailSample.class, later, written);

        // Then
        assertThat(read.getKind()).isEqualTo(SampleKind.OTHER);
        assertThat(read.getHost()).isEqualTo(String.valueOf(written.get("host")));
    }

    static List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(RELEASED)) {
            return folders.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static List<Schema> versions(String name) throws IOException {
        try (Stream<Path> files = Files.list(RELEASED.resolve(name))) {
            return files.sorted().map(EvolutionTest::parse).toList();
        }
    }

    /** Today's schema with one field and one kind of record more. */
    private static Schema later() {
        String text = MailLine.getClassSchema().toString();
        String kinds = "\"HEARTBEAT\",\"LOSS\",\"END\"]";
        String fields = "\"fields\":[{\"name\":\"kind\"";
        return new Schema.Parser()
                .parse(text.replace(kinds, "\"HEARTBEAT\",\"LOSS\",\"END\",\"QUEUE\"]")
                        .replace(
                                fields,
                                "\"fields\":[{\"name\":\"depth\",\"type\":\"long\",\"default\":0},{\"name\":\"kind\""));
    }

    private static <T extends IndexedRecord> T read(Class<T> type, Schema schema, Object record) throws IOException {
        try (Registry registry = RegistryKeys.registry(REGISTRY);
                AvroDeserializer<T> reader = new AvroDeserializer<>(type)) {
            reader.configure(REGISTRY, false);
            byte[] body = bytes(schema, record);
            byte[] framed = ByteBuffer.allocate(WireFormat.HEADER + body.length)
                    .put(WireFormat.MAGIC)
                    .putInt(registry.register("later." + type.getSimpleName() + "-value", schema))
                    .put(body)
                    .array();
            return Objects.requireNonNull(reader.deserialize("later." + type.getSimpleName(), framed));
        }
    }

    private static byte[] bytes(Schema schema, Object record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static Schema parse(Path file) {
        try {
            return new Schema.Parser().parse(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
