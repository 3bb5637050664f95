package postwarden.producer.publish;

import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.Utils;

/**
 * Chooses a host's partition as Kafka's producer does by itself (murmur2 of the key), and notes it in the record: who shares out the
 * window has to know it before anything is acknowledged. Public because Kafka makes it, by its name.
 */
public final class HostPartitioner implements Partitioner {
    /** To be made by Kafka. */
    public HostPartitioner() {}

    @Override
    public void configure(Map<String, ?> configs) {
        // Nothing about it can be chosen: a host's lines must not move.
    }

    @Override
    public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
        int partition = Utils.toPositive(Utils.murmur2(keyBytes)) % cluster.partitionCountForTopic(topic);
        if (value instanceof InFlight record) {
            record.goesTo(partition);
        }
        return partition;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
