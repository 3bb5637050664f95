package postwarden.schema.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import postwarden.schema.registry.Compatibility;

/** Encodes the records of one schema under one id. Safe for use by several threads. */
final class RecordWriter {
    /** A buffer that one big record has blown up beyond this is not kept, in bytes. */
    private static final int KEPT = 1 << 20;

    private static final int FIRST_SIZE = 1024;

    private final byte[] header;
    private final DatumWriter<Object> writer;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
    private final Conversion conversion;

    /** What a record goes through before it is written: nothing, or into another version of its schema. */
    private interface Conversion {
        Object apply(Object record) throws IOException;
    }

    /** One thread's buffer and encoder. */
    private static final class Scratch {
        private ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_SIZE);
        private BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    }

    private RecordWriter(int id, DatumWriter<Object> writer, Conversion conversion) {
        this.header = ByteBuffer.allocate(WireFormat.HEADER)
                .put(WireFormat.MAGIC)
                .putInt(id)
                .array();
        this.writer = writer;
        this.conversion = conversion;
    }

    /** Writes records as they are. */
    static RecordWriter of(int id, IndexedRecord example) {
        return new RecordWriter(id, plain(example), record -> record);
    }

    /**
     * Writes records with another version of their schema.
     *
     * @throws SerializationException when that version cannot read what the records' own schema writes
     */
    static RecordWriter of(int id, IndexedRecord example, Schema version) {
        Schema own = example.getSchema();
        if (sameBytes(own, version)) {
            return of(id, example);
        }
        Compatibility.obstacle(version, own).ifPresent(why -> {
            throw new SerializationException("the latest version of schema " + version.getFullName() + " (id " + id
                    + ") cannot take records of this release: " + why);
        });
        DatumWriter<Object> ownWriter = plain(example);
        return new RecordWriter(
                id, new GenericDatumWriter<>(version), record -> convert(record, ownWriter, own, version));
    }

    /** Whether two schemas lay the same bytes down: they may differ in documentation, defaults and Java's properties. */
    static boolean sameBytes(Schema one, Schema other) {
        return SchemaNormalization.toParsingForm(one).equals(SchemaNormalization.toParsingForm(other));
    }

    byte[] write(String topic, Object record) {
        Scratch own = scratch.get();
        own.bytes.reset();
        try {
            own.bytes.write(header);
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(own.bytes, own.encoder);
            writer.write(conversion.apply(record), encoder);
            encoder.flush();
            return own.bytes.toByteArray();
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException misfit) {
            // A half-written encoder must not leak its rest into the next record.
            scratch.remove();
            throw new SerializationException(
                    "topic " + topic + ": a record does not fit its schema: " + misfit.getMessage(), misfit);
        } finally {
            if (own.bytes.size() > KEPT) {
                scratch.remove();
            }
        }
    }

    private static DatumWriter<Object> plain(IndexedRecord example) {
        Schema schema = example.getSchema();
        return example instanceof SpecificRecord
                ? new SpecificDatumWriter<>(schema, WireFormat.dataOf(example.getClass()))
                : new GenericDatumWriter<>(schema, WireFormat.generic());
    }

    /** The long way round, through bytes: right for every compatible pair, and only taken while versions differ. */
    private static Object convert(Object record, DatumWriter<Object> writer, Schema own, Schema version)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        writer.write(record, encoder);
        DatumReader<Object> reader = new GenericDatumReader<>(own, version, new GenericData());
        return reader.read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    }
}
