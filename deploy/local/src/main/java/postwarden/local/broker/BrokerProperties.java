package postwarden.local.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The configuration of a broker that is alone and small: one node, loopback only, no copies of anything. */
final class BrokerProperties {
    static final String LOOPBACK = "127.0.0.1";
    static final String CONTROLLER = "CONTROLLER";
    static final int NODE = 1;

    /** Threads of each kind, where Kafka's defaults are made for a server of its own (8 to 10). */
    private static final String FEW_THREADS = "2";

    /** Partitions of internal topics, where Kafka's default is 50: each costs files, and a second at every start. */
    private static final String FEW_PARTITIONS = "4";

    /** Bytes for the cleaner's map of keys, where Kafka's default takes 128 MiB of the heap: enough for 150,000 keys. */
    private static final String SMALL_CLEANER = "4194304";

    /** Bytes set aside for a segment's index, where Kafka's default of 10 MiB makes a small directory look huge. */
    private static final String SMALL_INDEX = "1048576";

    private BrokerProperties() {}

    static Properties of(Path directory, int clientPort, int controllerPort) {
        Properties properties = new Properties();
        properties.putAll(node(directory, clientPort, controllerPort));
        properties.putAll(alone());
        properties.putAll(small());
        return properties;
    }

    // Voters in the configuration and not in the log: the controller's port may be another after a restart.
    private static Map<String, String> node(Path directory, int clientPort, int controllerPort) {
        String controller = LOOPBACK + ":" + controllerPort;
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                String.valueOf(NODE),
                "controller.quorum.voters",
                NODE + "@" + controller,
                "listeners",
                "PLAINTEXT://" + LOOPBACK + ":" + clientPort + "," + CONTROLLER + "://" + controller,
                "controller.listener.names",
                CONTROLLER,
                "log.dirs",
                directory.toString());
    }

    private static Map<String, String> alone() {
        return Map.of(
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                // A group of one member need not wait for others; Kafka's default of 3 s is spent at every start.
                "group.initial.rebalance.delay.ms", "0",
                // A killed writer's open transaction hides all that stands behind it; Kafka's default looks every 10 s.
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
                // Topics are made with their settings, or not at all: a wrong name must not become a topic.
                "auto.create.topics.enable", "false");
    }

    private static Map<String, String> small() {
        return Map.of(
                "offsets.topic.num.partitions", FEW_PARTITIONS,
                "transaction.state.log.num.partitions", FEW_PARTITIONS,
                "share.coordinator.state.topic.num.partitions", FEW_PARTITIONS,
                "log.cleaner.dedupe.buffer.size", SMALL_CLEANER,
                "log.index.size.max.bytes", SMALL_INDEX,
                "num.io.threads", FEW_THREADS,
                "num.network.threads", FEW_THREADS,
                "background.threads", FEW_THREADS);
    }
}
