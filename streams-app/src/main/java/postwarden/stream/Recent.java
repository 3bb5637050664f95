package postwarden.stream;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * What a memory wrote into its journal and not yet to its store: the place where readers of other threads look first. A row
 * stands here from its commit on, and goes when it stands in the store, in this order; so who looks here and then in the store
 * finds each row as some commit during the look left it. Written by the stream's thread alone, and never waited for.
 */
public final class Recent<K> {
    private final ConcurrentHashMap<K, Slice> rows = new ConcurrentHashMap<>();

    /** What is known of one row. */
    public static final class Row {
        private final Optional<byte[]> bytes;

        private Row(Optional<byte[]> bytes) {
            this.bytes = bytes;
        }

        /** The value's bytes, nothing where it was removed. */
        public Optional<byte[]> value() {
            return bytes;
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
        return new Row(slice.value());
    }
}
