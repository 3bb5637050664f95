package postwarden.schema.wire;

import java.io.IOException;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import postwarden.schema.registry.Compatibility;

/** Decodes the records that one schema wrote. Safe for use by several threads. */
final class RecordReader {
    private final DatumReader<Object> reader;
    private final ThreadLocal<RecordDecoder> decoder = ThreadLocal.withInitial(RecordDecoder::new);

    private RecordReader(DatumReader<Object> reader) {
        this.reader = reader;
    }

    /** Reads into generic records of the writer's own schema. */
    static RecordReader generic(Schema written) {
        return new RecordReader(new GenericDatumReader<>(written, written, WireFormat.generic()));
    }

    /** Reads nothing: every record of the schema is refused, without the cost of trying. */
    static RecordReader refusing(String why) {
        return new RecordReader(new Refusal(why));
    }

    /** Reads into a generated class. */
    static RecordReader specific(Schema written, Class<?> type) {
        SpecificData data = WireFormat.dataOf(type);
        Schema wanted = data.getSchema(type);
        Optional<String> obstacle = Compatibility.obstacle(wanted, written);
        if (obstacle.isPresent()) {
            return refusing("written as " + written.getFullName() + ", which cannot be read as " + wanted.getFullName()
                    + ": " + obstacle.get());
        }
        // The reader's schema on both sides where the bytes are the same: nothing is left to resolve a field at a time.
        Schema actual = RecordWriter.sameBytes(written, wanted) ? wanted : written;
        return new RecordReader(new SpecificDatumReader<>(actual, wanted, data));
    }

    private record Refusal(String why) implements DatumReader<Object> {
        @Override
        public void setSchema(Schema schema) {}

        @Override
        public Object read(@Nullable Object reuse, Decoder in) {
            throw new AvroTypeException(why);
        }
    }

    /**
     * Decodes one record.
     *
     * @throws SerializationException when the bytes are not such a record, or are more than one
     */
    Object read(String topic, byte[] bytes, int offset, int length) {
        RecordDecoder own = decoder.get();
        own.reset(bytes, offset, length);
        try {
            Object record = reader.read(null, own);
            if (own.left() > 0) {
                throw new SerializationException(
                        "topic " + topic + ": " + own.left() + " bytes behind the record's end");
            }
            return record;
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | ClassCastException broken) {
            // A half-read record leaves Avro's parser in the middle; it starts over with the next read.
            throw new SerializationException(
                    "topic " + topic + ": the bytes are no record of their schema: " + broken.getMessage(), broken);
        } finally {
            own.clear();
        }
    }
}
