package postwarden.schema.wire;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import postwarden.schema.registry.RegistryRefused;

/**
 * Reads Avro records in Confluent's wire format, generated or generic; for {@code value.deserializer=…} and for code.
 * Configured by Confluent's keys, see {@code WireSettings} and {@code RegistryKeys}. Bytes are taken for hostile: what a record names is only
 * ever a schema by its id, lengths are held against the bytes there are, and everything wrong is a
 * {@link SerializationException}. Safe for use by several threads.
 *
 * @param <T> type of the records
 */
public final class AvroDeserializer<T extends IndexedRecord> implements Deserializer<T> {
    /** Where generated classes may stand when the configuration names none: a schema's name is not free to load any. */
    private static final String OUR_CLASSES = "postwarden.schema";

    private final ConcurrentMap<Integer, RecordReader> readers = new ConcurrentHashMap<>();
    private final UnknownIds unknown = new UnknownIds(Clock.systemUTC());
    private Optional<Class<?>> type;
    private @Nullable WireSettings settings;

    // The last one used, because most topics only ever carry one schema; a race costs a look-up and nothing more.
    private volatile @Nullable Last last;

    private record Last(int id, RecordReader reader) {}

    /** To be configured; Kafka calls this. */
    public AvroDeserializer() {
        this.type = Optional.empty();
    }

    /**
     * Reads into a generated class, whatever {@code specific.avro.reader} says; still to be configured.
     *
     * @param type the class of all records
     */
    public AvroDeserializer(Class<T> type) {
        this.type = Optional.of(type);
    }

    /**
     * Reads the configuration; asks the registry nothing yet.
     *
     * @throws org.apache.kafka.common.config.ConfigException naming the key that is missing or wrong
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        WireSettings set = WireSettings.of(configs);
        settings = set;
        if (type.isEmpty() && set.specific()) {
            type = isKey ? set.keyType() : set.valueType();
        }
    }

    /**
     * Decodes a record. The first record of a schema asks the registry, and waits for one that does not answer.
     *
     * @param topic where it came from
     * @param data its bytes, or null for a tombstone
     * @return the record; null for null
     * @throws SerializationException when the bytes are no record, or their schema is unknown or does not fit
     * @throws org.apache.kafka.common.errors.TimeoutException when {@code postwarden.registry.wait.ms} has passed
     * @throws KafkaException of no such kind when the registry refuses to be asked: nothing is wrong with the record, so
     *     it must not be put aside as if there were
     */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : read(topic, data, 0, data.length);
    }

    /** As {@link #deserialize(String, byte[])}, without a copy of the bytes where they stand in an array. */
    @Override
    public @Nullable T deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        if (data == null) {
            return null;
        }
        if (data.hasArray()) {
            return read(topic, data.array(), data.arrayOffset() + data.position(), data.remaining());
        }
        byte[] copy = new byte[data.remaining()];
        data.duplicate().get(copy);
        return read(topic, copy, 0, copy.length);
    }

    /** Lets go of threads that wait for the registry. */
    @Override
    public void close() {
        if (settings != null) {
            settings.registry().close();
        }
    }

    // The reader was made for the class of T or for generic records; whoever configured it chose T to match.
    @SuppressWarnings("unchecked")
    private T read(String topic, byte[] bytes, int offset, int length) {
        if (length < WireFormat.HEADER || bytes[offset] != WireFormat.MAGIC) {
            throw new SerializationException("topic " + topic + ": " + length
                    + " bytes that do not begin with a zero byte and a schema id of four bytes");
        }
        int id = ByteBuffer.wrap(bytes, offset + 1, Integer.BYTES).getInt();
        return (T) reader(topic, id).read(topic, bytes, offset + WireFormat.HEADER, length - WireFormat.HEADER);
    }

    private RecordReader reader(String topic, int id) {
        Last known = last;
        if (known != null && known.id() == id) {
            return known.reader();
        }
        RecordReader reader = readers.get(id);
        if (reader == null) {
            reader = lookUp(topic, id);
            readers.put(id, reader);
        }
        last = new Last(id, reader);
        return reader;
    }

    private RecordReader lookUp(String topic, int id) {
        WireSettings set = settings;
        if (set == null) {
            throw new SerializationException("topic " + topic + ": the deserializer was not configured");
        }
        unknown.refusal(id).ifPresent(why -> {
            throw new SerializationException("topic " + topic + ": " + why);
        });
        try {
            return readerOf(topic, set.registry().schema(id), set.specific());
        } catch (RegistryRefused refused) {
            throw failure(topic, id, refused);
        }
    }

    /** The record's fault when its id is unknown; of whoever set this up when we may not ask or ask the wrong one. */
    private KafkaException failure(String topic, int id, RegistryRefused refused) {
        String message = "topic " + topic + ": schema id " + id + ": " + refused.getMessage();
        if (refused.code() != RegistryRefused.SCHEMA_NOT_FOUND) {
            return new KafkaException(message, refused);
        }
        unknown.add(id);
        return new SerializationException(message, refused);
    }

    private RecordReader readerOf(String topic, Schema written, boolean specific) {
        if (type.isEmpty() && !specific) {
            return RecordReader.generic(written);
        }
        Class<?> wanted = type.isPresent() ? type.get() : ourClass(topic, written);
        return RecordReader.specific(written, wanted);
    }

    private static Class<?> ourClass(String topic, Schema written) {
        String name = written.getFullName();
        String refusal = "topic " + topic + ": schema " + name + " is none of ours; specific.avro.value.type says which"
                + " class to read into";
        if (written.getType() != Schema.Type.RECORD || !OUR_CLASSES.equals(written.getNamespace())) {
            throw new SerializationException(refusal);
        }
        try {
            return Class.forName(name, false, AvroDeserializer.class.getClassLoader())
                    .asSubclass(SpecificRecord.class);
        } catch (ClassNotFoundException | ClassCastException absent) {
            throw new SerializationException(refusal, absent);
        }
    }
}
