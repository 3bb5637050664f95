package postwarden.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.stream.codec.Codec;

/** Against a plain map, over a store of Kafka Streams; seeds are fixed. */
class StoreMemoryTest {
    /** Bytes: of some five values. */
    private static final long ON_HEAP = 900;

    private KeyValueStore<Bytes, byte[]> store = emptyStore();

    @BeforeEach
    void open(@TempDir Path state) {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>(
                new Running(
                                "store",
                                state.toString(),
                                1,
                                java.time.Duration.ofMillis(200),
                                1,
                                0,
                                Map.of("bootstrap.servers", "localhost:9092"))
                        .properties(),
                new org.apache.kafka.streams.processor.TaskId(0, 0),
                state.toFile());
        store.init(context.getStateStoreContext(), store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void it_is_a_map_whatever_is_on_the_heap_and_whenever_it_is_flushed() {
        Random random = new Random(1);
        Map<String, String> expected = new HashMap<>();
        StoreMemory<String, String> memory = memory();
        for (int step = 0; step < 20_000; step++) {
            String key = "key" + random.nextInt(20);
            switch (random.nextInt(10)) {
                case 0 -> {
                    memory.remove(key);
                    expected.remove(key);
                }
                case 1, 2, 3 -> {
                    memory.put(key, "value" + step);
                    expected.put(key, "value" + step);
                }
                case 4 -> memory.flush(ON_HEAP);
                case 5 -> {
                    memory.flush(ON_HEAP);
                    memory = memory();
                }
                default ->
                    assertThat(memory.get(key)).as("step %d", step).isEqualTo(Optional.ofNullable(expected.get(key)));
            }
        }
        assertThat(all(memory)).isEqualTo(expected);
    }

    @Test
    void nothing_is_written_before_a_flush_and_each_value_once() {
        // Given
        StoreMemory<String, String> memory = memory();
        memory.put("key", "first");
        memory.put("key", "second");

        // Then
        assertThat(store.get(bytes("key"))).isNull();
        memory.flush(ON_HEAP);
        assertThat(store.get(bytes("key"))).isEqualTo("second".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void what_was_not_flushed_is_forgotten_by_a_restart() {
        // Given
        StoreMemory<String, String> memory = memory();
        memory.put("key", "flushed");
        memory.flush(ON_HEAP);
        memory.put("key", "not flushed");
        memory.put("other", "not flushed");

        // When
        StoreMemory<String, String> restarted = memory();

        // Then
        assertThat(restarted.get("key")).contains("flushed");
        assertThat(restarted.get("other")).isEmpty();
    }

    private StoreMemory<String, String> memory() {
        return new StoreMemory<>(store, Codec.TEXT, Codec.TEXT);
    }

    private static Map<String, String> all(StoreMemory<String, String> memory) {
        Map<String, String> all = new HashMap<>();
        memory.forEach(all::put);
        return all;
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(Codec.TEXT.encode(text));
    }

    private static KeyValueStore<Bytes, byte[]> emptyStore() {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                        org.apache.kafka.streams.state.Stores.inMemoryKeyValueStore("store"),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
    }
}
