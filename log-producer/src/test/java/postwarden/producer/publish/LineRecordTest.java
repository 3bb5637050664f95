package postwarden.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.TimeQuality;
import postwarden.schema.MailLine;

/** Whatever a record holds, its bytes are those of the generated class, by Avro's own code or field by field. */
class LineRecordTest {
    private static final int RECORDS = 5_000;
    private static final long SEED = 20_261_122;

    private final Random random = new Random(SEED);

    @Test
    void the_bytes_are_those_of_the_generated_class() throws IOException {
        // Given
        LineRecord reused = new LineRecord();

        // When, Then
        for (int i = 0; i < RECORDS; i++) {
            Outgoing record = record();
            byte[] expected = bytes(writer(false), MailLines.of(record));
            assertThat(bytes(writer(true), reused.of(record)))
                    .as("seed %d, record %d: %s", SEED, i, record)
                    .isEqualTo(expected);
            assertThat(bytes(new GenericDatumWriter<>(MailLine.getClassSchema()), reused.of(record)))
                    .as("field by field, seed %d, record %d", SEED, i)
                    .isEqualTo(expected);
        }
    }

    private static DatumWriter<IndexedRecord> writer(boolean customCoders) {
        SpecificData data = new SpecificData(MailLine.class.getClassLoader());
        data.setCustomCoders(customCoders);
        return new SpecificDatumWriter<>(MailLine.getClassSchema(), data);
    }

    private static byte[] bytes(DatumWriter<IndexedRecord> writer, IndexedRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        writer.write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private Outgoing record() {
        byte[] text = new byte[random.nextInt(random.nextInt(10) == 0 ? 40_000 : 300)];
        random.nextBytes(text);
        int from = random.nextInt(text.length + 1);
        Outgoing.Kind[] kinds = Outgoing.Kind.values();
        return new Outgoing(
                kinds[random.nextInt(kinds.length)],
                word(),
                word(),
                word(),
                header(),
                random.nextLong(),
                ByteBuffer.wrap(text, from, random.nextInt(text.length - from + 1)),
                word(),
                word(),
                random.nextLong(),
                random.nextLong(),
                random.nextInt(),
                random.nextBoolean(),
                IntStream.range(0, random.nextInt(4)).mapToObj(i -> word()).toList(),
                word(),
                random.nextBoolean(),
                random.nextBoolean() ? Outgoing.run() : Outgoing.NOT_FRESH);
    }

    private Header header() {
        TimeQuality[] qualities = TimeQuality.values();
        return new Header(
                word(),
                word(),
                random.nextInt(3) - 1,
                random.nextLong(),
                qualities[random.nextInt(qualities.length)],
                random.nextInt(),
                word());
    }

    /** Few and many, short and long, of any characters that a path or a name may hold. */
    private String word() {
        return switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> List.of("mx1", "postfix/smtpd", "/var/log/mail.log").get(random.nextInt(3));
            case 2 -> "/mailbox/" + random.nextInt(1000);
            case 3 -> "\u00fc\u20ac\ud83d\ude00" + random.nextInt(10);
            default -> "x".repeat(random.nextInt(600));
        };
    }
}
