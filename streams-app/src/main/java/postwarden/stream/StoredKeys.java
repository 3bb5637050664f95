package postwarden.stream;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which keys a store has, as 64-bit hashes in a table with open addressing: most of what is asked for was never there, and a
 * miss must not cost a look into RocksDB. 16 to 32 bytes a key.
 */
final class StoredKeys {
    private static final Hasher64 HASHER = Hashing.wyhashFinal4();
    private static final int SMALL = 1024;
    /** Stands for an empty place; a hash of this value is changed to another. */
    private static final long NONE = 0;

    private long[] table = new long[SMALL];
    private int size;

    /** The keys of the store as it is now. */
    static StoredKeys of(KeyValueStore<Bytes, byte[]> store) {
        StoredKeys keys = new StoredKeys();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                keys.add(all.next().key.get());
            }
        }
        return keys;
    }

    /** How many keys there are. */
    int size() {
        return size;
    }

    /** Whether the key is there; wrongly true once in 2^64 for each that is. */
    boolean mayHold(byte[] key) {
        return table[place(hash(key))] != NONE;
    }

    void add(byte[] key) {
        if (size * 2 >= table.length) {
            grow();
        }
        long hash = hash(key);
        int at = place(hash);
        if (table[at] == NONE) {
            table[at] = hash;
            size++;
        }
    }

    /** Removes the key and moves those behind it that it had kept from their places. */
    void remove(byte[] key) {
        int hole = place(hash(key));
        if (table[hole] == NONE) {
            return;
        }
        size--;
        int mask = table.length - 1;
        for (int at = (hole + 1) & mask; table[at] != NONE; at = (at + 1) & mask) {
            int home = (int) table[at] & mask;
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                table[hole] = table[at];
                hole = at;
            }
        }
        table[hole] = NONE;
    }

    private int place(long hash) {
        int mask = table.length - 1;
        int at = (int) hash & mask;
        while (table[at] != NONE && table[at] != hash) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        for (long hash : old) {
            if (hash != NONE) {
                table[place(hash)] = hash;
            }
        }
    }

    private static long hash(byte[] key) {
        long hash = HASHER.hashBytesToLong(key);
        return hash == NONE ? 1 : hash;
    }
}
