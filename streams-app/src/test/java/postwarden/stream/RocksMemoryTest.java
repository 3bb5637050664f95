package postwarden.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topology's own stores on the disk, with much more in them than the memory that they share. */
class RocksMemoryTest {
    private static final int MIB = 1 << 20;
    private static final RocksParams SMALL = new RocksParams(16, 4, 10, 8, 2);
    private static final List<String> STORES = List.of(Stores.SEEN, Stores.QUEUE, Stores.TALLIES, Stores.KEYS);
    /** The limit is not strict: an eighth is room for what is pinned and read at that moment. There is twice as much to hold. */
    private static final long LIMIT = (long) SMALL.memoryMib() * MIB * 9 / 8;

    private static final int KEYS = 20_000;
    private static final int VALUE_BYTES = 400;
    private static final Map<String, String> KAFKA =
            Map.of("bootstrap.servers", "localhost:9092", "schema.registry.url", "mock://rocks");

    @Test
    void all_stores_share_one_limit(@TempDir Path folder) {
        // Given
        long seed = Long.getLong("postwarden.seed", System.nanoTime());
        Properties properties =
                new Running("rocks", folder.toString(), 1, Duration.ofMillis(200), 1, 0, KAFKA).properties();
        try (RocksMemory memory = new RocksMemory(SMALL)) {
            memory.into(properties);
            try (TopologyTestDriver driver = driver(properties)) {
                // When
                STORES.forEach(store -> fill(driver.getKeyValueStore(store), new Random(seed)));
                long found = STORES.stream()
                        .mapToLong(store -> found(driver.getKeyValueStore(store), new Random(seed)))
                        .sum();

                // Then
                assertThat(found).as("seed " + seed).isEqualTo((long) KEYS * STORES.size());
                assertThat(metrics(driver, "block-cache-capacity"))
                        .hasSizeGreaterThanOrEqualTo(STORES.size())
                        .containsOnly((long) SMALL.memoryMib() * MIB);
                assertThat(metrics(driver, "block-cache-usage")).allMatch(usage -> usage > MIB && usage <= LIMIT);
                assertThat(metrics(driver, "size-all-mem-tables").stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .isPositive()
                        .isLessThanOrEqualTo((long) SMALL.memoryMib() * MIB);
            }
        }
    }

    private static TopologyTestDriver driver(Properties properties) {
        return new TopologyTestDriver(
                new MailTopology(Driven.settings(), new Meters(new SimpleMeterRegistry()))
                        .build(properties, TopicFormats.of(KAFKA)),
                properties);
    }

    private static List<Long> metrics(TopologyTestDriver driver, String name) {
        return driver.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name))
                .map(metric -> ((Number) metric.getValue().metricValue()).longValue())
                .toList();
    }

    private static void fill(KeyValueStore<Bytes, byte[]> store, Random lot) {
        byte[] value = new byte[VALUE_BYTES];
        for (int i = 0; i < KEYS; i++) {
            Bytes key = key(lot.nextLong());
            lot.nextBytes(value);
            store.put(key, value.clone());
        }
    }

    private static long found(KeyValueStore<Bytes, byte[]> store, Random lot) {
        byte[] value = new byte[VALUE_BYTES];
        long found = 0;
        for (int i = 0; i < KEYS; i++) {
            Bytes key = key(lot.nextLong());
            lot.nextBytes(value);
            found += Arrays.equals(value, store.get(key)) ? 1 : 0;
        }
        return found;
    }

    private static Bytes key(long number) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }
}
