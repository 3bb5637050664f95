package postwarden.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import postwarden.correlate.Memory;
import postwarden.stream.codec.Codec;
import postwarden.tally.Packer;
import postwarden.tally.Unpacker;

/**
 * A memory whose recent values are on the heap and whose truth is a changelogged store. What changed between two commits is
 * written with the second, either each value to the store ({@link #flush}) or all of them into the task's {@link Journal},
 * which has each written to the store when it has rested. What is written stays on the heap as its bytes, in the journal's
 * record or by itself, which take a fifth of what its objects do, and is an object again when it is asked for; only what
 * changes again soon stays one. A crash forgets the heap and the uncommitted input alike.
 */
final class StoreMemory<K, V> implements Memory<K, V> {
    private final KeyValueStore<Bytes, byte[]> store;
    private final Codec<K> keys;
    private final Codec<V> values;
    private final int busy;
    private final Heap<K, V> heap = new Heap<>();
    private final List<Held<K, V>> changed = new ArrayList<>();
    /** By the commit in which they were written into the journal. */
    private final Map<Long, List<Held<K, V>>> journalled = new HashMap<>();

    /** Read since the last commit, and bytes before that. */
    private final List<Held<K, V>> opened = new ArrayList<>();

    /** Where readers of other threads find what is not in the store yet; nothing where nobody asks. */
    private final Optional<Recent<K>> recent;
    /** Written into the journal's record that is open. */
    private final List<Held<K, V>> unbound = new ArrayList<>();
    /** To be shared with the commit that is being written. */
    private final List<Held<K, V>> bound = new ArrayList<>();

    private final StoredKeys stored;
    /** Where {@link #some} goes on. */
    private Optional<Bytes> nextSeen = Optional.empty();

    /** One without a journal, that nobody else reads. */
    StoreMemory(KeyValueStore<Bytes, byte[]> store, Codec<K> keys, Codec<V> values) {
        this(store, keys, values, 0, Optional.empty());
    }

    /**
     * @param busy commits between two changes of a value, at most, for it to stay an object behind a {@link #journal}
     * @param recent where readers of other threads shall find what is not in the store yet
     */
    StoreMemory(
            KeyValueStore<Bytes, byte[]> store, Codec<K> keys, Codec<V> values, int busy, Optional<Recent<K>> recent) {
        this.store = store;
        this.keys = keys;
        this.values = values;
        this.busy = busy;
        this.recent = recent;
        stored = StoredKeys.of(store);
    }

    @Override
    public Optional<V> get(K key) {
        Optional<Held<K, V>> held = heap.find(key);
        if (held.isPresent()) {
            return Optional.ofNullable(open(held.get()));
        }
        byte[] bytes = keys.encode(key);
        return stored.mayHold(bytes)
                ? Optional.ofNullable(store.get(Bytes.wrap(bytes))).map(value -> hold(key, bytes, value))
                : Optional.empty();
    }

    @Override
    public void put(K key, V value) {
        change(key, value);
    }

    @Override
    public void remove(K key) {
        change(key, null);
    }

    @Override
    public void forEach(BiConsumer<K, V> visitor) {
        List<Held<K, V>> all = heap.all();
        try (KeyValueIterator<Bytes, byte[]> rest = store.all()) {
            while (rest.hasNext()) {
                KeyValue<Bytes, byte[]> next = rest.next();
                K key = keys.decode().apply(next.key.get());
                if (heap.find(key).isEmpty()) {
                    visitor.accept(key, decoded(next.value));
                }
            }
        }
        all.forEach(held -> visit(held, visitor));
    }

    /** Only what is in the store: what is younger will be there in a while. */
    @Override
    public void some(int most, BiConsumer<K, V> visitor) {
        try (KeyValueIterator<Bytes, byte[]> rest = store.range(nextSeen.orElse(null), null)) {
            for (int left = most; left > 0 && rest.hasNext(); left--) {
                KeyValue<Bytes, byte[]> next = rest.next();
                K key = keys.decode().apply(next.key.get());
                heap.find(key)
                        .ifPresentOrElse(held -> visit(held, visitor), () -> visitor.accept(key, decoded(next.value)));
            }
            nextSeen = rest.hasNext() ? Optional.of(rest.peekNextKey()) : Optional.empty();
        }
    }

    /** Writes each value that changed to the store, where it also stays as an object while there is room. */
    void flush(long room) {
        changed.forEach(this::rest);
        changed.clear();
        opened.forEach(held -> held.written = Slice.NOTHING);
        opened.clear();
        heap.letGo(heap.restedBytes() - room);
    }

    /** Bytes of the values that could be let go, about. */
    long restedBytes() {
        return heap.restedBytes();
    }

    /** How many values wait for {@link #journal}. */
    int changed() {
        return changed.size();
    }

