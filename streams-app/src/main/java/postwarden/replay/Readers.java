package postwarden.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics to the end that they have now, without a group: it leaves no trace in the cluster. */
public final class Readers {
    private static final Duration POLL = Duration.ofMillis(200);

    private Readers() {}

    /** The operator's settings for a reader of committed records that belongs to no group. */
    static Map<String, Object> config(Map<String, String> kafka) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", "false");
        config.put("auto.offset.reset", "earliest");
        config.remove("group.id");
        return config;
    }

    /**
     * The committed records of a topic.
     *
     * @param from first offset by partition
     * @param ends behind the last by partition, whatever transactions are open
     */
    public static <V> List<ConsumerRecord<String, V>> read(
            Map<String, String> kafka,
            String topic,
            Map<Integer, Long> from,
            Map<Integer, Long> ends,
            Deserializer<V> values) {
        List<ConsumerRecord<String, V>> read = new ArrayList<>();
        try (KafkaConsumer<String, V> consumer = new KafkaConsumer<>(config(kafka), new StringDeserializer(), values)) {
            List<TopicPartition> partitions = ends.keySet().stream()
                    .map(each -> new TopicPartition(topic, each))
                    .toList();
            consumer.assign(partitions);
            partitions.forEach(each -> consumer.seek(each, from.getOrDefault(each.partition(), 0L)));
            while (partitions.stream()
                    .anyMatch(each -> consumer.position(each) < ends.getOrDefault(each.partition(), 0L))) {
                consumer.poll(POLL).forEach(read::add);
            }
        }
        return read;
    }
}
