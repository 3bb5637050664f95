package postwarden.stream.query;

import java.util.Optional;
import java.util.function.BiConsumer;
import postwarden.stream.JournalCopy;
import postwarden.stream.Recent;
import postwarden.stream.codec.Codec;

/** Rows that are younger than their store's: to be asked before the store is. */
interface Younger<K> {
    Optional<Recent.Row> get(K key);

    void forEach(BiConsumer<K, Recent.Row> visitor);

    /** What the task that counts shares. */
    static <K> Younger<K> of(Recent<K> shared) {
        return new Younger<>() {
            @Override
            public Optional<Recent.Row> get(K key) {
                return shared.get(key);
            }

            @Override
            public void forEach(BiConsumer<K, Recent.Row> visitor) {
                shared.forEach(visitor);
            }
        };
    }

    /** What stands in a journal, of the memory with this number. */
    static <K> Younger<K> of(JournalCopy journal, int memory, Codec<K> keys) {
        return new Younger<>() {
            @Override
            public Optional<Recent.Row> get(K key) {
                return journal.get(memory, keys.encode(key));
            }

            @Override
            public void forEach(BiConsumer<K, Recent.Row> visitor) {
                journal.forEach(
                        memory, (key, row) -> visitor.accept(keys.decode().apply(key), row));
            }
        };
    }

    /** Nothing: each row is written to its store at once. */
    static <K> Younger<K> none() {
        return new Younger<>() {
            @Override
            public Optional<Recent.Row> get(K key) {
                return Optional.empty();
            }

            @Override
            public void forEach(BiConsumer<K, Recent.Row> visitor) {
                // There is none.
            }
        };
    }
}
