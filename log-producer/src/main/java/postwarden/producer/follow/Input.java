package postwarden.producer.follow;

import java.util.List;

/** An input that is no log file. All methods belong to the reading thread. */
interface Input extends AutoCloseable {
    Source source();

    /** Begins to read; nothing is looked at before. */
    default void begin() {}

    /** The files in which lines of it wait for Kafka; none where it keeps none. */
    default List<OpenFile> files() {
        return List.of();
    }

    /** Hands on what has come; false when nothing has. */
    boolean step();

    /** Whether nothing more will come. */
    boolean ended();

    /** Whether all that was written before now has been handed on, as far as can be known. */
    boolean readToItsEnd();

    @Override
    default void close() {}
}
