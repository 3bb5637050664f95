package postwarden.stream;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.streams.processor.StreamPartitioner;
import postwarden.stream.codec.StateCodecs;
import postwarden.tally.Key;

/** Sends a batch to the partition that its key names, and says which partition a watched key belongs to. */
final class ByPart implements StreamPartitioner<byte[], byte[]> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] name, byte[] value, int partitions) {
        return Optional.of(Set.of(ByteBuffer.wrap(name).getInt()));
    }

    /** The key of a batch for this partition. Bytes, because a key that a serde refuses could not be put aside. */
    static byte[] name(int part) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(part).array();
    }

    /** The partition of a key: Kafka's own for its stored form, so that any client can find it. */
    static int of(Key key, int partitions) {
        return BuiltInPartitioner.partitionForKey(StateCodecs.KEY.encode().apply(key), partitions);
    }
}
