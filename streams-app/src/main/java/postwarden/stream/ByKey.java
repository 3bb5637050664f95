package postwarden.stream;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.streams.processor.StreamPartitioner;
import postwarden.stream.codec.TallyRecord;

/** Sends a key's tallies to its partition, and the word how far a host has come to every partition. */
final class ByKey implements StreamPartitioner<byte[], byte[]> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int partitions) {
        if (TallyRecord.isPassedKey(key)) {
            return Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
        }
        return Optional.of(Set.of(BuiltInPartitioner.partitionForKey(key, partitions)));
    }
}
