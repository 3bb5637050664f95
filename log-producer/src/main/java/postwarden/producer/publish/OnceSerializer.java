package postwarden.producer.publish;

import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Writes each record when Kafka's producer takes it for the first time, through the serializer that is configured, and gives the same
 * bytes whenever it is sent again. Public because Kafka makes it, by its name.
 */
public final class OnceSerializer implements Serializer<InFlight> {
    /** Names the serializer that writes: what {@code value.serializer} is for everybody else. */
    static final String WRITER = "postwarden.value.serializer";

    private final LineRecord line = new LineRecord();
    private @Nullable Serializer<IndexedRecord> writer;

    /** To be configured; Kafka calls this. */
    public OnceSerializer() {}

    /** Writes through a serializer that needs no configuration. */
    OnceSerializer(Serializer<IndexedRecord> writer) {
        this.writer = writer;
    }

    /**
     * Makes and configures the serializer that writes.
     *
     * @throws org.apache.kafka.common.config.ConfigException when there is no class of that name
     * @throws org.apache.kafka.common.KafkaException when it cannot be made
     */
    @Override
    @SuppressWarnings("unchecked") // the operator's choice; one of another type says so with the first line
    public void configure(Map<String, ?> configs, boolean isKey) {
        Object type = ConfigDef.parseType(
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, configs.get(WRITER), ConfigDef.Type.CLASS);
        Serializer<IndexedRecord> made = (Serializer<IndexedRecord>) Utils.newInstance((Class<?>) type);
        made.configure(configs, isKey);
        writer = made;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable InFlight data) {
        if (data == null || writer == null) {
            throw new IllegalStateException("no record, or no serializer that writes it");
        }
        Outgoing record = data.record();
        if (record != null) {
            data.written(writer.serialize(topic, line.of(record)));
        }
        return data.bytes();
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
