package postwarden.stream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import postwarden.stream.codec.Codec;
import postwarden.tally.Packer;
import postwarden.tally.Unpacker;

/**
 * All that the memories of one task changed between two commits, in a few large records instead of one for each value: a
 * record to a changelog costs more than most values do, and most values change again or vanish within seconds. The records of
 * the last commits stand in a ring of slots; before a slot is used again, or the ring takes too much room, what it holds and
 * what has not changed since is written to its own store. So the stores and behind them the journal, in order, are always the
 * truth of the last commit.
 */
final class Journal {
    private static final int VERSION = 2;
    /** The first version did not say when a commit was. */
    private static final int SAYS_WHEN = 2;
    /**
     * Bytes after which a record is closed: a quarter of what a broker accepts by default, before compression; arrays of half a
     * mebibyte and more have regions of their own in a small heap, and each is a step towards a collection of everything.
     */
    private static final int RECORD_BYTES = 256 * 1024;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Bounds bounds;
    private final LongSupplier clock;
    private final List<StoreMemory<?, ?>> memories = new ArrayList<>();
    private final Map<String, Recent<?>> recent = new HashMap<>();
    private Optional<Shared> shared = Optional.empty();
    /** Records of each slot. */
    private final int[] records;
    /** Bytes of each slot, and of all. */
    private final long[] bytes;

    private long size;
    /** The first commit that has not rested. */
    private long oldest;

    private long commit;
    private final Packer out = new Packer(RECORD_BYTES);

    /**
     * How much is kept.
     *
     * @param slots commits of which the records are kept, >= 1
     * @param room bytes that they may take; the last commit's are kept even where they are more
     * @param heapRoom bytes of values at rest that all memories may keep on the heap
     * @param busy commits between two changes of a value, at most, for it to stay an object
     */
    record Bounds(int slots, long room, long heapRoom, int busy) {}

    /** @param clock milliseconds of the wall clock, which only tell a reader of a copy how old that is */
    Journal(KeyValueStore<Bytes, byte[]> store, Bounds bounds, LongSupplier clock) {
        this.store = store;
        this.bounds = bounds;
        this.clock = clock;
        records = new int[bounds.slots];
        bytes = new long[bounds.slots];
    }

    /** A memory whose changes go through this journal; always the same ones in the same order. */
    <K, V> StoreMemory<K, V> keep(KeyValueStore<Bytes, byte[]> values, Codec<K> keyCodec, Codec<V> valueCodec) {
        StoreMemory<K, V> memory = new StoreMemory<>(values, keyCodec, valueCodec, bounds.busy, Optional.empty());
        memories.add(memory);
        return memory;
    }

    /** The same, where readers of other threads find each value from its commit on. */
    <K, V> StoreMemory<K, V> keepShared(KeyValueStore<Bytes, byte[]> values, Codec<K> keyCodec, Codec<V> valueCodec) {
        Recent<K> younger = new Recent<>();
        recent.put(values.name(), younger);
        StoreMemory<K, V> memory = new StoreMemory<>(values, keyCodec, valueCodec, bounds.busy, Optional.of(younger));
        memories.add(memory);
        return memory;
    }

    /** What readers of other threads may see from now on, when everything is restored. */
    Shared share(int part) {
        Shared seen = new Shared(part, recent);
        shared = Optional.of(seen);
        return seen;
    }

