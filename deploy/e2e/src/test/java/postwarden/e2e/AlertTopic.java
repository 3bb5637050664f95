package postwarden.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import postwarden.incident.Alert;
import postwarden.stream.AlertSerde;

/** Reads topics from their beginning to their end, committed records only. */
public final class AlertTopic {
    private AlertTopic() {}

    /** Every transition that a SOC sees, in its order. */
    public static List<Alert> alerts(Cluster cluster) throws ExecutionException, InterruptedException {
        return alerts(cluster, "mail.alerts");
    }

    static List<Alert> alerts(Cluster cluster, String topic) throws ExecutionException, InterruptedException {
        try (AlertSerde serde = AlertSerde.of(cluster.kafka())) {
            return read(cluster, topic, serde.deserializer()).stream()
                    .map(ConsumerRecord::value)
                    .toList();
        }
    }

    /** Records as they are. */
    public static List<ConsumerRecord<String, byte[]>> records(Cluster cluster, String topic)
            throws ExecutionException, InterruptedException {
        return read(cluster, topic, new ByteArrayDeserializer());
    }

    public static <V> List<ConsumerRecord<String, V>> read(Cluster cluster, String topic, Deserializer<V> values)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> ends = cluster.ends(topic);
        Map<String, Object> config = new HashMap<>(cluster.kafka());
        config.put("isolation.level", "read_committed");
        List<ConsumerRecord<String, V>> read = new ArrayList<>();
        try (KafkaConsumer<String, V> consumer = new KafkaConsumer<>(config, new StringDeserializer(), values)) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            Await.until("all of " + topic + " can be read", () -> {
                ConsumerRecords<String, V> polled = consumer.poll(Duration.ofMillis(200));
                polled.forEach(read::add);
                return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            });
        }
        return read;
    }
}
