package postwarden.stream.check;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Whether the internal topics that are there are those that the topology needs. Kafka Streams makes the ones that are missing,
 * but takes others for good whatever they keep.
 */
final class InternalCheck {
    private static final String RESET = "`postwarden reset` begins anew";

    private InternalCheck() {}

    static List<Finding> findings(ClusterState cluster, Shape shape) {
        List<Finding> found = new ArrayList<>();
        shape.changelogs().forEach((name, partitions) -> {
            TopicState topic = cluster.topics().get(name);
            if (topic != null) {
                found.addAll(partitions(topic, partitions));
                found.addAll(policy(topic, "compact", "parts of the state are deleted by their age"));
            }
        });
        shape.repartitions().forEach((name, partitions) -> {
            TopicState topic = cluster.topics().get(name);
            if (topic != null) {
                found.addAll(partitions(topic, partitions));
                found.addAll(policy(topic, "delete", "records in flight replace each other"));
                found.addAll(endless(topic));
            }
        });
        NavigableMap<String, Integer> all = new TreeMap<>(shape.changelogs());
        all.putAll(shape.repartitions());
        all.keySet().forEach(name -> found.addAll(present(cluster, name)));
        return found;
    }

    private static List<Finding> present(ClusterState cluster, String name) {
        TopicState topic = cluster.topics().get(name);
        if (topic != null) {
            return TopicCheck.durable(topic, ClusterCheck.REPLICAS, "`postwarden provision --repair` sets it");
        }
        return cluster.begun()
                ? List.of(Finding.wrong(
                        name,
                        "it is gone although lines have been read: what it kept would silently begin empty",
                        RESET))
                : List.of();
    }

    private static List<Finding> partitions(TopicState topic, int needed) {
        return topic.partitions() == needed
                ? List.of()
                : List.of(Finding.wrong(
                        topic.name(),
                        "it has " + topic.partitions() + " partitions and the topology needs " + needed
                                + ": keys would be looked for where they are not",
                        "set stream.partitions and the lines topic's partitions as they were, or " + RESET));
    }

    private static List<Finding> policy(TopicState topic, String needed, String otherwise) {
        String policy = topic.setting("cleanup.policy");
        return policy.equals(needed)
                ? List.of()
                : List.of(Finding.wrong(
                        topic.name(),
                        "cleanup.policy is " + policy + " and must be " + needed + ": " + otherwise,
                        "what it kept may be gone: set it, or " + RESET));
    }

    private static List<Finding> endless(TopicState topic) {
        String retention = topic.setting("retention.ms");
        return retention.equals("-1")
                ? List.of()
                : List.of(Finding.wrong(
                        topic.name(),
                        "retention.ms is " + retention + " and must be -1: what is in flight is deleted by its age",
                        "`kafka-configs.sh --alter` sets it"));
    }
}
