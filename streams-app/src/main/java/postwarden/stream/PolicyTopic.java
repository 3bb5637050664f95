package postwarden.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import postwarden.policy.Decision;
import postwarden.policy.Saying;
import postwarden.schema.Policy;
import postwarden.stream.codec.PolicyCodec;

/** Where operators' decisions are written, for every instance to know. */
public final class PolicyTopic {
    private static final Duration POLL = Duration.ofMillis(200);

    private PolicyTopic() {}

    /**
     * Writes a decision, in the place of one with the same tenant and id; returns when the brokers have it.
     *
     * @throws ExecutionException when they refuse it
     */
    public static void write(Map<String, String> kafka, String topic, Decision decision)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, Policy> producer = producer(kafka)) {
            producer.send(new ProducerRecord<>(
                            topic, PolicyCodec.key(decision.tenant(), decision.id()), PolicyCodec.toAvro(decision)))
                    .get();
        }
    }

    /**
     * Removes what was said of incidents and is not kept any longer. Allowances that have ended stay, for who wants to know why
     * nobody was told.
     *
     * @return how many records
     * @throws ExecutionException when the brokers refuse it
     */
    public static int removeEnded(Map<String, String> kafka, String topic, Instant now)
            throws ExecutionException, InterruptedException {
        Set<String> ended = ended(kafka, topic, now);
        try (KafkaProducer<String, Policy> producer = producer(kafka)) {
            for (String key : ended) {
                @Nullable Policy nothing = null;
                producer.send(new ProducerRecord<>(topic, key, nothing)).get();
            }
        }
        return ended.size();
    }

    private static Set<String> ended(Map<String, String> kafka, String topic, Instant now) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("auto.offset.reset", "earliest");
        config.put("enable.auto.commit", "false");
        config.put("isolation.level", "read_committed");
        config.remove("group.id");
        Set<String> ended = new TreeSet<>();
        try (Deserializer<Policy> policies = WireFormat.deserializer(kafka, Policy.class);
                KafkaConsumer<String, byte[]> consumer =
                        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (hasEnded(policies, record, now)) {
                        ended.add(record.key());
                    } else {
                        ended.remove(record.key());
                    }
                }
            }
        }
        return ended;
    }

    private static boolean hasEnded(Deserializer<Policy> policies, ConsumerRecord<String, byte[]> record, Instant now) {
        byte @Nullable [] value = record.value();
        @Nullable Object key = record.key();
        if (value == null || key == null) {
            return false;
        }
        try {
            Policy policy = policies.deserialize(record.topic(), value);
            return policy != null
                    && PolicyCodec.fromAvro(policy) instanceof Saying saying
                    && !now.isBefore(saying.until());
        } catch (SerializationException | AvroRuntimeException | IllegalArgumentException unreadable) {
            // The service has sent it to the dead letters; whoever wrote it takes it away.
            return false;
        }
    }

    private static KafkaProducer<String, Policy> producer(Map<String, String> kafka) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("acks", "all");
        Serializer<Policy> values = WireFormat.serializer(kafka);
        return new KafkaProducer<>(config, new StringSerializer(), values);
    }
}
