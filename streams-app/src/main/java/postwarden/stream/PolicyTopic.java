package postwarden.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import postwarden.policy.Allowance;
import postwarden.policy.Decision;
import postwarden.policy.Saying;
import postwarden.schema.Policy;
import postwarden.stream.codec.PolicyCodec;

/** Where operators' decisions are written, for every instance to know. */
public final class PolicyTopic {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Decisions are few: who waits for longer waits for brokers that are away. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

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
        List<Decision> ended = decisions(kafka, topic).latest().stream()
                .filter(decision -> decision instanceof Saying saying && !now.isBefore(saying.until()))
                .toList();
        try (KafkaProducer<String, Policy> producer = producer(kafka)) {
            for (Decision decision : ended) {
                @Nullable Policy nothing = null;
                producer.send(new ProducerRecord<>(topic, PolicyCodec.key(decision.tenant(), decision.id()), nothing))
                        .get();
            }
        }
        return ended.size();
    }

    /**
     * All that the topic has now, by tenant and id; also what has ended.
     *
     * @param latest the last word of each key
     * @param unreadable keys whose last record is no decision; the service has sent it to the dead letters
     */
    public record Decisions(List<Decision> latest, List<String> unreadable) {
        public Decisions {
            latest = List.copyOf(latest);
            unreadable = List.copyOf(unreadable);
        }

        /** What is let be, without what is said of incidents. */
        public List<Allowance> allowances() {
            return latest.stream()
                    .filter(Allowance.class::isInstance)
                    .map(Allowance.class::cast)
                    .toList();
        }
    }

    /** Reads the topic to the end that it has now. @throws org.apache.kafka.common.KafkaException when it cannot be read, or not in a minute */
    public static Decisions decisions(Map<String, String> kafka, String topic) {
        SortedMap<String, Optional<Decision>> latest = new TreeMap<>();
        try (Deserializer<Policy> policies = WireFormat.deserializer(kafka, Policy.class);
                KafkaConsumer<String, byte[]> consumer =
                        new KafkaConsumer<>(reading(kafka), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long stop = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > stop) {
                    throw new TimeoutException("topic " + topic + " was not read to its end in " + PATIENCE);
                }
                consumer.poll(POLL).forEach(record -> take(policies, record, latest));
            }
        }
        List<Decision> decisions =
                latest.values().stream().flatMap(Optional::stream).toList();
        List<String> unreadable = latest.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        return new Decisions(decisions, unreadable);
    }

    private static Map<String, Object> reading(Map<String, String> kafka) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("auto.offset.reset", "earliest");
        config.put("enable.auto.commit", "false");
        config.put("isolation.level", "read_committed");
        config.remove("group.id");
        return config;
    }

    private static void take(
            Deserializer<Policy> policies,
            ConsumerRecord<String, byte[]> record,
            Map<String, Optional<Decision>> latest) {
        byte @Nullable [] value = record.value();
        String key = String.valueOf((Object) record.key());
        if (value == null) {
            latest.remove(key);
        } else {
            latest.put(key, decision(policies, record.topic(), value));
        }
    }

    private static Optional<Decision> decision(Deserializer<Policy> policies, String topic, byte[] value) {
        try {
            return Optional.ofNullable(policies.deserialize(topic, value)).map(PolicyCodec::fromAvro);
        } catch (SerializationException | AvroRuntimeException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static KafkaProducer<String, Policy> producer(Map<String, String> kafka) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("acks", "all");
        Serializer<Policy> values = WireFormat.serializer(kafka);
        return new KafkaProducer<>(config, new StringSerializer(), values);
    }
}
