package postwarden.stream.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.ask.NotReady;
import postwarden.stream.JournalCopy;
import postwarden.stream.QueryParams;
import postwarden.stream.SharedJournal;
import postwarden.stream.codec.Codec;

/** Readers beside one writer that commits, lets rest and starts again; the seed is printed with a failure. */
class RowsTest {
    private static final int KEYS = 40;
    private static final int COMMITS = 10_000;
    private static final int READERS = 3;
    private static final long SEED = System.nanoTime();

    /** Versions of each key: which are committed for sure, and which may be. A version either sets a value or removes it. */
    private static final class Versions {
        private final AtomicLongArray begun = new AtomicLongArray(KEYS);
        private final AtomicLongArray committed = new AtomicLongArray(KEYS);

        static boolean removes(int key, long version) {
            return version == 0 || new Random(SEED + key * 31L + version).nextInt(4) == 0;
        }

        static String value(int key, long version) {
            return (key + ":" + version + ";").repeat(1 + (int) (version % 50));
        }

        long[] committed() {
            long[] all = new long[KEYS];
            for (int key = 0; key < KEYS; key++) {
                all[key] = committed.get(key);
            }
            return all;
        }

        /** What was read between two moments is whole, and what some commit between them left. */
        void check(int key, Optional<String> read, long committedBefore) {
            long latest = begun.get(key);
            if (read.isPresent()) {
                String first = read.get().substring(0, read.get().indexOf(';'));
                long version = Long.parseLong(first.substring(first.indexOf(':') + 1));
                assertThat(read.get()).as("torn, seed %d", SEED).isEqualTo(value(key, version));
                assertThat(version).as("seed %d, key %d", SEED, key).isBetween(committedBefore, latest);
                assertThat(removes(key, version)).as("seed %d", SEED).isFalse();
                return;
            }
            boolean mayBeGone = false;
            for (long version = committedBefore; version <= latest; version++) {
                mayBeGone |= removes(key, version);
            }
            assertThat(mayBeGone)
                    .as("lost, seed %d, key %d, versions %d to %d", SEED, key, committedBefore, latest)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16})
    void no_reader_sees_a_torn_or_lost_row_while_rows_move_from_the_journal_into_the_store(
            int slots, @TempDir Path state) throws InterruptedException, ExecutionException {
        // Given
        Versions versions = new Versions();
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try (SharedJournal journal = new SharedJournal(state, slots)) {
            Rows<String, String> rows =
                    new Rows<>(Codec.TEXT, Codec.TEXT, Younger.of(journal.recent()), journal.store());
            List<Future<Integer>> done = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                Callable<Integer> task = reader == 0 ? scans(rows, versions, isOver) : looks(rows, versions, isOver);
                done.add(readers.submit(task));
            }

            // When
            try {
                write(journal, versions);
            } finally {
                isOver.set(true);
            }

            // Then
            int reads = 0;
            for (Future<Integer> reader : done) {
                reads += reader.get();
            }
            assertThat(reads).as("seed %d", SEED).isGreaterThan(100);
        } finally {
            readers.shutdownNow();
        }
    }

    private static void write(SharedJournal journal, Versions versions) {
        Random random = new Random(SEED);
        for (int commit = 0; commit < COMMITS; commit++) {
            Set<Integer> changed = new HashSet<>();
            for (int change = random.nextInt(6); change > 0; change--) {
                int key = random.nextInt(KEYS);
                long version = versions.begun.incrementAndGet(key);
                if (Versions.removes(key, version)) {
                    journal.remove("key" + key);
                } else {
                    journal.put("key" + key, Versions.value(key, version));
                }
                changed.add(key);
            }
            journal.commit();
            changed.forEach(key -> versions.committed.set(key, versions.begun.get(key)));
        }
    }

    private static Callable<Integer> looks(Rows<String, String> rows, Versions versions, AtomicBoolean isOver) {
        return () -> {
            Random random = new Random();
            int reads = 0;
            while (!isOver.get()) {
                int key = random.nextInt(KEYS);
                long before = versions.committed.get(key);
                versions.check(key, rows.get("key" + key), before);
                reads++;
            }
            return reads;
        };
    }

    private static Callable<Integer> scans(Rows<String, String> rows, Versions versions, AtomicBoolean isOver) {
        return () -> {
            int reads = 0;
            while (!isOver.get()) {
                long[] before = versions.committed();
                Map<String, String> read = new HashMap<>();
                rows.scan(
                        Codec.TEXT.encode("key"),
                        key -> key.startsWith("key"),
                        deadline(Duration.ofSeconds(60)),
                        (key, value) -> assertThat(read.put(key, rows.decode(value)))
                                .as("twice, seed %d", SEED)
                                .isNull());
                for (int key = 0; key < KEYS; key++) {
                    versions.check(key, Optional.ofNullable(read.get("key" + key)), before[key]);
                }
                reads++;
            }
            return reads;
        };
    }

    @Test
    void a_journal_that_is_only_read_gives_the_same_rows(@TempDir Path state) {
        // Given
        Versions versions = new Versions();
        try (SharedJournal journal = new SharedJournal(state, 5)) {
            write(journal, versions);
            Rows<String, String> shared =
                    new Rows<>(Codec.TEXT, Codec.TEXT, Younger.of(journal.recent()), journal.store());

            // When
            JournalCopy copy = JournalCopy.of(journal.journalStore(), 1);
            Rows<String, String> copied =
                    new Rows<>(Codec.TEXT, Codec.TEXT, Younger.of(copy, 0, Codec.TEXT), journal.store());

            // Then
            for (int key = 0; key < KEYS; key++) {
                versions.check(key, copied.get("key" + key), versions.committed.get(key));
                assertThat(copied.get("key" + key)).isEqualTo(shared.get("key" + key));
            }
            assertThat(copy.written()).isAfter(Instant.EPOCH);
        }
    }

    @Test
    void a_task_that_starts_again_shares_what_its_journal_holds(@TempDir Path state) {
        // Given
        Versions versions = new Versions();
        try (SharedJournal journal = new SharedJournal(state, 5)) {
            write(journal, versions);

            // When
            journal.begin();

            // Then
            Rows<String, String> rows =
                    new Rows<>(Codec.TEXT, Codec.TEXT, Younger.of(journal.recent()), journal.store());
            for (int key = 0; key < KEYS; key++) {
                versions.check(key, rows.get("key" + key), versions.committed.get(key));
            }
        }
    }

    @Test
    void what_was_not_committed_is_not_seen(@TempDir Path state) {
        // Given
        try (SharedJournal journal = new SharedJournal(state, 2)) {
            Rows<String, String> rows =
                    new Rows<>(Codec.TEXT, Codec.TEXT, Younger.of(journal.recent()), journal.store());
            journal.put("key", "committed");
            journal.commit();
            long version = journal.shared().version();

            // When
            journal.put("key", "not committed");

            // Then
            assertThat(rows.get("key")).contains("committed");
            assertThat(journal.shared().version()).isEqualTo(version).isEven();
        }
    }

    @Test
    void a_thousand_scans_that_end_early_leave_no_iterator_open(@TempDir Path state) {
        // Given
        try (SharedJournal journal = new SharedJournal(state, 1)) {
            for (int i = 0; i < 200; i++) {
                journal.put("key" + i, "value");
                journal.commit();
            }
            Counting counting = new Counting(journal.store());
            Rows<String, String> rows = new Rows<>(Codec.TEXT, Codec.TEXT, Younger.none(), counting);

            // When
            for (int scan = 0; scan < 1000; scan++) {
                boolean byTime = scan % 2 == 0;
                assertThatThrownBy(() -> rows.scan(
                                Codec.TEXT.encode("key"),
                                key -> true,
                                byTime ? over() : deadline(Duration.ofSeconds(60)),
                                (key, value) -> {
                                    if (!byTime) {
                                        throw new IllegalArgumentException("damaged");
                                    }
                                }))
                        .isInstanceOf(byTime ? NotReady.class : IllegalArgumentException.class);
            }

            // Then
            assertThat(counting.opened).isEqualTo(1000);
            assertThat(counting.closed).isEqualTo(1000);
        }
    }

    private static Deadline deadline(Duration time) {
        QueryParams standard = QueryParams.STANDARD;
        return new Deadline("the scan", new QueryParams(time, standard.retryAfter(), standard.copyAge(), 1, 1, 1));
    }

    /** One that is over. */
    private static Deadline over() {
        return new Deadline("the scan", QueryParams.STANDARD, System.nanoTime() - 1);
    }

    /** Counts iterators of a store. */
    private static final class Counting implements ReadOnlyKeyValueStore<Bytes, byte[]> {
        private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
        private int opened;
        private int closed;

        Counting(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
            this.store = store;
        }

        @Override
        public byte[] get(Bytes key) {
            return store.get(key);
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
            return counted(store.range(from, to));
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> all() {
            return counted(store.all());
        }

        @Override
        public <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, S serializer) {
            return counted(store.prefixScan(prefix, serializer));
        }

        @Override
        public long approximateNumEntries() {
            return store.approximateNumEntries();
        }

        private KeyValueIterator<Bytes, byte[]> counted(KeyValueIterator<Bytes, byte[]> iterator) {
            opened++;
            return new KeyValueIterator<>() {
                @Override
                public void close() {
                    closed++;
                    iterator.close();
                }

                @Override
                public Bytes peekNextKey() {
                    return iterator.peekNextKey();
                }

                @Override
                public boolean hasNext() {
                    return iterator.hasNext();
                }

                @Override
                public KeyValue<Bytes, byte[]> next() {
                    return iterator.next();
                }
            };
        }
    }
}
