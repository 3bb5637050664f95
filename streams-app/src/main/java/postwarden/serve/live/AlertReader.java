package postwarden.serve.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.incident.Alert;
import postwarden.serve.wire.Told;

/** Makes readers of the alert topic, which see what is committed and are no group's, and reads what they bring. */
final class AlertReader {
    private static final Logger LOG = LoggerFactory.getLogger(AlertReader.class);
    /** How long a broker may take to answer a question of a reader's. */
    private static final int ASK_MILLIS = 10_000;

    private final Map<String, String> kafka;
    private final String topic;
    private final Deserializer<Alert> alerts;

    AlertReader(Map<String, String> kafka, String topic, Deserializer<Alert> alerts) {
        this.kafka = Map.copyOf(kafka);
        this.topic = topic;
        this.alerts = alerts;
    }

    KafkaConsumer<String, byte[]> open() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", false);
        config.put("auto.offset.reset", "earliest");
        config.put("default.api.timeout.ms", ASK_MILLIS);
        config.remove("group.id");
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** What a record tells; nothing where it cannot be read, which is said. One at a time: the deserializer is shared. */
    synchronized Optional<Listener.Heard> heard(ConsumerRecord<String, byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Listener.Heard(record.partition(), record.offset(), Told.of(alerts.deserialize(topic, value))));
        } catch (SerializationException | AvroRuntimeException | IllegalArgumentException unreadable) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", unreadable.getMessage())
                    .log("a record of the alert topic cannot be read; streams go on behind it");
            return Optional.empty();
        }
    }
}
