package postwarden.stream.check;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import postwarden.stream.TopicPlan;

/**
 * The topic that says which topology made an application's internal topics: one record, the {@link Shape}'s text. It stands
 * beside the changelogs, so it outlives the state directory as they do, and whatever resets an application deletes it with
 * them.
 */
final class Maker {
    /** How long one read of one record may take. */
    private static final Duration READ = Duration.ofSeconds(10);

    private final Map<String, Object> kafka;
    private final String topic;
    private final short replicas;

    Maker(Map<String, String> kafka, String application, int replicas) {
        this.kafka = new HashMap<>(kafka);
        this.topic = topic(application);
        this.replicas = (short) replicas;
    }

    static String topic(String application) {
        return application + "-topology-changelog";
    }

    /**
     * Holds the topology against the one that made what is there, and writes it down where nothing is there yet.
     *
     * @return why it must not start, if so
     */
    Optional<Finding> claim(Admin admin, ClusterState cluster, Shape shape)
            throws ExecutionException, InterruptedException {
        boolean made = cluster.topics().containsKey(topic);
        Set<String> written = made ? written() : Set.of();
        if (written.isEmpty()) {
            if (isUsed(cluster, shape)) {
                return Optional.of(Finding.wrong(
                        topic,
                        "internal topics are there, but nothing says which topology made them",
                        "`postwarden reset` begins anew"));
            }
            create(admin);
            write(shape.text());
            // Another instance may have written at the same time: all that is written must be the same.
            written = written();
        }
        return written.stream()
                .filter(other -> !other.equals(shape.text()))
                .findFirst()
                .map(other -> Finding.wrong(
                        topic,
                        "the state was made by another topology; there it is: " + Shape.without(shape.text(), other)
                                + "; here: " + Shape.without(other, shape.text()),
                        "run the version and settings that made it, or `postwarden reset` begins anew"));
    }

    private static boolean isUsed(ClusterState cluster, Shape shape) {
        return cluster.begun()
                || shape.changelogs().keySet().stream().anyMatch(cluster.topics()::containsKey)
                || shape.repartitions().keySet().stream().anyMatch(cluster.topics()::containsKey);
    }

    private void create(Admin admin) throws ExecutionException, InterruptedException {
        NewTopic wanted = new NewTopic(topic, 1, replicas)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        TopicPlan.inSync(replicas)));
        try {
            admin.createTopics(List.of(wanted)).all().get();
        } catch (ExecutionException refused) {
            if (!(refused.getCause() instanceof TopicExistsException)) {
                throw refused;
            }
        }
    }

    private void write(String text) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "topology", text)).get();
        }
    }

    private Set<String> written() {
        TopicPartition only = new TopicPartition(topic, 0);
        Set<String> texts = new TreeSet<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(kafka, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = consumer.endOffsets(List.of(only), READ).getOrDefault(only, 0L);
            while (consumer.position(only, READ) < end) {
                consumer.poll(READ).forEach(record -> texts.add(record.value()));
            }
        }
        return texts;
    }
}
