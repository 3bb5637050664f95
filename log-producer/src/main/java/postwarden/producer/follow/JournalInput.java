package postwarden.producer.follow;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.checkpoint.FileState;
import postwarden.producer.checkpoint.Position;
import postwarden.producer.checkpoint.Progress;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.file.FileId;
import postwarden.producer.file.FileKey;
import postwarden.producer.file.Print;
import postwarden.producer.journal.Cursor;
import postwarden.producer.journal.Entry;
import postwarden.producer.journal.Item;
import postwarden.producer.journal.JournalParams;
import postwarden.producer.journal.JournalReader;
import postwarden.producer.journal.Resume;

/**
 * Lines of the systemd journal. For readers a chain of journal files is what a file's content is, and the number that journald gave to
 * an entry is its place, times {@value #PIECES}, so that fragments have places too; so an entry has the same identity however often, in
 * whatever order and from wherever it is read. A piece begins where the one before it ended, over the numbers of entries that are not
 * read; else the numbers that other programs' entries have would be holes to the reader. The checkpoint holds the cursor of the last
 * entry that is acknowledged whole.
 */
final class JournalInput implements Input {
    private static final Logger LOG = LoggerFactory.getLogger(JournalInput.class);

    /** Places of one entry; the longest entry has fewer fragments. */
    private static final int PIECES = 1 << 16;
    /** Chains that are remembered: one a host and one more whenever its journal is begun anew; a directory may hold several hosts'. */
    private static final int MOST_CHAINS = 64;
    /** How many entries are handed on before other inputs have their turn. */
    private static final int MOST_AT_ONCE = 1_024;

    private static final FileKey NO_FILE = new FileKey(0, 0);

    private final Source source;
    private final JournalParams params;
    private final Registry registry;
    private final Reading reading;
    private final String id;
    private final JournalReader reader;
    private final Map<String, Chain> chains = new LinkedHashMap<>();

    private @Nullable Progress progress;
    private @Nullable Entry current;
    /** Whose last line's host is that of the next, as far as can be known. */
    private @Nullable Chain lastRead;

    private String host = "";

    /** The entries that one journal daemon numbers. */
    private static final class Chain {
        private final LineStream lines;
        /** Behind the last entry that was handed on; the first begins at its own number. */
        private long end = -1;

        Chain(LineStream lines) {
            this.lines = lines;
        }
    }

    JournalInput(Source source, JournalParams params, Registry registry, boolean once, Reading reading) {
        this.source = source;
        this.params = params;
        this.registry = registry;
        this.reading = reading;
        id = FileId.of(params.identity(), Print.NOTHING, 0);
        Optional<FileState> known = registry.acknowledged(id);
        Optional<Resume> resume = known.flatMap(state -> Resume.of(state.place()));
        if (known.isPresent() && resume.isPresent()) {
            progress = registry.track(known.get());
        }
        resume.filter(Resume::behind).ifPresent(place -> begin(place.cursor()));
        boolean fromEnd = source.start() == Source.Start.END;
        reader = new JournalReader(
                params,
                resume,
                fromEnd,
                once,
                reading.reporter(),
                reading.metrics().journal());
    }

    @Override
    public Source source() {
        return source;
    }

    @Override
    public void begin() {
        reader.start();
    }

    @Override
    public boolean step() {
        registry.update(
                id,
                state ->
                        state.seen(state.path(), state.key(), 0, reading.clock().millis()));
        int taken = 0;
        for (Item item = next(taken); item != null; item = next(taken)) {
            take(item);
            taken++;
        }
        return taken > 0;
    }

    private @Nullable Item next(int taken) {
        boolean room = lastRead == null || lastRead.lines.takesMore();
        return room && taken < MOST_AT_ONCE ? reader.poll() : null;
    }

    @Override
    public boolean ended() {
        return reader.hasEnded();
    }

    @Override
    public boolean readToItsEnd() {
        return reader.isCaughtUp();
    }

    @Override
    public void close() {
        reader.close();
    }

