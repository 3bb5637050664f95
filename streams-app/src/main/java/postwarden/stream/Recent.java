package postwarden.stream;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import postwarden.tally.Unpacker;

/**
 * What a memory wrote into its journal and not yet to its store: the place where readers of other threads look first. A row
 * stands here from its commit on, and goes when it stands in the store, in this order; so who looks here and then in the store
 * finds each row as some commit during the look left it. Written by the stream's thread alone, and never waited for.
 */
public final class Recent<K> {
    private final ConcurrentHashMap<K, Slice> rows = new ConcurrentHashMap<>();

    /** A value within a journal's record, which nobody changes. */
    static final class Slice {
        static final int REMOVED = -1;

        private final byte[] record;
        private final int at;

        /** @param at where the value's length stands, or {@link #REMOVED} */
        Slice(byte[] record, int at) {
            this.record = record;
            this.at = at;
        }
    }

    /** What is known of one row. */
    public static final class Row {
        private final byte @Nullable [] bytes;

        private Row(byte @Nullable [] bytes) {
            this.bytes = bytes;
        }

        /** The value's bytes, nothing where it was removed. */
        public Optional<byte[]> value() {
            return Optional.ofNullable(bytes);
        }
    }

    /** The row, when it is younger than the store's. */
    public Optional<Row> get(K key) {
        return Optional.ofNullable(rows.get(key)).map(Recent::row);
    }

    /** Whether the row is younger than the store's. */
    public boolean has(K key) {
        return rows.containsKey(key);
    }

    /** All rows that are here all the while, and some of those that come or go. */
    public void forEach(BiConsumer<K, Row> visitor) {
        rows.forEach((key, slice) -> visitor.accept(key, row(slice)));
    }

    /** How many rows there are, about. */
    public int size() {
        return rows.size();
    }

    void put(K key, Slice slice) {
        rows.put(key, slice);
    }

    /** To be called when the store has what the slice has. */
    void rested(K key) {
        rows.remove(key);
    }

    static Row row(Slice slice) {
        return new Row(slice.at == Slice.REMOVED ? null : new Unpacker(slice.record, slice.at).bytes());
    }
}
