package postwarden.stream.check;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import postwarden.stream.Provision;

/**
 * What a cluster says of itself, read at once.
 *
 * @param topics those that concern the service, by name: its own, its internal ones and Kafka's
 * @param features finalised level of each feature
 * @param broker settings of one broker; empty where it may not be asked
 * @param begun whether the application has committed anything
 */
record ClusterState(
        NavigableMap<String, TopicState> topics,
        Map<String, Short> features,
        int brokers,
        Optional<Map<String, String>> broker,
        boolean begun) {
    static final String TRANSACTIONS = "__transaction_state";
    static final String OFFSETS = "__consumer_offsets";

    /**
     * Asks the cluster.
     *
     * @param shared names of the topics that agents, service and readers share
     * @param application whose internal topics are looked at
     * @throws ExecutionException when the cluster does not answer, or refuses
     */
    static ClusterState read(Admin admin, Set<String> shared, String application)
            throws ExecutionException, InterruptedException {
        Collection<Node> nodes = admin.describeCluster().nodes().get();
        Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get().stream()
                .filter(name -> shared.contains(name)
                        || Provision.isInternal(application, name)
                        || name.equals(TRANSACTIONS)
                        || name.equals(OFFSETS))
                .collect(Collectors.toSet());
        return new ClusterState(
                topics(admin, names),
                features(admin),
                nodes.size(),
                broker(admin, nodes),
                !admin.listConsumerGroupOffsets(application)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .isEmpty());
    }

    private static NavigableMap<String, TopicState> topics(Admin admin, Set<String> names)
            throws ExecutionException, InterruptedException {
        Map<ConfigResource, Config> settings = admin.describeConfigs(names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all()
                .get();
        NavigableMap<String, TopicState> topics = new TreeMap<>();
        for (TopicDescription topic :
                admin.describeTopics(names).allTopicNames().get().values()) {
            int replicas = topic.partitions().stream()
                    .mapToInt(partition -> partition.replicas().size())
                    .min()
                    .orElse(0);
            Config config = settings.get(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()));
            topics.put(
                    topic.name(),
                    new TopicState(
                            topic.name(),
                            topic.partitions().size(),
                            replicas,
                            config == null ? Map.of() : values(config)));
        }
        return topics;
    }

    private static Map<String, Short> features(Admin admin) throws ExecutionException, InterruptedException {
        Map<String, FinalizedVersionRange> finalized =
                admin.describeFeatures().featureMetadata().get().finalizedFeatures();
        return finalized.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().maxVersionLevel()));
    }

    private static Optional<Map<String, String>> broker(Admin admin, Collection<Node> nodes)
            throws ExecutionException, InterruptedException {
        String id = nodes.iterator().next().idString();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, id);
        try {
            Map<ConfigResource, Config> told =
                    admin.describeConfigs(List.of(resource)).all().get();
            return told.values().stream().map(ClusterState::values).findFirst();
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof AuthorizationException) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static Map<String, String> values(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }
}
