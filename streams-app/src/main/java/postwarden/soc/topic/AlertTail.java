package postwarden.soc.topic;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import postwarden.incident.Alert;
import postwarden.stream.AlertSerde;

/**
 * The alert topic from some moment on, without a consumer group: it commits nothing and disturbs nobody. Up to the end that the
 * topic has at the start, alerts come in the order in which they were told, over all partitions; later ones as they arrive.
 */
public final class AlertTail implements AutoCloseable {
    /** Records of one partition that may wait for another's, before no more are fetched of it: some 20 MB of alerts. */
    private static final int MOST_HELD = 1000;

    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<String, byte[]> consumer;
    private final AlertSerde serde;
    private final String topic;
    private final List<TopicPartition> partitions;

    /** Takes what is read. */
    public interface Reader {
        void alert(Alert alert);

        /** A record that is no alert: where it stands, and why it cannot be read. */
        void unreadable(String where, String why);
    }

    private AlertTail(
            KafkaConsumer<String, byte[]> consumer, AlertSerde serde, String topic, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.serde = serde;
        this.topic = topic;
        this.partitions = partitions;
    }

    /**
     * Opens it at its beginning, or at the first record that the broker took at or after an instant.
     *
     * @param kafka settings of Kafka's clients and of the registry
     * @param partitions of the topic
     */
    public static AlertTail open(
            Map<String, String> kafka, String topic, Set<Integer> partitions, Optional<Instant> from) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.keySet().removeAll(Set.of("group.id", "group.instance.id"));
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", "false");
        config.put("auto.offset.reset", "earliest");
        config.put("allow.auto.create.topics", "false");
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = partitions.stream()
                .sorted()
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        AlertTail tail = new AlertTail(consumer, AlertSerde.of(kafka), topic, all);
        from.ifPresent(tail::seek);
        return tail;
    }

    private void seek(Instant from) {
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(partition -> partition, p -> from.toEpochMilli())));
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = found.get(partition);
            if (first == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, first.offset());
            }
        }
    }

    /**
     * Reads all that is committed now, in order of time.
     *
     * @param further whether {@link #follow} comes after it, so that what was fetched beyond the end is given out too
     * @return whether it got there; false when it was stopped
     */
    public boolean readToEnd(boolean further, Reader reader) {
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            TimeOrder<ConsumerRecord<String, byte[]>> order = new TimeOrder<>(
                    partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet()));
            endReached(order, ends);
            while (!order.allEnded()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (further || record.offset() < end(ends, record.partition())) {
                        order.add(record.partition(), record.timestamp(), record);
                    }
                }
                endReached(order, ends);
                order.drain(record -> give(record, reader));
                holdBack(order);
            }
            order.drain(record -> give(record, reader));
            consumer.resume(consumer.paused());
            return true;
        } catch (WakeupException stopped) {
            return false;
        }
    }

    /** Reads on until it is stopped. */
    public void follow(Reader reader) {
        try {
            while (true) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                TimeOrder<ConsumerRecord<String, byte[]>> order = new TimeOrder<>(Set.of());
                records.forEach(record -> order.add(record.partition(), record.timestamp(), record));
                order.drain(record -> give(record, reader));
            }
        } catch (WakeupException stopped) {
            return;
        }
    }

    /** Ends a reading; the only method for another thread. */
    public void stop() {
        consumer.wakeup();
    }

    private void endReached(TimeOrder<?> order, Map<TopicPartition, Long> ends) {
        partitions.stream()
                .filter(partition -> consumer.position(partition) >= end(ends, partition.partition()))
                .forEach(partition -> order.end(partition.partition()));
    }

    private long end(Map<TopicPartition, Long> ends, int partition) {
        return ends.getOrDefault(new TopicPartition(topic, partition), 0L);
    }

    /** Fetches no more of partitions that are far ahead of the others. */
    private void holdBack(TimeOrder<?> order) {
        Set<TopicPartition> ahead = new HashSet<>();
        Set<TopicPartition> behind = new HashSet<>();
        partitions.forEach(
                partition -> (order.held(partition.partition()) > MOST_HELD ? ahead : behind).add(partition));
        consumer.pause(ahead);
        consumer.resume(behind);
    }

    private void give(ConsumerRecord<String, byte[]> record, Reader reader) {
        if (record.value() == null) {
            // A tombstone of a compacted topic tells nothing.
            return;
        }
        try {
            reader.alert(serde.deserializer().deserialize(topic, record.value()));
        } catch (SerializationException unreadable) {
            reader.unreadable(
                    topic + "-" + record.partition() + " offset " + record.offset(),
                    String.valueOf(unreadable.getMessage()));
        }
    }

    @Override
    public void close() {
        consumer.close();
        serde.close();
    }
}
