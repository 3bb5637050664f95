package postwarden.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import postwarden.stream.codec.Codec;

/** One memory with its journal over RocksDB as a task has them, of which the rows are shared; written by one thread. */
public final class SharedJournal implements AutoCloseable {
    private static final String NAME = "rows";
    private static final long ROOM = 1 << 20;

    private final KeyValueStore<Bytes, byte[]> journalStore;
    private final KeyValueStore<Bytes, byte[]> store;
    private final int slots;
    private Journal journal;
    private StoreMemory<String, String> memory;
    private Shared shared;

    public SharedJournal(Path state, int slots) {
        this.slots = slots;
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>(
                new Running(
                                "shared",
                                state.toString(),
                                1,
                                Duration.ofMillis(200),
                                1,
                                0,
                                Map.of("bootstrap.servers", "localhost:9092"))
                        .properties(),
                new TaskId(0, 0),
                state.toFile());
        journalStore = open(context, "journal", true);
        store = open(context, NAME, false);
        begin();
    }

    private static KeyValueStore<Bytes, byte[]> open(
            MockProcessorContext<Void, Void> context, String name, boolean inMemory) {
        KeyValueStore<Bytes, byte[]> opened = Stores.keyValueStoreBuilder(
                        inMemory ? Stores.inMemoryKeyValueStore(name) : Stores.persistentKeyValueStore(name),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        opened.init(context.getStateStoreContext(), opened);
        return opened;
    }

    /** As a task does when it starts, or starts again. */
    public void begin() {
        journal = new Journal(journalStore, new Journal.Bounds(slots, ROOM, 2000, 1), System::currentTimeMillis);
        memory = journal.keepShared(store, Codec.TEXT, Codec.TEXT);
        journal.restore();
        shared = journal.share(0);
    }

    public void put(String key, String value) {
        memory.put(key, value);
    }

    public void remove(String key) {
        memory.remove(key);
    }

    public void commit() {
        journal.commit();
    }

    public KeyValueStore<Bytes, byte[]> store() {
        return store;
    }

    public KeyValueStore<Bytes, byte[]> journalStore() {
        return journalStore;
    }

    public Shared shared() {
        return shared;
    }

    /** Where readers look first. */
    public Recent<String> recent() {
        return shared.<String>recent(NAME).orElseThrow();
    }

    @Override
    public void close() {
        journalStore.close();
        store.close();
    }
}
