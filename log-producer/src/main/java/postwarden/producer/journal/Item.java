package postwarden.producer.journal;

import java.util.Optional;

/** What a journal has to say, in its order. */
public sealed interface Item {
    /** Bytes that it holds in memory. */
    default int size() {
        return 0;
    }

    /** A line. */
    record Line(Entry entry) implements Item {
        @Override
        public int size() {
            return entry.line().length;
        }
    }

    /**
     * Reading begins, or goes on, here; nothing in front of it will be asked for again.
     *
     * @param resume the place
     * @param host the host that wrote the entry there; empty when it does not say
     */
    record Here(Resume resume, String host) implements Item {}

    /**
     * The journal no longer holds the entry behind which reading was to go on.
     *
     * @param fromMicros when that entry was received, microseconds since the epoch
     * @param next where reading goes on instead: the first entry that is left
     */
    record Gap(long fromMicros, Resume next) implements Item {}

    /**
     * An entry that cannot be taken.
     *
     * @param why in words
     * @param cursor its place; empty when not even that can be read
     */
    record Damaged(String why, Optional<Cursor> cursor) implements Item {}

    /** An entry that is no line: it has no text, or is about another unit. */
    record Passed(Cursor cursor) implements Item {}
}