    private void take(Item item) {
        if (item instanceof Item.Line line) {
            send(line.entry());
        } else if (item instanceof Item.Here here) {
            arrive(here);
        } else if (item instanceof Item.Gap gap) {
            sayGap(gap);
        } else if (item instanceof Item.Damaged damaged) {
            sayDamaged(damaged);
        }
    }

    private void arrive(Item.Here here) {
        if (progress == null) {
            progress = registry.track(new FileState(
                    id,
                    params.path(),
                    params.path(),
                    NO_FILE,
                    Print.NOTHING,
                    0,
                    0,
                    Print.NOTHING,
                    0,
                    reading.clock().millis(),
                    here.resume().words()));
        }
        if (source.host().fixed().isEmpty() && !here.host().isEmpty()) {
            host = here.host();
            reading.roster().meet(source, host);
        }
    }

    private void send(Entry entry) {
        current = entry;
        Chain chain = chain(entry.cursor().chain());
        lastRead = chain;
        chain.lines.feedAll(entry.line(), entry.line().length);
        chain.end = (entry.cursor().number() + 1) * PIECES;
    }

    private void sayGap(Item.Gap gap) {
        Cursor next = gap.next().cursor();
        String why = "the journal no longer holds what was behind the last line that was read; what was logged between "
                + instant(gap.fromMicros()) + " and " + instant(next.micros()) + " may be lost";
        LOG.atWarn()
                .addKeyValue("source", params.path())
                .addKeyValue("why", why)
                .log("a hole in the journal");
        reading.metrics().journal().gaps().increment();
        long place = next.number() * PIECES;
        chain(next.chain()).lines.lost(place, place, why, sent(at(gap.next())));
    }

    private void sayDamaged(Item.Damaged damaged) {
        LOG.atWarn()
                .addKeyValue("source", params.path())
                .addKeyValue("why", damaged.why())
                .log("an entry of the journal cannot be taken");
        Optional<Cursor> cursor = damaged.cursor();
        long number = cursor.map(Cursor::number).orElse(0L);
        Position behind = cursor.map(at -> at(new Resume(at, true)))
                .orElseGet(() -> progress().sent());
        chain(cursor.map(Cursor::chain).orElse(""))
                .lines
                .lost(number * PIECES, (number + 1) * PIECES, damaged.why(), sent(behind));
    }

    private Chain begin(Cursor behind) {
        Chain chain = chain(behind.chain());
        chain.end = (behind.number() + 1) * PIECES;
        return chain;
    }

    private Chain chain(String name) {
        Chain known = chains.get(name);
        if (known != null) {
            return known;
        }
        if (chains.size() >= MOST_CHAINS) {
            chains.remove(chains.keySet().iterator().next());
        }
        String fileId = FileId.of(params.identity() + '\n' + name, Print.NOTHING, 0);
        Position start = new Position(0, 0, Print.NOTHING);
        LineStream lines = new LineStream(source, params.path(), fileId, start, this::place, reading);
        if (!host.isEmpty()) {
            lines.firstHost(host);
        }
        Chain chain = new Chain(lines);
        chains.put(name, chain);
        return chain;
    }

    /** The place of a piece of the current entry. */
    private Places.Place place(long start, long end, byte[] tail, boolean terminated, int fragment, boolean last) {
        Cursor cursor = current().cursor();
        long own = cursor.number() * PIECES;
        long before = chain(cursor.chain()).end;
        boolean follows = before >= 0 && before <= own;
        long from = fragment == 0 && follows ? before : own + fragment;
        long to = last ? own + PIECES : own + fragment + 1;
        Position behind = last ? at(new Resume(cursor, true)) : progress().sent();
        return new Places.Place(from, to, sent(behind));
    }

    private Runnable sent(Position behind) {
        return progress().sent(behind);
    }

    private Progress progress() {
        if (progress == null) {
            throw new IllegalStateException("an entry before its place was known");
        }
        return progress;
    }

    private Entry current() {
        if (current == null) {
            throw new IllegalStateException("a piece of no entry");
        }
        return current;
    }

    private static Position at(Resume resume) {
        return new Position(0, 0, Print.NOTHING, resume.words());
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
    }
}
