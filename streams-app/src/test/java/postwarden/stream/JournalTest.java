package postwarden.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.stream.codec.Codec;

/** Two memories and their journal against plain maps, over RocksDB, started again at any commit; seeds are printed. */
class JournalTest {
    private static final int MEMORIES = 2;
    private static final long ROOM = 1 << 20;
    /** Bytes of a value on the heap, about. */
    private static final long VALUE = 180;

    private final List<KeyValueStore<Bytes, byte[]>> stores = new ArrayList<>();

    @BeforeEach
    void open(@TempDir Path state) {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>(
                new Running(
                                "journal",
                                state.toString(),
                                1,
                                Duration.ofMillis(200),
                                1,
                                0,
                                Map.of("bootstrap.servers", "localhost:9092"))
                        .properties(),
                new TaskId(0, 0),
                state.toFile());
        for (String name : List.of("journal", "first", "second")) {
            KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                    .withLoggingDisabled()
                    .withCachingDisabled()
                    .build();
            store.init(context.getStateStoreContext(), store);
            stores.add(store);
        }
    }

    @AfterEach
    void close() {
        stores.forEach(KeyValueStore::close);
    }

    /** Memories of one life of a task. */
    private final class Life {
        private final Journal journal;
        private final List<StoreMemory<String, String>> memories = new ArrayList<>();

        Life(int slots, int onHeap) {
            this(slots, onHeap, ROOM);
        }

        Life(int slots, int onHeap, long room) {
            journal = new Journal(stores.get(0), new Journal.Bounds(slots, room, onHeap * VALUE, slots / 2), () -> 0);
            for (int i = 0; i < MEMORIES; i++) {
                memories.add(journal.keep(stores.get(i + 1), Codec.TEXT, Codec.TEXT));
            }
            journal.restore();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void whatever_was_committed_is_there_whenever_a_task_starts_again(int slots) {
        for (long seed = 0; seed < 20; seed++) {
            // Given
            Random random = new Random(seed);
            List<Map<String, String>> expected = List.of(new HashMap<>(), new HashMap<>());
            long room = seed % 2 == 0 ? ROOM : 100 + random.nextInt(2000);
            Life life = new Life(slots, 1 + random.nextInt(20), room);
            life.memories.forEach(JournalTest::remove);
            life.journal.commit();

            // When
            for (int step = 0; step < 3000; step++) {
                int which = random.nextInt(MEMORIES);
                String key = "key" + random.nextInt(30);
                switch (random.nextInt(12)) {
                    case 0, 1 -> {
                        life.memories.get(which).remove(key);
                        expected.get(which).remove(key);
                    }
                    case 2, 3, 4, 5 -> {
                        life.memories.get(which).put(key, "value" + step);
                        expected.get(which).put(key, "value" + step);
                    }
                    case 6, 7 -> life.journal.commit();
                    case 8 -> {
                        if (random.nextInt(10) == 0) {
                            life.journal.commit();
                            // Sometimes with another configuration.
                            int others = random.nextInt(4) == 0 ? slots + 1 : slots;
                            life = new Life(others, 1 + random.nextInt(20), room);
                        }
                    }
                    default ->
                        assertThat(life.memories.get(which).get(key))
                                .as("seed %d, step %d", seed, step)
                                .isEqualTo(
                                        Optional.ofNullable(expected.get(which).get(key)));
                }
            }

            // Then
            life.journal.commit();
            Life next = new Life(slots, 5);
            for (int which = 0; which < MEMORIES; which++) {
                assertThat(all(next.memories.get(which))).as("seed %d", seed).isEqualTo(expected.get(which));
            }
        }
    }

    @Test
    void what_was_not_committed_is_forgotten_by_a_restart() {
        // Given
        Life life = new Life(4, 10);
        life.memories.get(0).put("key", "committed");
        life.journal.commit();
        life.memories.get(0).put("key", "not committed");
        life.memories.get(1).put("other", "not committed");

        // When
        Life next = new Life(4, 10);

        // Then
        assertThat(next.memories.get(0).get("key")).contains("committed");
        assertThat(next.memories.get(1).get("other")).isEmpty();
    }

    @Test
    void what_comes_and_goes_within_the_journal_never_reaches_its_store() {
        // Given
        Life life = new Life(4, 1000);

        // When
        for (int commit = 0; commit < 100; commit++) {
            life.memories.get(0).put("session" + commit, "open");
            life.memories.get(0).remove("session" + (commit - 2));
            life.journal.commit();
        }

        // Then
        assertThat(stores.get(1).approximateNumEntries()).isZero();
    }

    @Test
    void only_what_changes_again_soon_stays_an_object() {
        // Given a value that was written once and waits as bytes
        Life life = new Life(8, 1000);
        StoreMemory<String, String> memory = life.memories.get(0);
        memory.put("busy", "first");
        life.journal.commit();

        // When it is read and changed again, with another behind it that fills the record
        String second = memory.get("busy").orElseThrow() + " and second";
        String large = "x".repeat(300_000);
        memory.put("busy", second);
        memory.put("rare", large);
        life.journal.commit();

        // Then
        assertThat(memory.get("busy").orElseThrow()).isSameAs(second);
        assertThat(memory.get("rare").orElseThrow()).isEqualTo(large).isNotSameAs(large);
    }

    @Test
    void more_than_a_record_holds_is_in_several() {
        // Given
        Life life = new Life(4, 1000);
        String large = "x".repeat(100_000);
        for (int i = 0; i < 50; i++) {
            life.memories.get(0).put("key" + i, large);
        }

        // When
        life.journal.commit();

        // Then
        stores.get(0)
                .all()
                .forEachRemaining(record -> assertThat(record.value.length).isLessThan(400_000));
        assertThat(all(new Life(4, 1000).memories.get(0))).hasSize(50);
    }

    @Test
    void a_journal_takes_no_more_than_its_room() {
        // Given
        Life life = new Life(64, 1000, 50_000);

        // When
        for (int commit = 0; commit < 100; commit++) {
            life.memories.get(0).put("key" + commit, "x".repeat(2_000));
            life.journal.commit();
        }

        // Then
        long[] size = {0};
        stores.get(0).all().forEachRemaining(record -> size[0] += record.value.length);
        assertThat(size[0]).isBetween(40_000L, 50_000L);
        assertThat(all(new Life(64, 1000, 50_000).memories.get(0))).hasSize(100);
    }

    private static void remove(StoreMemory<String, String> memory) {
        all(memory).keySet().forEach(memory::remove);
    }

    private static Map<String, String> all(StoreMemory<String, String> memory) {
        Map<String, String> all = new HashMap<>();
        memory.forEach(all::put);
        return all;
    }
}