    /**
     * Writes what changed since the last commit into the journal's records.
     *
     * @param commit number of the commit
     * @param each called behind each value, so that a record can be closed when it is full
     */
    void journal(long commit, int memory, Packer out, Runnable each) {
        List<Held<K, V>> written = new ArrayList<>(changed.size());
        for (Held<K, V> held : changed) {
            if (held.value == null && held.commit == Held.RESTED && !stored.mayHold(keys.encode(held.key))) {
                // Came and went between two commits: nobody else knows of it.
                held.isChanged = false;
                heap.remove(held.key);
            } else {
                write(memory, held, commit, out);
                written.add(held);
                each.run();
            }
        }
        changed.clear();
        if (!written.isEmpty()) {
            journalled.put(commit, written);
        }
        // What changed since it was read is packed or not with the record that it is in.
        opened.stream().filter(held -> held.commit != commit).forEach(Held::pack);
        opened.clear();
    }

    /** Where the values stand that were journalled since the last call. */
    void bind(byte[] record) {
        unbound.forEach(held -> held.isWrittenIn(record));
        if (recent.isPresent()) {
            bound.addAll(unbound);
        }
        unbound.clear();
    }

    /** Has readers see what was bound. */
    void share() {
        recent.ifPresent(shared -> bound.forEach(held -> shared.put(held.key, held.written)));
        bound.clear();
    }

    /** Takes in one value that a journal's record holds, in the order in which they were written. */
    void restore(long commit, byte[] record, Unpacker in) {
        K key = keys.decode().apply(in.bytes());
        Held<K, V> held = heap.hold(key);
        held.written = in.flag() ? Slice.within(record, in.at()) : Slice.NOTHING;
        if (!held.written.isNothing()) {
            in.skip();
        }
        recent.ifPresent(shared -> shared.put(key, held.written));
        held.commit = commit;
        journalled.computeIfAbsent(commit, c -> new ArrayList<>()).add(held);
    }

    /** Writes to the store what the records of this commit hold and later ones do not, so that they may go. */
    void rested(long commit) {
        List<Held<K, V>> written = journalled.remove(commit);
        if (written != null) {
            for (Held<K, V> held : written) {
                if (held.commit == commit) {
                    rest(held).ifPresent(bytes -> {
                        held.written = Slice.of(bytes);
                        held.pack();
                    });
                }
            }
        }
    }

    /** Lets go of what was not used for long, that many bytes if there are so many. */
    void letGo(long bytes) {
        heap.letGo(bytes);
    }

    private void write(int memory, Held<K, V> held, long commit, Packer out) {
        V value = held.value;
        out.number(memory).nested(held.key, keys.write()).flag(value != null);
        held.writes(out.size(), commit, busy);
        if (value != null) {
            out.nested(value, values.write());
        }
        unbound.add(held);
    }

    /** Writes it to the store, and returns what was written; nothing for what was removed. */
    private Optional<byte[]> rest(Held<K, V> held) {
        held.isChanged = false;
        held.commit = Held.RESTED;
        byte[] key = keys.encode(held.key);
        V value = held.value;
        Optional<byte[]> bytes =
                held.written.value().or(() -> Optional.ofNullable(value).map(values::encode));
        if (bytes.isPresent()) {
            store.put(Bytes.wrap(key), bytes.get());
            stored.add(key);
            heap.rests(held, key.length + bytes.get().length);
        } else {
            if (stored.mayHold(key)) {
                store.delete(Bytes.wrap(key));
                stored.remove(key);
            }
            heap.remove(held.key);
        }
        recent.ifPresent(shared -> shared.rested(held.key));
        return bytes;
    }

    private void change(K key, @Nullable V value) {
        Held<K, V> held = heap.hold(key);
        held.value = value;
        held.written = Slice.NOTHING;
        heap.changes(held);
        if (!held.isChanged) {
            held.isChanged = true;
            changed.add(held);
        }
    }

    /** @throws IllegalArgumentException naming the store whose bytes they are */
    private V decoded(byte[] bytes) {
        try {
            return values.decode().apply(bytes);
        } catch (IllegalArgumentException damaged) {
            throw new IllegalArgumentException("store " + store.name() + ": " + damaged.getMessage(), damaged);
        }
    }

    private V hold(K key, byte[] stored, byte[] bytes) {
        Held<K, V> held = heap.hold(key);
        held.written = Slice.of(bytes);
        heap.rests(held, stored.length + bytes.length);
        V value = decoded(bytes);
        held.value = value;
        opened.add(held);
        return value;
    }

    private @Nullable V open(Held<K, V> held) {
        held.isUsed = true;
        if (held.value == null && !held.written.isNothing()) {
            held.value = held.written.value().map(this::decoded).orElseThrow();
            opened.add(held);
        }
        return held.value;
    }

    private void visit(Held<K, V> held, BiConsumer<K, V> visitor) {
        Optional.ofNullable(held.value)
                .or(() -> held.written.value().map(this::decoded))
                .ifPresent(value -> visitor.accept(held.key, value));
    }
}
