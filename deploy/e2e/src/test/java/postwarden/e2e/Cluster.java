package postwarden.e2e;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import postwarden.local.broker.LocalBroker;
import postwarden.local.registry.LocalRegistry;
import postwarden.schema.registry.Registration;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistryKeys;
import postwarden.stream.Provision;
import postwarden.stream.Topics;

/** Brokers, as a rule one, and a registry on loopback, with the topics and schemas of a roll-out. */
public final class Cluster implements AutoCloseable {
    public static final int PARTITIONS = 4;

    private final Map<String, String> brokers;
    private final Runnable stopBrokers;
    private final LocalRegistry registry;
    private final Admin admin;

    private Cluster(Map<String, String> brokers, Runnable stopBrokers, LocalRegistry registry, Admin admin) {
        this.brokers = brokers;
        this.stopBrokers = stopBrokers;
        this.registry = registry;
        this.admin = admin;
    }

    public static Cluster start(Path folder) throws ExecutionException, InterruptedException {
        LocalBroker broker = LocalBroker.start(folder.resolve("broker"));
        return over(broker.bootstrapServers(), broker::close, folder, 1);
    }

    /** A registry beside brokers that are running, which end with it. */
    public static Cluster over(String bootstrapServers, Runnable stopBrokers, Path folder, int replicas)
            throws ExecutionException, InterruptedException {
        return over(Map.of("bootstrap.servers", bootstrapServers), stopBrokers, folder, replicas);
    }

    /** The same over brokers that want more than their address from a client. */
    public static Cluster over(Map<String, String> brokers, Runnable stopBrokers, Path folder, int replicas)
            throws ExecutionException, InterruptedException {
        LocalRegistry registry = LocalRegistry.start(folder.resolve("registry"));
        Admin admin = Admin.create(new HashMap<>(brokers));
        Cluster cluster = new Cluster(Map.copyOf(brokers), stopBrokers, registry, admin);
        Await.until("all brokers are there", () -> brokers(admin) >= replicas);
        Provision.topics(admin, Topics.STANDARD, PARTITIONS, (short) replicas);
        try (Registry schemas = RegistryKeys.registry(cluster.kafka())) {
            Registration.register(schemas, Registration.standard());
        }
        return cluster;
    }

    /** How many answer; on a busy machine the first may take longer than a client waits. */
    private static int brokers(Admin admin) throws ExecutionException, InterruptedException {
        try {
            return admin.describeCluster().nodes().get().size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                return 0;
            }
            throw e;
        }
    }

    /** What clients of this cluster are configured with. */
    public Map<String, String> kafka() {
        Map<String, String> kafka = new HashMap<>(brokers);
        kafka.put("schema.registry.url", registry.url());
        return kafka;
    }

    public Map<String, Object> kafkaObjects() {
        return new HashMap<>(kafka());
    }

    public void createTopic(String name) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1)))
                .all()
                .get();
    }

    void alter(String topic, String setting, String value) throws ExecutionException, InterruptedException {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    void deleteTopic(String topic) throws ExecutionException, InterruptedException {
        admin.deleteTopics(List.of(topic)).all().get();
    }

    /** The topic's partitions and their ends, whatever transactions are open. */
    public Map<TopicPartition, Long> ends(String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions(topic)
                .forEach(partition -> asked.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        return admin.listOffsets(asked).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** How far the group has committed, by partition. */
    public Map<TopicPartition, Long> committed(String group) throws ExecutionException, InterruptedException {
        return offsets(admin.listConsumerGroupOffsets(group));
    }

    private static Map<TopicPartition, Long> offsets(ListConsumerGroupOffsetsResult told)
            throws ExecutionException, InterruptedException {
        return told.partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** The same when no transaction is open any more, which it waits for. */
    public Map<TopicPartition, Long> settled(String group) throws ExecutionException, InterruptedException {
        ListConsumerGroupOffsetsOptions stable = new ListConsumerGroupOffsetsOptions().requireStable(true);
        return offsets(admin.listConsumerGroupOffsets(group, stable));
    }

    public Admin admin() {
        return admin;
    }

    /** The topic's partitions, each with its leader and the brokers that have all of it. */
    public List<TopicPartitionInfo> partitions(String topic) throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                .flatMap(described -> described.partitions().stream())
                .toList();
    }

    public Collection<String> topicNames() throws ExecutionException, InterruptedException {
        return admin.listTopics().names().get();
    }

    @Override
    public void close() {
        admin.close();
        registry.close();
        stopBrokers.run();
    }
}
