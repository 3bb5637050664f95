package postwarden.stream.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Internal records as bytes: one byte that names the version of the schema, then Avro binary. A later version reads what an
 * earlier one wrote with the earlier schema; what a later one wrote is refused.
 */
final class Stored {
    private Stored() {}

    static <T extends SpecificRecord> byte[] encode(T record, int version) {
        return encode(record, version, record.getSchema());
    }

    /** @param schema of that version, whose fields are the first of the record's */
    static <T extends SpecificRecord> byte[] encode(T record, int version, Schema schema) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        bytes.write(version);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<T>(schema).write(record, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * The record in these bytes.
     *
     * @param earlier schemas that bytes may have been written with, version 1 first; all but the last version's
     * @throws IllegalArgumentException when they are of another version, or no such record
     */
    static <T extends SpecificRecord> T decode(
            byte[] bytes, int version, SpecificDatumReader<T> reader, Schema... earlier) {
        Schema schema = reader.getSchema();
        int written = bytes.length == 0 ? 0 : bytes[0];
        if (written != version && (written < 1 || written > earlier.length)) {
            throw new IllegalArgumentException("stored " + schema.getName() + " has version "
                    + (bytes.length == 0 ? "none" : written) + ", this program reads " + version);
        }
        try {
            reader.setSchema(written == version ? schema : earlier[written - 1]);
            return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null));
        } catch (IOException | AvroRuntimeException damaged) {
            throw new IllegalArgumentException(
                    "stored " + schema.getName() + " of " + bytes.length + " bytes cannot be read", damaged);
        }
    }

    /** A schema as it was released; it ships with the schemas. */
    static Schema released(String name, int version) {
        String file = "/released/" + name + "/v" + version + ".avsc";
        try (InputStream text = Stored.class.getResourceAsStream(file)) {
            return new Schema.Parser().parse(Objects.requireNonNull(text, file));
        } catch (IOException impossible) {
            throw new UncheckedIOException(file + " cannot be read", impossible);
        }
    }

    /** Microseconds since 1970: as fine as logs are. */
    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
