package postwarden.producer.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import postwarden.producer.file.FileKey;
import postwarden.producer.file.Print;

/** Every file that is known, with its progress. Safe for many threads: one reads files, one writes checkpoints, Kafka's acknowledges. */
public final class Registry {
    private final Map<String, Tracked> files = new ConcurrentHashMap<>();
    /** Identities by family, and by where the file system keeps them: of ten thousand files each must be found at once. */
    private final Index<String> families = new Index<>();

    private final Index<FileKey> places = new Index<>();

    /** One input; that it was seen again makes no new object, because a look sees ten thousand. */
    private static final class Tracked {
        private final FileState state;
        private final Progress progress;
        private volatile long seenMillis;

        Tracked(FileState state, Progress progress) {
            this.state = state;
            this.progress = progress;
            seenMillis = state.seenMillis();
        }

        FileState state() {
            return state;
        }

        Progress progress() {
            return progress;
        }

        long seenMillis() {
            return seenMillis;
        }

        FileState at(Position position) {
            return state.at(position).seenAt(seenMillis);
        }
    }

    /** All that the last run left can be read. */
    public static final long NOTHING_LOST = Long.MAX_VALUE;

    private final boolean firstStart;
    private final long lostSince;
    /** What a checkpoint would hold has changed so often; asking ten thousand files each second would cost more than all else. */
    private final LongAdder changes = new LongAdder();

    private final Runnable changed = changes::increment;
    /** Families that are to be looked through again, see {@link Checkpoint#unfinished}. */
    private final Map<String, Long> unfinished = new ConcurrentHashMap<>();
    /** Held while paths are looked at, and while a checkpoint is put together. */
    private final Semaphore whole = new Semaphore(1);

    /**
     * What the last run left behind.
     *
     * @param loaded what it knew
     * @param firstStart whether there was no last run: also false when there was one and nothing is left of what it knew
     */
    public Registry(Checkpoint loaded, boolean firstStart) {
        this(loaded, firstStart, id -> false);
    }

    /**
     * The same.
     *
     * @param exact of which files, by their identities, nothing was ever sent behind what it says, so that what follows is new
     */
    public Registry(Checkpoint loaded, boolean firstStart, Predicate<String> exact) {
        this(loaded, firstStart, exact, NOTHING_LOST);
    }

    /**
     * The same.
     *
     * @param lostSince of files that changed since then, in milliseconds since the epoch, a run before this one may have known more than
     *     can be read; {@link #NOTHING_LOST} where that is not so
     */
    public Registry(Checkpoint loaded, boolean firstStart, Predicate<String> exact, long lostSince) {
        this.firstStart = firstStart;
        this.lostSince = lostSince;
        unfinished.putAll(loaded.unfinished());
        loaded.files().forEach(state -> track(state, exact.test(state.fileId())));
    }

