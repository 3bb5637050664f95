package postwarden.serve.past;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.incident.Alert;
import postwarden.policy.Decision;
import postwarden.policy.Remark;
import postwarden.policy.Remarks;
import postwarden.policy.Saying;
import postwarden.serve.wire.Refusal;
import postwarden.stream.AlertSerde;
import postwarden.stream.PolicyTopic;

/**
 * Reads the topic of incidents when somebody asks, one look at a time. Where each one stands is remembered, so that only what is new is
 * read again, whatever ids strangers think of.
 */
public final class TopicPast implements Past {
    private static final Logger LOG = LoggerFactory.getLogger(TopicPast.class);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Duration POLL = Duration.ofMillis(200);
    /** How long one look may take; what it has come to is kept for the next. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration AGAIN = Duration.ofSeconds(2);
    /** Incidents whose place is remembered, the last told: some fifteen megabytes. Older ones are as unknown as if they never were. */
    private static final int MOST = 100_000;

    private final Map<String, String> kafka;
    private final String incidents;
    private final String policy;
    private final AlertSerde serde;
    private final ReentrantLock reading = new ReentrantLock();
    /** Behind what was read, by partition. */
    private final Map<TopicPartition, Long> next = new HashMap<>();
    /** The last record of each incident. */
    private final Map<String, Place> places = new LinkedHashMap<>();

    private record Place(int partition, long offset) {}

    /**
     * Over these topics.
     *
     * @param incidents has the latest state of each incident
     * @param policy has what operators say
     */
    public TopicPast(Map<String, String> kafka, String incidents, String policy) {
        this.kafka = Map.copyOf(kafka);
        this.incidents = incidents;
        this.policy = policy;
        serde = AlertSerde.of(kafka);
    }

    @Override
    public Optional<Alert> incident(String tenant, String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        if (!reading.tryLock()) {
            throw Refusal.unavailable("incidents of the past are being looked for", AGAIN);
        }
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            return found(consumer, id)
                    .filter(alert -> alert.tenant().equals(tenant))
                    .map(this::withWords);
        } catch (KafkaException | AvroRuntimeException failure) {
            LOG.atWarn().addKeyValue("reason", failure.getMessage()).log("the topic of incidents cannot be read");
            throw Refusal.unavailable("incidents of the past cannot be read now", AGAIN);
        } finally {
            reading.unlock();
        }
    }

    private Optional<Alert> found(KafkaConsumer<String, byte[]> consumer, String id) {
        readOn(consumer);
        Optional<Place> place = Optional.ofNullable(places.get(id));
        if (place.isEmpty()) {
            return Optional.empty();
        }
        TopicPartition partition = new TopicPartition(incidents, place.get().partition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, place.get().offset());
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (id.equals(record.key()) && record.value() != null) {
                    return Optional.of(serde.deserializer().deserialize(incidents, record.value()));
                }
                if (record.offset() > place.get().offset()) {
                    return Optional.empty();
                }
            }
        }
        throw Refusal.unavailable("incidents of the past are still being read", AGAIN);
    }

    /** Reads what has come since the last time. */
    private void readOn(KafkaConsumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(incidents).stream()
                .map(info -> new TopicPartition(incidents, info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        partitions.forEach(partition -> consumer.seek(
                partition, Math.max(begins.getOrDefault(partition, 0L), next.getOrDefault(partition, 0L))));
        long stop = System.nanoTime() + PATIENCE.toNanos();
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
            consumer.poll(POLL).forEach(this::remember);
            partitions.forEach(each -> next.put(each, consumer.position(each)));
            if (System.nanoTime() > stop) {
                throw Refusal.unavailable("incidents of the past are still being read", AGAIN);
            }
        }
    }

    private void remember(ConsumerRecord<String, byte[]> record) {
        String id = record.key();
        if (id == null || !ID.matcher(id).matches()) {
            return;
        }
        // Again at the end, as the newest.
        places.remove(id);
        if (record.value() == null) {
            return;
        }
        places.put(id, new Place(record.partition(), record.offset()));
        if (places.size() > MOST) {
            places.remove(places.keySet().iterator().next());
        }
    }

    /** What was said behind the last record, beside what that has: of each aspect the last word. */
    private Alert withWords(Alert alert) {
        Remarks said = alert.feedback();
        for (Decision decision : PolicyTopic.decisions(kafka, policy).latest()) {
            if (decision instanceof Saying saying
                    && saying.tenant().equals(alert.tenant())
                    && saying.incident().equals(alert.incidentId())
                    && isNews(said, saying.remark())) {
                said = said.with(saying.remark());
            }
        }
        return alert.with(said);
    }

    private static boolean isNews(Remarks said, Remark remark) {
        return said.of(remark.aspect()).filter(remark::says).isEmpty();
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", false);
        config.put("auto.offset.reset", "earliest");
        config.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        config.remove("group.id");
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
