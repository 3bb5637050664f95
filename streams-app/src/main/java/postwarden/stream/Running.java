package postwarden.stream;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How Kafka Streams is to run.
 *
 * @param groupProtocol see {@link GroupProtocol#name}
 * @param stores what the stores may take outside of the heap
 * @param address {@code host:port} at which this instance answers the others; empty where it does not
 * @param kafka passed on as it is, stronger than what is set here
 */
public record Running(
        String applicationId,
        String stateDir,
        int threads,
        Duration commitInterval,
        int replicationFactor,
        int standbyReplicas,
        String groupProtocol,
        RocksParams stores,
        String address,
        Map<String, String> kafka) {
    /** Bytes that one broker may send at once, packed. */
    private static final String FETCH_BYTES = "524288";

    public Running {
        kafka = Map.copyOf(kafka);
    }

    /** Where this instance answers nobody. */
    public Running(
            String applicationId,
            String stateDir,
            int threads,
            Duration commitInterval,
            int replicationFactor,
            int standbyReplicas,
            String groupProtocol,
            RocksParams stores,
            Map<String, String> kafka) {
        this(
                applicationId,
                stateDir,
                threads,
                commitInterval,
                replicationFactor,
                standbyReplicas,
                groupProtocol,
                stores,
                "",
                kafka);
    }

    /** The same, answering at this address. */
    public Running at(String advertised) {
        return new Running(
                applicationId,
                stateDir,
                threads,
                commitInterval,
                replicationFactor,
                standbyReplicas,
                groupProtocol,
                stores,
                advertised,
                kafka);
    }

    /** With the classic protocol and the standard memory. */
    public Running(
            String applicationId,
            String stateDir,
            int threads,
            Duration commitInterval,
            int replicationFactor,
            int standbyReplicas,
            Map<String, String> kafka) {
        this(
                applicationId,
                stateDir,
                threads,
                commitInterval,
                replicationFactor,
                standbyReplicas,
                GroupProtocol.CLASSIC,
                RocksParams.STANDARD,
                kafka);
    }

    /** Everything that Kafka Streams is configured with. */
    public Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbyReplicas);
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, groupProtocol);
        if (!address.isEmpty()) {
            properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address);
        }
        properties.putAll(ClientSettings.of(commitInterval, kafka));
        // What comes of it unpacked is 255 times as much at most, and cut by RecordBounds before it is queued;
        // about what max.poll.records lines need.
        properties.put("main.consumer.fetch.max.bytes", FETCH_BYTES);
        properties.put("main.consumer.max.partition.fetch.bytes", FETCH_BYTES);
        // A broker's own defaults keep a committed state on one broker.
        TopicPlan.durable(replicationFactor)
                .forEach(demand -> properties.put(StreamsConfig.topicPrefix(demand.setting()), demand.value()));
        properties.putAll(kafka);
        properties.remove("value.serializer");
        properties.remove("value.deserializer");
        return properties;
    }
}
