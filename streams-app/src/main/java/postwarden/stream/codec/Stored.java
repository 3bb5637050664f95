package postwarden.stream.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        bytes.write(version);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<T>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * The record in these bytes.
     *
     * @throws IllegalArgumentException when they are of another version, or no such record
     */
    static <T extends SpecificRecord> T decode(byte[] bytes, int version, SpecificDatumReader<T> reader) {
        Schema schema = reader.getSchema();
        if (bytes.length == 0 || bytes[0] != version) {
            throw new IllegalArgumentException("stored " + schema.getName() + " has version "
                    + (bytes.length == 0 ? "none" : bytes[0]) + ", this program reads " + version);
        }
        try {
            return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null));
        } catch (IOException | AvroRuntimeException damaged) {
            throw new IllegalArgumentException(
                    "stored " + schema.getName() + " of " + bytes.length + " bytes cannot be read", damaged);
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
