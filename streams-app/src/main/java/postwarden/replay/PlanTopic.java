package postwarden.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A replay's plan in a compacted topic of its own, so that it survives the machine it was begun on: JSON under the keys
 * {@code owns}, {@code host-N}, {@code range} (written behind the hosts: with it the plan is whole) and {@code done}.
 */
public final class PlanTopic {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OWNS = "owns";
    private static final String RANGE = "range";
    private static final String DONE = "done";

    private final Map<String, String> kafka;
    private final String topic;

    PlanTopic(Map<String, String> kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
    }

    /**
     * What the topic says.
     *
     * @param owns topics that belong to the replay and to nobody else
     * @param plan empty before it was settled
     * @param done whether all of it has gone through
     */
    public record Content(List<String> owns, Optional<Plan> plan, boolean done) {
        public Content {
            owns = List.copyOf(owns);
        }
    }

    private record Owned(List<String> topics) {}

    private record Settled(Plan.Order order, Map<Integer, Range> ranges, int hosts) {}

    private record Done(boolean done) {}

    /** Reads the plan of a replay, if there is one by that name. */
    public static Optional<Content> find(Admin admin, Map<String, String> kafka, String live, ReplayName name)
            throws ExecutionException, InterruptedException {
        String topic = name.planTopic(live);
        return admin.listTopics().names().get().contains(topic)
                ? Optional.of(new PlanTopic(kafka, topic).read(admin))
                : Optional.empty();
    }

    Content read(Admin admin) throws ExecutionException, InterruptedException {
        Map<String, String> latest = new HashMap<>();
        Readers.read(kafka, topic, Map.of(), Offsets.ends(admin, topic), new StringDeserializer())
                .forEach(record -> latest.put(record.key(), record.value()));
        List<String> owns =
                decoded(latest, OWNS, Owned.class).map(Owned::topics).orElse(List.of());
        return new Content(
                owns,
                decoded(latest, RANGE, Settled.class).map(settled -> plan(settled, latest)),
                latest.containsKey(DONE));
    }

    void owns(List<String> topics) throws ExecutionException, InterruptedException {
        write(Map.of(OWNS, new Owned(topics)));
    }

    void settle(Plan plan) throws ExecutionException, InterruptedException {
        Map<String, Object> hosts = new HashMap<>();
        for (int i = 0; i < plan.hosts().size(); i++) {
            hosts.put(host(i), plan.hosts().get(i));
        }
        write(hosts);
        write(Map.of(
                RANGE, new Settled(plan.order(), plan.ranges(), plan.hosts().size())));
    }

    void done() throws ExecutionException, InterruptedException {
        write(Map.of(DONE, new Done(true)));
    }

    private static Plan plan(Settled settled, Map<String, String> latest) {
        List<HostPart> hosts = new ArrayList<>();
        for (int i = 0; i < settled.hosts(); i++) {
            hosts.add(decoded(latest, host(i), HostPart.class).orElseThrow());
        }
        return new Plan(settled.order(), settled.ranges(), hosts);
    }

    private static String host(int index) {
        return "host-" + index;
    }

    /** Returns when all of it is acknowledged. */
    private void write(Map<String, ?> content) throws ExecutionException, InterruptedException {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            content.forEach((key, value) -> sent.add(producer.send(new ProducerRecord<>(topic, key, encoded(value)))));
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    private static String encoded(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a record of numbers and texts", impossible);
        }
    }

    private static <T> Optional<T> decoded(Map<String, String> latest, String key, Class<T> type) {
        return Optional.ofNullable(latest.get(key)).map(text -> {
            try {
                return JSON.readValue(text, type);
            } catch (JsonProcessingException foreign) {
                throw new KafkaException(
                        "the plan's record " + key + " cannot be read: " + foreign.getOriginalMessage());
            }
        });
    }
}
