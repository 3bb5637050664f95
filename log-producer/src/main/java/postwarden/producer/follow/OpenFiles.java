package postwarden.producer.follow;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.checkpoint.FileState;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.file.Change;
import postwarden.producer.file.FileKey;
import postwarden.producer.follow.Lookout.Found;

/**
 * Which files are open: opens those that sources name and those that rotation made from them, as known contents or as new ones, and
 * lets go of those that are gone.
 */
final class OpenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    /** The kernel stamps files with a clock that moves once a tick, 1 to 10 ms, and so lags behind the one that we read. */
    private static final long COARSE_MILLIS = 20;

    private final Duration linger;
    private final Registry registry;
    private final KnownContents known;
    private final Reading reading;
    private final Complaints complaints;
    private final Lookout lookout;
    private final Folders folders;
    private final Clock clock;
    private final Map<FileKey, Tail> tails = new LinkedHashMap<>();
    private final Map<Path, Tail> byPath = new HashMap<>();

    /** Sources whose files are looked for for the first time: what is there is not what appeared while the agent looked. */
    private Set<Source> fresh;

    private boolean first = true;
    private long startedMillis = Long.MAX_VALUE;
    private Map<String, Long> changes = Map.of();
    /**
     * Families that were rotated while their generations were looked through, so that some may have been missed under an old name. Until
     * that was done in peace, what counts as news is what did then: a younger generation that was found must not make them history.
     */
    private final Map<String, Long> unfinished = new HashMap<>();

    OpenFiles(FollowParams params, List<Source> sources, Registry registry, Reading reading, Complaints complaints) {
        this.linger = params.linger();
        this.registry = registry;
        this.known = new KnownContents(registry);
        this.reading = reading;
        this.complaints = complaints;
        this.clock = reading.clock();
        this.lookout = new Lookout(sources, params.links(), complaints);
        this.folders = new Folders(clock, params.links());
        this.fresh = Set.copyOf(sources);
    }

    List<Tail> all() {
        return List.copyOf(tails.values());
    }

    /** The open files that stood at a path at the last look. */
    Collection<Tail> at(Path path) {
        Tail tail = byPath.get(path);
        return tail == null || tails.get(tail.stat().key()) != tail ? List.of() : List.of(tail);
    }

    /** Looks at all paths, opens what is new and lets go of what is gone; answers in which folders something may happen. */
    Set<Path> look() {
        Map<FileKey, Found> present = lookout.present();
        folders.lookAgain();
        changes = lastChanges();
        identify();
        Set<String> disturbed = disturbed(present);
        for (Found found : logsFirst(present.values())) {
            if (!tails.containsKey(found.stat().key())) {
                String family = found.stat().family();
                // A file may have been there and empty, or have come while nobody looked: what stands in files is old
                // at the very first start only, and where a source was added.
                boolean news = fresh.contains(found.source())
                        && (!first || registry.isFirstStart())
                        && !changes.containsKey(family);
                open(found, news && found.source().start() == Source.Start.END);
                disturbed.add(family);
            }
        }
        Set<Path> watched = watched();
        disturbed.addAll(folders.disturbed(watched));
        disturbed.addAll(unfinished.keySet());
        if (!fresh.isEmpty()) {
            registry.seen().forEach(state -> disturbed.add(state.family()));
        }
        disturbed.forEach(this::findGenerations);
        if (!fresh.isEmpty()) {
            startedMillis = clock.millis() - COARSE_MILLIS;
        }
        fresh = Set.of();
        first = false;
        byPath.clear();
        tails.values().forEach(tail -> byPath.put(tail.stat().path(), tail));
        return watched;
    }

    /** Whether a generation is a copy of a log can be told when the log is open. */
    private static List<Found> logsFirst(Collection<Found> present) {
        return present.stream()
                .sorted(Comparator.comparing(found -> found.stat().isRotated()))
                .toList();
    }

    /**
     * Goes on for other sources; to be called right behind a look for those before. What is open stays open where one of them names it, read
     * as that one says; the rest is let go of where it is, and stays known.
     */
    void follow(List<Source> before, List<Source> others) {
        Set<String> paths = before.stream().map(Source::path).collect(Collectors.toSet());
        fresh = others.stream().filter(source -> !paths.contains(source.path())).collect(Collectors.toSet());
        lookout.follow(others);
        for (Tail tail : all()) {
            try {
                hand(tail, sourceOf(tail.stat()));
            } catch (IOException e) {
                complain(tail.stat().path(), e);
            }
        }
    }

    private Optional<Source> sourceOf(Stat stat) {
        return lookout.sourceOf(stat.path().toString()).or(() -> lookout.sourceOf(stat.family()));
    }

    private void hand(Tail tail, Optional<Source> source) throws IOException {
        if (source.isEmpty()) {
            tails.remove(tail.stat().key(), tail);
            LOG.atInfo()
                    .addKeyValue("path", tail.stat().path())
                    .addKeyValue("offset", tail.position())
                    .log("no source names this file any more");
            tail.close();
        } else if (!source.get().equals(tail.source())) {
            tails.put(tail.stat().key(), tail.under(source.get()));
        }
    }

    /** A copy beside a log is known by the log's identity, so the log has to have it first. */
    private void identify() {
        for (Tail tail : tails.values()) {
            try {
                tail.identify();
            } catch (IOException e) {
                complain(tail.stat().path(), e);
            }
        }
    }

    private Set<Path> watched() {
        Set<Path> watched = new HashSet<>();
        tails.values().forEach(tail -> watched.add(folder(tail.stat().path())));
        registry.seen().forEach(state -> watched.add(folder(Path.of(state.family()))));
        return watched;
    }

    private static Path folder(Path path) {
        return path.resolveSibling("");
    }

    /** Compares every open file with what stands at its path now; answers the families in which something happened. */
    private Set<String> disturbed(Map<FileKey, Found> present) {
        Set<String> disturbed = new LinkedHashSet<>();
        List<Tail> rewritten = new ArrayList<>();
        for (Tail tail : all()) {
            Stat before = tail.stat();
            Found found = present.get(before.key());
            boolean blind = found == null && lookout.isBlindTo(tail.source(), before.path());
            if (!blind && !isWhereItWas(tail, Optional.ofNullable(found).map(Found::stat), rewritten)) {
                disturbed.add(before.family());
            }
        }
        rewritten(rewritten);
        return disturbed;
    }

    private boolean isWhereItWas(Tail tail, Optional<Stat> now, Collection<Tail> rewritten) {
        Path before = tail.stat().path();
        try {
            Change change = tail.look(now);
            if (change == Change.REWRITTEN) {
                rewritten.add(tail);
            } else if (change != Change.NONE) {
                leave(tail);
            } else if (tail.stat().isRotated()) {
                // Half a line, too: once younger generations are known, an old one that is not is history.
                tail.identifyNow();
                if (tail.quietMillis() >= linger.toMillis()) {
                    tail.finish();
                }
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
        long quiet = Math.min(tail.leftForMillis(), tail.quietMillis());
        if (quiet >= linger.toMillis() && tail.isIdle()) {
            tail.finish();
            drop(tail);
        }
    }

    /** Begins files anew that hold another content than was read from them, after a look for what was not read of it. */
    void rewritten(Collection<Tail> rewritten) {
        if (rewritten.isEmpty()) {
            return;
        }
        folders.lookAgain();
        rewritten.forEach(this::beginAnew);
        for (Tail tail : rewritten) {
            Path path = tail.stat().path();
            LOG.atWarn()
                    .addKeyValue("path", path)
                    .addKeyValue("offset", tail.position())
                    .log("a file was rewritten or truncated; reading it from its beginning");
            // A copy may have been made before the file was cut: what was not read of it is there. That older
            // generations
            // are known says nothing about this one.
            if (!findGenerations(tail.stat().family()).contains(tail.fileId())) {
                reading.metrics().rewritten().increment();
                tail.lost("rewritten or truncated at offset " + tail.position()
                        + "; what was written since the last look is lost");
            }
        }
    }

    /** Stays with the open file, which may have been renamed or deleted since it was looked at. */
    private void beginAnew(Tail tail) {
        try {
            Tail anew = tail.anew();
            tails.put(tail.stat().key(), anew);
            if (!mayGrow(tail.stat())) {
                anew.identifyNow();
            }
        } catch (IOException e) {
            drop(tail);
            complain(tail.stat().path(), e);
        }
    }

    /** Whether a file still stands where its daemon writes. */
    private static boolean mayGrow(Stat before) {
        try {
            return !before.isRotated() && before.isStillThere();
        } catch (IOException gone) {
            return false;
        }
    }

    /** Opens a file: as a known content where it holds one, else as a new one. */
    private void open(Found found, boolean atEnd) {
        try {
            Optional<FileState> state = known.heldBy(found.stat());
            if (state.isPresent()) {
                resume(found, state.get());
            } else if (found.stat().isRotated() && !known.isShortCopy(found.stat(), tails, lastChange(found.stat()))) {
                // Even from half a line: it may be compressed before the next start, and then only its identity is
                // known.
                begin(found, atEnd).identifyNow();
            } else if (!found.stat().isRotated()) {
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

    /**
     * Reads what rotation put beside a file: the rest of known contents, and contents that came and went between two looks, which are
     * those that changed after all that was known at the last look. Answers the identities of the known contents that were found.
     */
    private Set<String> findGenerations(String family) {
        Optional<Source> source = lookout.sourceOf(family);
        // What a source that was added just now finds beside its logs is history.
        boolean history = source.filter(fresh::contains).isPresent();
        long lastMillis = changes.getOrDefault(family, history ? Long.MAX_VALUE : startedMillis);
        Long before = unfinished.remove(family);
        long sinceMillis = before == null ? lastMillis : Math.min(before, lastMillis);
        Set<String> found = new HashSet<>();
        for (Stat stat : source.isEmpty() ? List.<Stat>of() : folders.generations(family)) {
            if (!tails.containsKey(stat.key()) && !known.isSettled(stat)) {
                generation(new Found(source.get(), stat), sinceMillis).ifPresent(found::add);
            }
        }
        if (source.isPresent() && !folders.isAsListed(family)) {
            unfinished.merge(family, sinceMillis, Math::min);
        }
        return found;
    }

    private Optional<String> generation(Found found, long sinceMillis) {
        Stat stat = found.stat();
        try {
            Optional<FileState> state = known.heldBy(stat);
            if (state.isPresent() && Content.hasMore(stat, state.get())) {
                resume(found, state.get());
            } else if (state.isEmpty() && known.isShortCopy(stat, tails, lastChange(stat))) {
                LOG.atDebug().addKeyValue("path", stat.path()).log("a copy that ends before what was read");
            } else if (state.isEmpty() && stat.modifiedMillis() >= sinceMillis) {
                LOG.atInfo().addKeyValue("path", stat.path()).log("a file was rotated between two looks; reading it");
                begin(found, false).identifyNow();
            } else {
                known.settle(stat);
            }
            return state.map(FileState::fileId);
        } catch (IOException e) {
            complain(stat.path(), e);
            return Optional.empty();
        }
    }

    private long lastChange(Stat stat) {
        return changes.getOrDefault(stat.family(), 0L);
    }

    /** When each family's youngest known generation was changed last, as far as was seen. */
    private Map<String, Long> lastChanges() {
        Map<String, Long> last = new HashMap<>();
        registry.seen().forEach(state -> last.merge(state.family(), state.modifiedMillis(), Math::max));
        return last;
    }

    /** Gives up a file that cannot be read to its end, and says what is missing. */
    void giveUp(Tail tail, Unpacked.Damaged damaged) {
        complain(tail.stat().path(), damaged);
        reading.metrics().damaged().increment();
        tail.lost(tail.stat().path().getFileName() + " " + damaged.getMessage() + "; what follows offset "
                + tail.position() + " is lost");
        drop(tail);
    }

    void drop(Tail tail) {
        tails.remove(tail.stat().key(), tail);
        known.settle(tail.stat());
        try {
            tail.close();
        } catch (IOException e) {
            LOG.debug("{}: {}", tail.stat().path(), Lookout.words(e));
        }
    }

    void complain(Path path, IOException error) {
        complaints.about(path.toString(), Lookout.words(error));
    }
}
