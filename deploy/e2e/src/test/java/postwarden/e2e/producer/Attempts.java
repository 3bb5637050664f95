package postwarden.e2e.producer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterClientQuotasOptions;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Everything that a principal may try, with every topic, group and transaction that there is: what the brokers did not refuse. Whatever can
 * be tried without doing it is; the rest does no harm but {@code delete topic}.
 */
final class Attempts implements AutoCloseable {
    private static final Duration A_MOMENT = Duration.ofMillis(100);
    private static final short COPIES = 3;

    private final Map<String, Object> kafka;
    private final Admin admin;
    private final KafkaProducer<String, String> producer;
    private final Set<String> allowed = new TreeSet<>();

    Attempts(Map<String, String> principal) {
        kafka = new HashMap<>(principal);
        admin = Admin.create(kafka);
        Map<String, Object> each = new HashMap<>(kafka);
        // An idempotent producer that may write nowhere fails once and for all, whatever is tried behind that.
        each.put("enable.idempotence", "false");
        producer = new KafkaProducer<>(each, new StringSerializer(), new StringSerializer());
    }

    /** What was tried and not refused, each as a verb and a name. */
    Set<String> allowed() {
        return new TreeSet<>(allowed);
    }

    /** Something that goes to a broker. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws ExecutionException, InterruptedException;
    }

    private void attempt(String what, Attempt attempt) throws ExecutionException, InterruptedException {
        try {
            attempt.run();
            allowed.add(what);
        } catch (AuthorizationException refused) {
            allowed.remove(what);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw new ExecutionException(what, e.getCause());
            }
        }
    }

    /** With a topic that has a record, and will have more. */
    void topic(String name) throws ExecutionException, InterruptedException {
        ConfigResource settings = new ConfigResource(ConfigResource.Type.TOPIC, name);
        TopicPartition first = new TopicPartition(name, 0);
        attempt(
                "describe " + name,
                () -> admin.describeTopics(List.of(name)).allTopicNames().get());
        attempt(
                "write " + name,
                () -> producer.send(new ProducerRecord<>(name, 0, "a", "b")).get());
        attempt("read " + name, () -> read(first));
        attempt(
                "see settings of " + name,
                () -> admin.describeConfigs(List.of(settings)).all().get());
        attempt(
                "set " + name,
                () -> admin.incrementalAlterConfigs(
                                Map.of(
                                        settings,
                                        List.of(new AlterConfigOp(
                                                new ConfigEntry("retention.ms", "600000"), AlterConfigOp.OpType.SET))),
                                new AlterConfigsOptions().validateOnly(true))
                        .all()
                        .get());
        attempt(
                "delete records of " + name,
                () -> admin.deleteRecords(Map.of(first, RecordsToDelete.beforeOffset(0)))
                        .all()
                        .get());
        attempt(
                "widen " + name,
                () -> admin.createPartitions(
                                Map.of(name, NewPartitions.increaseTo(99)),
                                new CreatePartitionsOptions().validateOnly(true))
                        .all()
                        .get());
    }

    private void read(TopicPartition partition) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(kafka, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consumer.poll(A_MOMENT).isEmpty()) {
                Thread.onSpinWait();
            }
        }
    }

    /** With a topic that is not there. */
    void newTopic(String name) throws ExecutionException, InterruptedException {
        attempt(
                "create " + name,
                () -> admin.createTopics(
                                List.of(new NewTopic(name, 1, COPIES)), new CreateTopicsOptions().validateOnly(true))
                        .all()
                        .get());
    }

    /** With a topic that nobody needs any more. */
    void doomedTopic(String name) throws ExecutionException, InterruptedException {
        attempt("delete " + name, () -> admin.deleteTopics(List.of(name)).all().get());
    }

    /** With the position of a group in a topic that this principal may read. */
    void group(String name, String topic) throws ExecutionException, InterruptedException {
        TopicPartition first = new TopicPartition(topic, 0);
        attempt(
                "see group " + name,
                () -> admin.listConsumerGroupOffsets(name)
                        .partitionsToOffsetAndMetadata()
                        .get());
        attempt(
                "move group " + name,
                () -> admin.alterConsumerGroupOffsets(name, Map.of(first, new OffsetAndMetadata(0)))
                        .all()
                        .get());
        attempt(
                "delete group " + name,
                () -> admin.deleteConsumerGroups(List.of(name)).all().get());
    }

    void transaction(String id) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("transactional.id", id);
        attempt("use transaction " + id, () -> {
            try (KafkaProducer<String, String> transactions =
                    new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                transactions.initTransactions();
            }
        });
    }

    /** With the cluster itself. */
    void cluster() throws ExecutionException, InterruptedException {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        attempt(
                "see access lists",
                () -> admin.describeAcls(AclBindingFilter.ANY).values().get());
        attempt(
                "end access lists",
                () -> admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get());
        attempt(
                "see brokers' settings",
                () -> admin.describeConfigs(List.of(broker)).all().get());
        attempt(
                "set brokers",
                () -> admin.incrementalAlterConfigs(
                                Map.of(
                                        broker,
                                        List.of(new AlterConfigOp(
                                                new ConfigEntry("log.cleaner.threads", "1"),
                                                AlterConfigOp.OpType.SET))),
                                new AlterConfigsOptions().validateOnly(true))
                        .all()
                        .get());
        attempt(
                "set quotas",
                () -> admin.alterClientQuotas(
                                List.of(new ClientQuotaAlteration(
                                        new ClientQuotaEntity(Map.of("user", "mx1")),
                                        List.of(new ClientQuotaAlteration.Op("producer_byte_rate", 1.0)))),
                                new AlterClientQuotasOptions().validateOnly(true))
                        .all()
                        .get());
        attempt(
                "move partitions",
                () -> admin.listPartitionReassignments().reassignments().get());
    }

    /** Topics of which it knows that they are there. */
    List<String> topics() throws ExecutionException, InterruptedException {
        return new ArrayList<>(new TreeSet<>(admin.listTopics().names().get()));
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }
}