    /** Gives the memories back what the journal holds; once, when all are there. */
    void restore() {
        TreeMap<Long, List<byte[]>> commits = new TreeMap<>();
        List<Bytes> names = new ArrayList<>();
        boolean fits = true;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> record = all.next();
                long number = number(record.value);
                names.add(record.key);
                commits.computeIfAbsent(number, n -> new ArrayList<>()).add(record.value);
                fits &= slot(record.key) == number % bounds.slots;
            }
        }
        commits.forEach((number, values) -> values.forEach(this::restore));
        commit = commits.isEmpty() ? 0 : commits.lastKey() + 1;
        oldest = commits.isEmpty() ? 0 : commits.firstKey();
        if (fits) {
            commits.forEach((number, values) -> values.forEach(value -> wrote((int) (number % bounds.slots), value)));
        } else {
            oldest = commit;
            // Written with another number of slots.
            commits.keySet().forEach(number -> memories.forEach(memory -> memory.rested(number)));
            names.forEach(store::delete);
        }
    }

    /** Writes what changed since the last commit. */
    void commit() {
        boolean changed = false;
        for (StoreMemory<?, ?> memory : memories) {
            changed |= memory.changed() > 0;
        }
        if (changed) {
            write((int) (commit % bounds.slots));
            while (oldest < commit && (oldest <= commit - bounds.slots || size > bounds.room)) {
                rest();
            }
            commit++;
        }
        letGo();
    }

    /** Bytes of all its records. */
    long bytes() {
        return size;
    }

    /** Bytes of values at rest that all memories keep on the heap. */
    long heldBytes() {
        long held = 0;
        for (StoreMemory<?, ?> memory : memories) {
            held += memory.restedBytes();
        }
        return held;
    }

    /** Of what all memories keep too much of, each lets go as large a share. */
    private void letGo() {
        long held = heldBytes();
        if (held > bounds.heapRoom) {
            double over = 1 - (double) bounds.heapRoom / held;
            memories.forEach(memory -> memory.letGo((long) Math.ceil(memory.restedBytes() * over)));
        }
    }

    /** Has the oldest commit rest, and deletes what the commit being written has not taken the place of. */
    private void rest() {
        memories.forEach(memory -> memory.rested(oldest));
        int slot = (int) (oldest % bounds.slots);
        if (slot != commit % bounds.slots) {
            delete(slot, 0, records[slot]);
            forget(slot);
        }
        oldest++;
    }

    private void write(int slot) {
        int before = records[slot];
        forget(slot);
        begin();
        for (int i = 0; i < memories.size(); i++) {
            memories.get(i).journal(commit, i, out, () -> closeFull(slot));
        }
        close(slot);
        delete(slot, records[slot], before);
        shared.ifPresent(seen -> seen.commit(() -> memories.forEach(StoreMemory::share)));
    }

    private void closeFull(int slot) {
        if (out.size() >= RECORD_BYTES) {
            close(slot);
            begin();
        }
    }

    private void close(int slot) {
        byte[] record = out.packed();
        memories.forEach(memory -> memory.bind(record));
        store.put(name(slot, records[slot]), record);
        wrote(slot, record);
    }

    private void wrote(int slot, byte[] record) {
        records[slot]++;
        bytes[slot] += record.length;
        size += record.length;
    }

    private void forget(int slot) {
        size -= bytes[slot];
        bytes[slot] = 0;
        records[slot] = 0;
    }

    private void delete(int slot, int from, int to) {
        for (int record = from; record < to; record++) {
            store.delete(name(slot, record));
        }
    }

    private void begin() {
        out.clear().number(VERSION).number(commit).number(clock.getAsLong());
    }

    private void restore(byte[] record) {
        Unpacker in = new Unpacker(record);
        Head head = Head.read(in);
        while (in.hasMore()) {
            int memory = (int) in.number();
            if (memory < 0 || memory >= memories.size()) {
                throw new IllegalArgumentException("a journal's record names memory " + memory);
            }
            memories.get(memory).restore(head.commit(), record, in);
        }
    }

    private static long number(byte[] record) {
        return Head.read(new Unpacker(record)).commit();
    }

    /**
     * What each record begins with.
     *
     * @param millis when it was written, since 1970; 0 where it does not say
     */
    record Head(long commit, long millis) {
        /** @throws IllegalArgumentException when it is of a newer release */
        static Head read(Unpacker in) {
            int version = in.version("a journal's record", VERSION);
            return new Head(in.number(), version >= SAYS_WHEN ? in.number() : 0);
        }
    }

    private static int slot(Bytes name) {
        return ByteBuffer.wrap(name.get()).getShort();
    }

    static Bytes name(int slot, int record) {
        return Bytes.wrap(ByteBuffer.allocate(4)
                .putShort((short) slot)
                .putShort((short) record)
                .array());
    }
}
