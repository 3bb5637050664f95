package postwarden.schema.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import postwarden.schema.registry.Registered;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistryRefused;
import postwarden.schema.registry.SchemaText;

/**
 * Writes Avro records, generated or generic, in Confluent's wire format; for {@code value.serializer=…} and for code.
 * Configured by Confluent's keys, see {@code WireSettings} and {@code RegistryKeys}. Safe for use by several threads, as a producer needs it.
 *
 * @param <T> type of the records
 */
public final class AvroSerializer<T extends IndexedRecord> implements Serializer<T> {
    private record Use(String topic, Class<?> type, Schema schema) {}

    private final ConcurrentMap<Use, RecordWriter> writers = new ConcurrentHashMap<>();
    private @Nullable WireSettings settings;
    private boolean isKey;

    // The last one used, because most topics only ever carry one schema; a race costs a look-up and nothing more.
    private volatile @Nullable Last last;

    private record Last(Use use, RecordWriter writer) {}

    /** To be configured; Kafka calls this. */
    public AvroSerializer() {}

    /**
     * Reads the configuration; asks the registry nothing yet.
     *
     * @throws org.apache.kafka.common.config.ConfigException naming the key that is missing or wrong
     */
    @Override
    public void configure(Map<String, ?> configs, boolean key) {
        settings = WireSettings.of(configs);
        isKey = key;
    }

    /**
     * Encodes a record. The first record of a topic and schema asks the registry, and waits for one that does not
     * answer.
     *
     * @param topic where it will go
     * @param data the record, or null for a tombstone
     * @return its bytes; null for null
     * @throws SerializationException when the schema is not registered or the record does not fit its schema
     * @throws org.apache.kafka.common.errors.TimeoutException when {@code postwarden.registry.wait.ms} has passed
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T data) {
        return data == null ? null : writer(topic, data).write(topic, data);
    }

    /** Lets go of threads that wait for the registry. */
    @Override
    public void close() {
        if (settings != null) {
            settings.registry().close();
        }
    }

    private RecordWriter writer(String topic, T data) {
        Use use = new Use(topic, data.getClass(), data.getSchema());
        Last known = last;
        if (known != null && known.use().equals(use)) {
            return known.writer();
        }
        RecordWriter writer = writers.get(use);
        if (writer == null) {
            writer = lookUp(topic, data);
            writers.put(use, writer);
        }
        last = new Last(use, writer);
        return writer;
    }

    private RecordWriter lookUp(String topic, T data) {
        WireSettings set = settings;
        if (set == null) {
            throw new SerializationException("topic " + topic + ": the serializer was not configured");
        }
        Schema plain = SchemaText.plain(data.getSchema());
        String subject = WireFormat.subject(topic, isKey);
        Registry registry = set.registry();
        try {
            if (set.autoRegister()) {
                return RecordWriter.of(registry.register(subject, plain), data);
            }
            if (set.useLatest()) {
                Registered latest = registry.latest(subject);
                return RecordWriter.of(latest.id(), data, latest.schema());
            }
            return RecordWriter.of(registry.idOf(subject, plain), data);
        } catch (RegistryRefused refused) {
            throw new SerializationException(advice(topic, subject, plain, registry, refused), refused);
        }
    }

    private static String advice(
            String topic, String subject, Schema schema, Registry registry, RegistryRefused refused) {
        return "topic " + topic + ": schema " + schema.getFullName() + " cannot be used under subject " + subject
                + " of schema registry " + registry.name() + ": " + refused.getMessage()
                + ". To register the schemas of this release: java -cp 'lib/*'"
                + " postwarden.schema.registry.Registration FILE, where FILE has schema.registry.url;"
                + " for a test: auto.register.schemas=true";
    }
}
