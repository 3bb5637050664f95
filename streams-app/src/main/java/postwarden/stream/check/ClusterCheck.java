package postwarden.stream.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postwarden.stream.TopicPlan;

/** Whether the cluster itself can do what exactly-once rests on: Kafka's own topics, its features and its brokers. */
final class ClusterCheck {
    /** The copies of a record of which one may be lost with a broker while another is away. */
    static final int REPLICAS = 3;

    /** Since this level a message of a dead instance cannot end another one's transaction (KIP-890). */
    private static final short TRANSACTIONS_OF_ONE_EPOCH = 2;

    private ClusterCheck() {}

    static List<Finding> findings(ClusterState cluster, Map<String, String> kafka) {
        List<Finding> found = new ArrayList<>();
        feature(cluster, "transaction.version", TRANSACTIONS_OF_ONE_EPOCH)
                .map(why -> Finding.unsafe(
                        "cluster",
                        why + ": a late message of a dead instance may end the transaction of the next",
                        "`kafka-features.sh upgrade --feature transaction.version=2`"))
                .ifPresent(found::add);
        if ("streams".equals(kafka.get("group.protocol"))) {
            feature(cluster, "streams.version", (short) 1)
                    .map(why -> Finding.wrong(
                            "cluster",
                            why + ": kafka.group.protocol = streams asks for it",
                            "`kafka-features.sh upgrade --feature streams.version=1`, or leave the setting out"))
                    .ifPresent(found::add);
        }
        if (cluster.brokers() < REPLICAS) {
            found.add(Finding.unsafe(
                    "cluster",
                    "it has " + cluster.brokers() + " brokers and needs " + REPLICAS
                            + ": what one of them acknowledged is lost with it",
                    "add brokers"));
        }
        kafkas(cluster, ClusterState.TRANSACTIONS, "transaction.state.log.replication.factor", found);
        kafkas(cluster, ClusterState.OFFSETS, "offsets.topic.replication.factor", found);
        return found;
    }

    /** One of Kafka's own topics, or, before its first use, what the brokers will make it with. */
    private static void kafkas(ClusterState cluster, String topic, String setting, List<Finding> found) {
        TopicState made = cluster.topics().get(topic);
        if (made != null) {
            found.addAll(TopicCheck.durable(made, REPLICAS, "`kafka-configs.sh --alter` sets it"));
            return;
        }
        if (cluster.broker().isEmpty()) {
            found.add(new Finding(
                    Finding.Weight.UNTOLD,
                    topic,
                    "the cluster does not tell how many copies it has",
                    "see that they are " + REPLICAS + ", or allow DescribeConfigs on the cluster"));
            return;
        }
        Map<String, String> broker = cluster.broker().get();
        String replicas = broker.getOrDefault(setting, "0");
        TopicPlan.Demand demand = new TopicPlan.Demand(
                setting, TopicPlan.Bound.AT_LEAST, String.valueOf(REPLICAS), "commits are lost with one broker");
        demand.breach(replicas)
                .map(why -> Finding.unsafe("brokers", why, "set it before " + topic + " is made"))
                .ifPresent(found::add);
        if (topic.equals(ClusterState.TRANSACTIONS)) {
            new TopicPlan.Demand(
                            "transaction.state.log.min.isr",
                            TopicPlan.Bound.AT_LEAST,
                            TopicPlan.inSync(REPLICAS),
                            "commits are lost with one broker")
                    .breach(broker.getOrDefault("transaction.state.log.min.isr", "0"))
                    .map(why -> Finding.unsafe("brokers", why, "set it before " + topic + " is made"))
                    .ifPresent(found::add);
        }
    }

    private static Optional<String> feature(ClusterState cluster, String name, short least) {
        short level = cluster.features().getOrDefault(name, (short) 0);
        return level >= least
                ? Optional.empty()
                : Optional.of("its " + name + " is " + level + " and must be at least " + least);
    }
}
