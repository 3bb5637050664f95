package postwarden.producer.follow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.checkpoint.FileState;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.file.Change;
import postwarden.producer.file.FileKey;
import postwarden.producer.follow.Lookout.Found;
import postwarden.producer.publish.Outlet;

/**
 * Follows all sources: finds files, reads each a stretch at a time in turn, and notices when one was rotated, deleted or rewritten.
 *
 * <p>A file is known by what the file system calls it and by what it contains, never by one alone. When it no longer stands at its path
 * it is read to its end; a rotation may have happened several times between two looks, so then the folder is searched for the
 * generations in between, which are younger than the last one that was known. All methods belong to one thread.
 */
public final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /** The kernel stamps files with a clock that moves once a tick, 1 to 10 ms, and so lags behind the one that we read. */
    private static final long COARSE_MILLIS = 20;

    private final FollowParams params;
    private final List<Source> sources;
    private final Registry registry;
    private final Reading reading;
    private final Complaints complaints;
    private final Lookout lookout;
    private final Clock clock;
    private final byte[] chunk;
    private final Map<FileKey, Tail> tails = new LinkedHashMap<>();
    private final List<StandardInput> inputs = new ArrayList<>();

    private boolean first = true;
    private boolean idle;
    private long scannedMillis;
    private long beatMillis;
    private long startedMillis = Long.MAX_VALUE;
    private Map<String, Long> changes = Map.of();

    /** Prepares to follow; no file is read before the first {@link #step}. */
    public Follower(
            FollowParams params,
            List<Source> sources,
            String reporter,
            Registry registry,
            Outlet outlet,
            InputStream standardInput,
            FollowMetrics metrics,
            Clock clock) {
        this.params = params;
        this.sources = List.copyOf(sources);
        this.registry = registry;
        this.clock = clock;
        this.reading = new Reading(reporter, outlet, new Roster(reporter, outlet, clock), clock, metrics);
        this.complaints = new Complaints(metrics.unreadable());
        this.lookout = new Lookout(sources, complaints);
        this.chunk = new byte[params.chunk()];
        for (Source source : sources) {
            if (source.isStandardInput()) {
                inputs.add(new StandardInput(source, standardInput, params.chunk(), reading));
            }
        }
    }

    /** Looks, reads and beats as far as each is due; answers whether anything was read. */
    public boolean step() {
        if (first || due(scannedMillis, params.scan())) {
            scan();
            scannedMillis = clock.millis();
        }
        boolean read = false;
        for (Tail tail : List.copyOf(tails.values())) {
            read |= step(tail);
        }
        for (StandardInput input : inputs) {
            read |= input.step();
        }
        if (due(beatMillis, params.heartbeat())) {
            // An input that will end is the past: having read it to its end says nothing about now.
            reading.roster().beat(source -> !params.once() && readToItsEnd(source), tails.size() + " files open");
            beatMillis = clock.millis();
        }
        idle = !read;
        return read;
    }

    /** Whether the last step found nothing more to read anywhere and standard input has ended. */
    public boolean exhausted() {
        return idle && inputs.stream().allMatch(StandardInput::ended);
    }

    /** Ends the input: last lines without a LF are lines, and every host gets its END. */
    public void end() {
        for (Tail tail : tails.values()) {
            try {
                tail.finish();
            } catch (IOException e) {
                complain(tail.stat().path(), e);
            }
        }
        reading.roster().end();
    }

    /** Whether every path could be read so far. */
    public boolean everythingWasReadable() {
        return !complaints.any();
    }

    @Override
    public void close() {
        List.copyOf(tails.values()).forEach(this::drop);
    }

    /** The clock may be set back, so the difference counts in both directions. */
    private boolean due(long sinceMillis, Duration pause) {
        return Math.abs(clock.millis() - sinceMillis) >= pause.toMillis();
    }

    private boolean step(Tail tail) {
        try {
            Tail.Step step = tail.step(chunk);
            if (step == Tail.Step.REWRITTEN) {
                rewritten(tail);
            }
            return step != Tail.Step.NOTHING;
        } catch (IOException e) {
            complain(tail.stat().path(), e);
            return false;
        }
    }

    private void scan() {
        Map<FileKey, Found> present = lookout.present();
        changes = lastChanges();
        Set<String> disturbed = disturbed(present);
        for (Found found : present.values()) {
            if (!tails.containsKey(found.stat().key())) {
                String family = found.stat().family();
                open(
                        found,
                        first && !changes.containsKey(family) && found.source().start() == Source.Start.END);
                disturbed.add(family);
            }
        }
        if (first) {
            registry.sent().forEach(state -> disturbed.add(state.family()));
        }
        disturbed.forEach(this::findGenerations);
        if (first) {
            greet();
        }
        first = false;
    }

    /** Makes the hosts known before their first line. */
    private void greet() {
        for (Tail tail : tails.values()) {
            try {
                tail.peek();
            } catch (IOException e) {
                complain(tail.stat().path(), e);
            }
        }
        for (Source source : sources) {
            if (!source.host().fixed().isEmpty()) {
                reading.roster().meet(source, source.host().fixed());
            }
        }
        reading.roster().greet();
        beatMillis = clock.millis();
        startedMillis = beatMillis - COARSE_MILLIS;
    }

    /** Compares every open file with what stands at its path now; answers the families in which something happened. */
    private Set<String> disturbed(Map<FileKey, Found> present) {
        Set<String> disturbed = new LinkedHashSet<>();
        for (Tail tail : List.copyOf(tails.values())) {
            Stat before = tail.stat();
            Found found = present.get(before.key());
            boolean blind = found == null && lookout.isBlindTo(tail.source(), before.path());
            if (!blind && !isWhereItWas(tail, Optional.ofNullable(found).map(Found::stat))) {
                disturbed.add(before.family());
            }
        }
        return disturbed;
    }

    private boolean isWhereItWas(Tail tail, Optional<Stat> now) {
        Path before = tail.stat().path();
        try {
            Change change = tail.look(now);
            if (change == Change.REWRITTEN) {
                rewritten(tail);
            } else if (change != Change.NONE) {
                leave(tail);
            } else if (tail.stat().isRotated()
                    && tail.quietMillis() >= params.linger().toMillis()) {
                tail.finish();
            }
            return change == Change.NONE && tail.stat().path().equals(before);
        } catch (IOException e) {
            complain(before, e);
            return true;
        }
    }

    /** A file that no path leads to is read to its end, and then kept a while for daemons that still write to it. */
    private void leave(Tail tail) throws IOException {
        if (!tail.isLeft()) {
            reading.metrics().rotations().increment();
        }
        tail.identifyNow();
        long linger = params.linger().toMillis();
        if (tail.leftForMillis() >= linger && tail.quietMillis() >= linger && tail.isIdle()) {
            tail.finish();
            drop(tail);
        }
    }

    private void rewritten(Tail tail) {
        Path path = tail.stat().path();
        LOG.warn("{}: rewritten or truncated at offset {}; reading it from its beginning", path, tail.position());
        drop(tail);
        // A copy may have been made before the file was cut: what was not read of it is there.
        if (!findGenerations(tail.stat().family())) {
            tail.lost();
        }
        lookout.look(path).filter(stat -> !tails.containsKey(stat.key())).ifPresent(stat -> {
            try {
                begin(new Found(tail.source(), stat), false);
            } catch (IOException e) {
                complain(path, e);
            }
        });
    }

    /** Opens a file: as a known content where it holds one, else as a new one. */
    private void open(Found found, boolean atEnd) {
        try {
            Optional<FileState> known = holding(found.stat());
            if (known.isPresent()) {
                resume(found, known.get());
            } else {
                begin(found, atEnd);
            }
        } catch (IOException e) {
            complain(found.stat().path(), e);
        }
    }

    /** Goes on with a known content; not while another file with it is open, as between the two steps of a copy and truncation. */
    private void resume(Found found, FileState state) throws IOException {
        boolean open = tails.values().stream().anyMatch(tail -> tail.fileId().equals(state.fileId()));
        if (!open) {
            tails.put(found.stat().key(), Tail.resume(found.source(), found.stat(), state, registry, reading));
            complaints.fine(found.stat().path().toString());
        }
    }

    private Tail begin(Found found, boolean atEnd) throws IOException {
        Tail tail = Tail.begin(found.source(), found.stat(), atEnd, registry, reading);
        tails.put(found.stat().key(), tail);
        complaints.fine(found.stat().path().toString());
        return tail;
    }

    /** The known content that a file holds: the one that stood in the same place first, then any of its family. */
    private Optional<FileState> holding(Stat stat) throws IOException {
        List<FileState> states = new ArrayList<>(registry.sent());
        states.removeIf(
                state -> !state.key().equals(stat.key()) && !state.family().equals(stat.family()));
        states.sort(Comparator.comparing(state -> !state.key().equals(stat.key())));
        for (FileState state : states) {
            if (Tail.holds(stat, state)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /**
     * Reads what rotation put beside a file: the rest of known contents, and contents that came and went between two looks, which are
     * those that changed after all that was known at the last look. Answers whether a known content was found.
     */
    private boolean findGenerations(String family) {
        long sinceMillis = changes.getOrDefault(family, startedMillis);
        Optional<Source> source = lookout.sourceOf(family);
        boolean rest = false;
        for (Stat stat : source.isEmpty() ? List.<Stat>of() : lookout.generations(family)) {
            if (!tails.containsKey(stat.key())) {
                rest |= generation(new Found(source.get(), stat), sinceMillis);
            }
        }
        return rest;
    }

    private boolean generation(Found found, long sinceMillis) {
        Stat stat = found.stat();
        try {
            Optional<FileState> known = holding(stat);
            if (known.isPresent() && stat.size() > known.get().offset()) {
                resume(found, known.get());
            } else if (known.isEmpty() && stat.modifiedMillis() >= sinceMillis) {
                LOG.info("{}: rotated between two looks; reading it", stat.path());
                begin(found, false).identifyNow();
            }
            return known.isPresent();
        } catch (IOException e) {
            complain(stat.path(), e);
            return false;
        }
    }

    /** When each family's youngest known generation was changed last, as far as was seen. */
    private Map<String, Long> lastChanges() {
        Map<String, Long> changes = new HashMap<>();
        registry.sent().forEach(state -> changes.merge(state.family(), state.modifiedMillis(), Math::max));
        return changes;
    }

    private void drop(Tail tail) {
        tails.remove(tail.stat().key(), tail);
        try {
            tail.close();
        } catch (IOException e) {
            LOG.debug("{}: {}", tail.stat().path(), Lookout.words(e));
        }
    }

    private boolean readToItsEnd(Source source) {
        return tails.values().stream()
                .filter(tail -> tail.source().equals(source))
                .allMatch(Tail::isIdle);
    }

    private void complain(Path path, IOException error) {
        complaints.about(path.toString(), Lookout.words(error));
    }
}
