package postwarden.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import postwarden.tally.Unpacker;

/**
 * What a journal holds, for who is not its task: on an instance that keeps a copy, and of stores whose rows no task shares. To
 * be looked at before the store, as {@link Recent} is.
 */
public final class JournalCopy {
    /** Slots that a journal may have at most; one that was set up otherwise is read too. */
    private static final int MOST_SLOTS = 1000;

    private final List<Map<Bytes, Slice>> memories = new ArrayList<>();
    private long millis;

    private JournalCopy(int count) {
        for (int i = 0; i < count; i++) {
            memories.add(new HashMap<>());
        }
    }

    /** @param count how many memories the journal keeps */
    public static JournalCopy of(ReadOnlyKeyValueStore<Bytes, byte[]> journal, int count) {
        TreeMap<Long, List<byte[]>> commits = new TreeMap<>();
        // By name, because an iterator of a store in memory goes through a map that another thread changes.
        for (int slot = 0; slot < MOST_SLOTS; slot++) {
            int number = 0;
            for (byte[] record = get(journal, slot, number); record != null; record = get(journal, slot, ++number)) {
                long commit = Journal.Head.read(new Unpacker(record)).commit();
                commits.computeIfAbsent(commit, c -> new ArrayList<>()).add(record);
            }
        }
        JournalCopy copy = new JournalCopy(count);
        commits.values().forEach(records -> records.forEach(copy::add));
        return copy;
    }

    /** When the youngest commit was written; {@link Instant#EPOCH} where nothing says so. */
    public Instant written() {
        return Instant.ofEpochMilli(millis);
    }

    /** The row of the memory with this number ({@link Stores}), when it is younger than the store's. */
    public Optional<Recent.Row> get(int memory, byte[] key) {
        return Optional.ofNullable(memories.get(memory).get(Bytes.wrap(key))).map(Recent::row);
    }

    /** All rows of a memory that are younger than the store's. */
    public void forEach(int memory, BiConsumer<byte[], Recent.Row> visitor) {
        memories.get(memory).forEach((key, slice) -> visitor.accept(key.get(), Recent.row(slice)));
    }

    private void add(byte[] record) {
        Unpacker in = new Unpacker(record);
        millis = Math.max(millis, Journal.Head.read(in).millis());
        while (in.hasMore()) {
            int memory = (int) in.number();
            if (memory < 0 || memory >= memories.size()) {
                throw new IllegalArgumentException("a journal's record names memory " + memory);
            }
            Bytes key = Bytes.wrap(in.bytes());
            if (in.flag()) {
                memories.get(memory).put(key, Slice.within(record, in.at()));
                in.skip();
            } else {
                memories.get(memory).put(key, Slice.NOTHING);
            }
        }
    }

    private static byte @Nullable [] get(ReadOnlyKeyValueStore<Bytes, byte[]> journal, int slot, int number) {
        return journal.get(Journal.name(slot, number));
    }
}
