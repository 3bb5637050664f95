package postwarden.replay;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer for which the lines topic has the replay's bounds; all other topics are as they are. It extends Kafka's because
 * Kafka Streams calls some twenty of its methods, of which only these differ. Belongs to one stream thread.
 */
final class BoundedConsumer extends KafkaConsumer<byte[], byte[]> {
    private final String lines;
    private final Feed feed;
    /** Offset of the last record that was handed out, by partition of the lines topic. */
    private final Map<TopicPartition, Long> delivered = new HashMap<>();

    BoundedConsumer(Map<String, Object> config, String lines, Feed feed) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.lines = lines;
        this.feed = feed;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
        delivered.keySet().retainAll(assignment());
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> fed = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> batch = polled.records(partition);
            List<ConsumerRecord<byte[], byte[]>> seen = partition.topic().equals(lines) ? fed(partition, batch) : batch;
            if (!seen.isEmpty()) {
                fed.put(partition, seen);
            }
        }
        return new ConsumerRecords<>(fed, polled.nextOffsets());
    }

    /** Kafka Streams goes back to what was committed after a failure; what was handed out since is handed out again. */
    @Override
    public void seek(TopicPartition partition, long offset) {
        delivered.remove(partition);
        super.seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        delivered.remove(partition);
        super.seek(partition, offset);
    }

    private List<ConsumerRecord<byte[], byte[]>> fed(
            TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> batch) {
        long last = batch.get(batch.size() - 1).offset();
        if (feed.isBehind(partition.partition(), last + 1)) {
            // What the live service's producers go on to write is not fetched only to be thrown away.
            pause(List.of(partition));
        }
        List<ConsumerRecord<byte[], byte[]>> fed =
                feed.of(partition.partition(), batch, delivered.getOrDefault(partition, -1L));
        if (!fed.isEmpty()) {
            delivered.put(partition, last);
        }
        return fed;
    }
}