    /** Files of which something may have been sent behind what is acknowledged, now that nothing is on its way: by a run before this one. */
    public Set<String> inexact() {
        return files.entrySet().stream()
                .filter(file -> !file.getValue().progress().isExact())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether no run was before this one. */
    public boolean isFirstStart() {
        return firstStart;
    }

    /** Since when files were changed of which more was known than can be read; {@link #NOTHING_LOST} where that is not so. */
    public long lostSince() {
        return lostSince;
    }

    /** Begins to track a file, or goes on with it when its identity is known already; its progress then stays what it is. */
    public Progress track(FileState state) {
        return track(state, false);
    }

    private Progress track(FileState state, boolean loadedExactly) {
        Tracked before = files.get(state.fileId());
        if (before != null && !before.state().key().equals(state.key())) {
            places.remove(before.state().key(), state.fileId());
        }
        families.add(state.family(), state.fileId());
        place(state);
        Position start = new Position(state.offset(), state.fragment(), state.mark(), state.place());
        Progress fresh = loadedExactly ? new Progress(start, changed).exact() : new Progress(start, changed);
        Progress progress = files.merge(
                        state.fileId(), new Tracked(state, fresh), (old, ignored) -> new Tracked(state, old.progress()))
                .progress();
        changes.increment();
        return progress;
    }

    /**
     * Grows with all that a checkpoint would say otherwise than before, but for the times at which files were seen. Asked before
     * {@link #checkpoint()}, it may miss nothing: a change that comes while that is put together is counted afterwards.
     */
    public long changes() {
        return changes.sum();
    }

    /** Changes what is known about a file, but not its progress. */
    public void update(String fileId, UnaryOperator<FileState> change) {
        AtomicBoolean altered = new AtomicBoolean();
        files.computeIfPresent(fileId, (id, old) -> {
            FileState changed = change.apply(old.state());
            if (changed.equals(old.state().seenAt(changed.seenMillis()))) {
                old.seenMillis = changed.seenMillis();
                return old;
            }
            if (!changed.key().equals(old.state().key())) {
                places.remove(old.state().key(), id);
                place(changed);
            }
            altered.set(true);
            return new Tracked(changed, old.progress());
        });
        if (altered.get()) {
            changes.increment();
        }
    }

    private void place(FileState state) {
        places.add(state.key(), state.fileId());
    }

    /** How many known files of a family began with the same bytes. */
    public int turns(String family, Print beginning) {
        return (int) ids(families, family)
                .map(Tracked::state)
                .filter(state -> state.beginning().digest().equals(beginning.digest()))
                .count();
    }

    /** Every known log file, as it was seen last; how far it has come is not asked. */
    public List<FileState> seen() {
        return files.values().stream()
                .map(Tracked::state)
                .filter(FileState::ofLogFile)
                .toList();
    }

    /**
     * The known log files that a file may be, by its place and by its family, those in its place first; each at the place behind what was
     * sent: where reading goes on while this process lives.
     */
    public List<FileState> sent(FileKey place, String family) {
        return Stream.concat(
                        ids(places, place),
                        ids(families, family).filter(file -> !file.state().key().equals(place)))
                .filter(file -> file.state().ofLogFile())
                .map(file -> file.at(file.progress().sent()))
                .toList();
    }

    /** One known file, at the place behind what was sent. */
    public Optional<FileState> sent(String fileId) {
        return Optional.ofNullable(files.get(fileId))
                .map(file -> file.at(file.progress().sent()));
    }

    /** How far a known file is acknowledged without a hole, in bytes; another number for one that is not known. */
    public long acknowledgedOffset(String fileId, long otherwise) {
        Tracked file = files.get(fileId);
        return file == null ? otherwise : file.progress().acknowledgedOffset();
    }

    private <K> Stream<Tracked> ids(Index<K> index, K key) {
        return index.ids(key).stream().map(files::get).filter(Objects::nonNull);
    }

    /**
     * Runs a look at the paths, of which a checkpoint holds all or nothing. In the middle of one a young content may be known before the
     * older ones beside it are, and whoever went on from there would take those for history.
     */
    public void looking(Runnable look) {
        whole.acquireUninterruptibly();
        try {
            look.run();
        } finally {
            whole.release();
        }
    }

    /** What a checkpoint holds now; empty while paths are looked at. */
    public Optional<Checkpoint> checkpoint() {
        if (!whole.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Checkpoint(
                    files.values().stream()
                            .map(file -> file.at(file.progress().acknowledged()))
                            .toList(),
                    unfinished));
        } finally {
            whole.release();
        }
    }

    /** The families that are to be looked through again. */
    public Set<String> unfinished() {
        return Set.copyOf(unfinished.keySet());
    }

    /** Notes that what a family has of what changed since may not all be known; what was noted first stays. */
    public void unfinished(String family, long sinceMillis) {
        Long before = unfinished.put(family, Math.min(sinceMillis, unfinishedSince(family)));
        if (before == null) {
            changes.increment();
        }
    }

    /** Since when what changed of a family may not all be known, in milliseconds; later than everything when it is. */
    public long unfinishedSince(String family) {
        return unfinished.getOrDefault(family, Long.MAX_VALUE);
    }

    /** Notes that a family was looked through in peace. */
    public void finished(String family) {
        if (unfinished.remove(family) != null) {
            changes.increment();
        }
    }

    /** What is known about one input, at the place in front of which all is acknowledged. */
    public Optional<FileState> acknowledged(String fileId) {
        return Optional.ofNullable(files.get(fileId))
                .map(file -> file.at(file.progress().acknowledged()));
    }

    /** Forgets one input, of which nothing will be read any more. */
    public void forget(String fileId) {
        Tracked gone = files.remove(fileId);
        if (gone != null) {
            families.remove(gone.state().family(), fileId);
            places.remove(gone.state().key(), fileId);
            changes.increment();
        }
    }

    /** Forgets what was not seen since an instant, in milliseconds since the epoch; answers how much. */
    public int forget(long beforeMillis) {
        List<String> unseen = files.values().stream()
                .filter(file -> file.seenMillis() < beforeMillis)
                .map(file -> file.state().fileId())
                .toList();
        unseen.forEach(this::forget);
        return unseen.size();
    }
}
