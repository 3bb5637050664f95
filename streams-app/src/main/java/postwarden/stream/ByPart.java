package postwarden.stream;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;
import postwarden.tally.Key;

/** Sends a batch to the partition that its key names, and says which partition a watched key belongs to. */
public final class ByPart implements StreamPartitioner<byte[], byte[]> {
    private static final Hasher64 HASHER = Hashing.wyhashFinal4();
    /** Knuth, multiplicative hashing by the golden ratio. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] name, byte[] value, int partitions) {
        return Optional.of(Set.of(ByteBuffer.wrap(name).getInt()));
    }

    /** The key of a batch for this partition. Bytes, because a key that a serde refuses could not be put aside. */
    static byte[] name(int part) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(part).array();
    }

    /** The partition of a key; asked for every tally, so it makes no bytes of the key. */
    public static int of(Key key, int partitions) {
        long watch = key.tenant().hashCode() * 31L + key.watch().id();
        long hash = HASHER.hashCharsToLong(key.name()) ^ watch * SPREAD;
        return (int) Math.floorMod(hash ^ (hash >>> Integer.SIZE), (long) partitions);
    }
}
