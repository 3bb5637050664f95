package postwarden.producer.journal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a journal through {@code journalctl} on a thread of its own, a bounded number of entries ahead; when nobody takes them, the
 * pipe fills and journalctl waits. A journalctl that ends is started again behind the last entry that came, after a pause that grows.
 *
 * <p>What is there is read first, and followed only then: since systemd 251 {@code --follow} shows the current boot only, whatever
 * cursor it is given, and would pass over what was logged between the last line that was read and a reboot.
 *
 * <p>Before each start, and after a long wait, it looks whether the journal still holds the entry behind which it is to go on: journalctl itself would quietly
 * begin with the nearest one.
 */
public final class JournalReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);
    private static final long FIRST_BACKOFF_MILLIS = 1_000;
    /** How long the thread is given to end. */
    private static final long END_MILLIS = 5_000;

    private final JournalParams params;
    private final boolean fromEnd;
    private final boolean once;
    private final JournalMetrics metrics;
    private final Journalctl journalctl;
    private final EntryReader entries;
    private final WaitingItems items = new WaitingItems();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Optional<Resume> last;
    private Optional<Cursor> newest = Optional.empty();
    private String said = "";
    private boolean progressed;
    /** Whether files may have been vacuumed under a journalctl that had to wait: it passes over them and does not say so. */
    private boolean stale;

    private volatile @Nullable Child child;
    private volatile boolean caughtUp;
    private volatile boolean ended;

    /**
     * A reader that has not begun.
     *
     * @param params what is read
     * @param resume where to go on; empty at the first start
     * @param fromEnd whether the first start leaves out what is there
     * @param once whether to end when everything that is there has been read
     * @param ownHost the host of entries that name none
     * @param metrics counters
     */
    public JournalReader(
            JournalParams params,
            Optional<Resume> resume,
            boolean fromEnd,
            boolean once,
            String ownHost,
            JournalMetrics metrics) {
        this.params = params;
        this.last = resume;
        this.fromEnd = fromEnd;
        this.once = once;
        this.metrics = metrics;
        journalctl = new Journalctl(params);
        entries = new EntryReader(params, ownHost, metrics);
        thread = new Thread(this::run, "read-journal");
        thread.setDaemon(true);
    }

    /** Begins to read. */
    public void start() {
        if (params.units().isEmpty()) {
            LOG.warn(
                    "{}: no units are named, so any process that is not an ordinary user's may write under any daemon's"
                            + " name",
                    params.path());
        }
        thread.start();
    }

    /** The next item; null when none has come yet. */
    public @Nullable Item poll() {
        return items.poll();
    }

    /** Whether everything that stood in the journal has come out of {@link #poll}, and whatever is added comes at once. */
    public boolean isCaughtUp() {
        return caughtUp && items.isEmpty();
    }

    /** Whether nothing more will come, because only what was there was to be read. */
    public boolean hasEnded() {
        return ended && items.isEmpty();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        Child running = child;
        if (running != null) {
            running.close();
        }
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long first = Math.min(FIRST_BACKOFF_MILLIS, params.longestBackoff().toMillis());
        long backoff = first;
        try {
            while (!isClosed() && !ended) {
                progressed = false;
                session();
                backoff = progressed ? first : backoff;
                if (!ended && !closed.await(backoff, TimeUnit.MILLISECONDS)) {
                    metrics.restarts().increment();
                    backoff = Math.min(backoff * 2, params.longestBackoff().toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void session() throws InterruptedException {
        try {
            stale = false;
            if (findPlace()) {
                int code = readAll(journalctl.entries(last, false));
                ended = once && code == 0;
                if (!once && code == 0) {
                    follow();
                }
            } else {
                ended = once;
                say("the journal holds nothing yet");
            }
        } catch (IOException e) {
            if (!isClosed()) {
                say(String.valueOf(e.getMessage()));
            }
        } finally {
            caughtUp = ended;
        }
    }

    /** Each trouble is said when it begins and when it changes, not at each of a thousand starts. */
    private void say(String what) {
        if (!what.equals(said)) {
            said = what;
            LOG.warn("{}: {}; trying again", params.path(), what);
        }
    }

    /** Settles where to begin; false when the journal is empty. */
    private boolean findPlace() throws IOException, InterruptedException {
        Optional<Found> found = first(
                last.isPresent()
                        ? journalctl.at(last.get().cursor())
                        : fromEnd ? journalctl.newest() : journalctl.oldest());
        if (found.isEmpty()) {
            return false;
        }
        Cursor cursor = found.get().cursor();
        boolean gone = last.isPresent() && !cursor.isSameAs(last.get().cursor());
        boolean behind = last.map(Resume::behind).orElse(fromEnd) && !gone;
        Resume next = new Resume(cursor, behind);
        if (gone) {
            put(new Item.Gap(last.get().cursor().micros(), next));
        }
        put(new Item.Here(next, found.get().host()));
        last = Optional.of(next);
        return true;
    }

    /** What is there has been read; from here on what is added. */
    private void follow() throws IOException, InterruptedException {
        newest = first(journalctl.newestMatch()).map(Found::cursor);
        caughtUp = last.filter(Resume::behind).map(this::hasReached).orElse(newest.isEmpty());
        readAll(journalctl.entries(last, true));
        throw new IOException("journalctl --follow ended by itself");
    }

    /** Reads all that one journalctl prints; answers its exit code when that says that all went well. */
    private int readAll(List<String> words) throws IOException, InterruptedException {
        try (Child running = Child.start(words)) {
            child = running;
            if (isClosed()) {
                return -1;
            }
            BoundedLines lines = new BoundedLines(running.output(), params.longestEntry());
            while (lines.next()) {
                take(read(lines));
                if (stale) {
                    throw new IOException(
                            "nobody took lines for long; looking whether the journal still holds the next");
                }
            }
            int code = running.exitCode();
            if (code != 0) {
                throw new IOException("journalctl ended with " + code + " (" + running.complaint() + ")");
            }
            return code;
        } finally {
            child = null;
        }
    }

    private Item read(BoundedLines lines) {
        return lines.isTooLong()
                ? new Item.Damaged("an entry of more than " + params.longestEntry() + " bytes", Optional.empty())
                : entries.read(lines.bytes(), lines.length());
    }

    private void take(Item item) throws InterruptedException {
        Optional<Cursor> cursor = cursor(item);
        boolean known = cursor.isPresent()
                && last.filter(place -> place.behind() && place.cursor().isSameAs(cursor.get()))
                        .isPresent();
        if (known) {
            return;
        }
        progressed = true;
        said = "";
        if (item instanceof Item.Damaged) {
            metrics.damaged().increment();
        }
        put(item);
        if (cursor.isPresent()) {
            last = Optional.of(new Resume(cursor.get(), true));
            caughtUp |= hasReached(last.get());
        }
    }

    private static Optional<Cursor> cursor(Item item) {
        if (item instanceof Item.Line line) {
            return Optional.of(line.entry().cursor());
        }
        if (item instanceof Item.Passed passed) {
            return Optional.of(passed.cursor());
        }
        return item instanceof Item.Damaged damaged ? damaged.cursor() : Optional.empty();
    }

    /** Whether an entry is the newest that there was when this journalctl was started, or comes behind it. */
    private boolean hasReached(Resume place) {
        return newest.isEmpty()
                || place.cursor().isSameAs(newest.get())
                || place.cursor().isBehind(newest.get());
    }

    private void put(Item item) throws InterruptedException {
        long began = System.nanoTime();
        items.put(item);
        stale |= System.nanoTime() - began > params.longestBackoff().toNanos();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private record Found(Cursor cursor, String host) {}

    /** The first entry of an answer; empty when there is none. */
    private Optional<Found> first(List<String> words) throws IOException, InterruptedException {
        try (Child asked = Child.start(words)) {
            child = asked;
            asked.killAfterTooLong();
            BoundedLines lines = new BoundedLines(asked.output(), params.longestEntry());
            if (!lines.next()) {
                int code = asked.exitCode();
                if (code != 0) {
                    throw new IOException("journalctl ended with " + code + " (" + asked.complaint() + ")");
                }
                return Optional.empty();
            }
            Item item = entries.read(lines.bytes(), lines.length());
            Optional<Cursor> cursor = cursor(item);
            if (cursor.isEmpty()) {
                throw new IOException("journalctl answers with what is no entry: is it " + params.command() + "?");
            }
            return Optional.of(new Found(cursor.get(), entries.host()));
        } finally {
            child = null;
        }
    }
}
