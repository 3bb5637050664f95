package postwarden.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Where topics begin and end, and how far a group has come. */
final class Offsets {
    /** A broker learns of a topic a moment after another has created it. */
    private static final Duration KNOWN = Duration.ofSeconds(30);

    private static final long PAUSE_MILLIS = 100;

    private Offsets() {}

    /** The first record of each partition stamped at that instant or later; the partition's end where there is none. */
    static Map<Integer, Long> at(Admin admin, String topic, Instant time)
            throws ExecutionException, InterruptedException {
        Map<Integer, Long> ends = ends(admin, topic);
        Map<Integer, Long> found = asked(admin, topic, OffsetSpec.forTimestamp(time.toEpochMilli()));
        found.replaceAll((partition, offset) -> offset < 0 ? ends.getOrDefault(partition, 0L) : offset);
        return found;
    }

    /** Behind the last record of each partition, whatever transactions are open. */
    static Map<Integer, Long> ends(Admin admin, String topic) throws ExecutionException, InterruptedException {
        return asked(admin, topic, OffsetSpec.latest());
    }

    /** How far the group has committed; empty for a group that nobody knows. */
    static Map<TopicPartition, Long> committed(Admin admin, String group)
            throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private static Map<Integer, Long> asked(Admin admin, String topic, OffsetSpec what)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        partitions(admin, topic).forEach(partition -> question.put(new TopicPartition(topic, partition), what));
        Map<Integer, Long> answer = new TreeMap<>();
        admin.listOffsets(question)
                .all()
                .get()
                .forEach((partition, offset) -> answer.put(partition.partition(), offset.offset()));
        return answer;
    }

    private static List<Integer> partitions(Admin admin, String topic) throws ExecutionException, InterruptedException {
        long end = System.nanoTime() + KNOWN.toNanos();
        while (true) {
            try {
                return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                        .flatMap(described -> described.partitions().stream())
                        .map(TopicPartitionInfo::partition)
                        .toList();
            } catch (ExecutionException refused) {
                if (!(refused.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > end) {
                    throw refused;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
