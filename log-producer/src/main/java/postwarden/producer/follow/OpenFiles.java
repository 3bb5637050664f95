package postwarden.producer.follow;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final Tails tails;
    private final Generations generations;
    private final Vanished vanished;

    /** Sources whose files are looked for for the first time: what is there is not what appeared while the agent looked. */
    private Set<Source> fresh;

    private boolean first = true;

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
        this.tails = new Tails(registry, reading, complaints);
        this.generations = new Generations(tails, folders, registry, known, complaints);
        generations.startedAt(registry.lostSince());
        this.vanished = new Vanished(tails, folders, registry, reading);
    }

    List<Tail> all() {
        return tails.all();
    }

    /** The open files that stood at a path at the last look. */
    Collection<Tail> at(Path path) {
        return tails.at(path);
    }

    /** Looks at all paths, opens what is new and lets go of what is gone; answers in which folders something may happen. */
    Set<Path> look() {
        Map<FileKey, Found> present = lookout.present(tails::seenAt);
        folders.lookAgain();
        generations.remember();
        identify();
        Set<String> disturbed = disturbed(present);
        present.keySet().removeAll(tails.byKey().keySet());
        for (Found found : logsFirst(present.values())) {
            if (!tails.contains(found.stat().key())) {
                String family = found.stat().family();
                // A file may have been there and empty, or have come while nobody looked: what stands in files is old
                // at the very first start only, and where a source was added.
                boolean news = fresh.contains(found.source())
                        && (!first || registry.isFirstStart())
                        && !generations.isKnown(family);
                open(found, news && found.source().start() == Source.Start.END);
                disturbed.add(family);
            }
        }
        Set<Path> watched = tails.folders();
        disturbed.addAll(folders.disturbed(watched));
        disturbed.addAll(registry.unfinished());
        if (!fresh.isEmpty()) {
            registry.seen().forEach(state -> disturbed.add(state.family()));
        }
        vanished.settle(disturbed.stream()
                .flatMap(family -> findGenerations(family).stream())
                .collect(Collectors.toSet()));
        if (!fresh.isEmpty()) {
            generations.startedAt(clock.millis() - COARSE_MILLIS);
        }
        fresh = Set.of();
        first = false;
        tails.looked();
        return watched;
    }

    /** Whether a generation is a copy of a log can be told when the log is open. */
    private static List<Found> logsFirst(Collection<Found> present) {
        Map<Boolean, List<Found>> rotated = present.stream()
                .collect(Collectors.partitioningBy(found -> found.stat().isRotated()));
        return Stream.of(false, true)
                .flatMap(which -> rotated.getOrDefault(which, List.of()).stream())
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
                tails.hand(tail, sourceOf(tail.stat()));
            } catch (IOException e) {
                complain(tail.stat().path(), e);
            }
        }
    }

    private Optional<Source> sourceOf(Stat stat) {
        return lookout.sourceOf(stat.path().toString()).or(() -> lookout.sourceOf(stat.family()));
    }

    /** A copy beside a log is known by the log's identity, so the log has to have it first. */
    private void identify() {
        for (Tail tail : tails.all()) {
            try {
                tail.identify();
            } catch (IOException e) {
                complain(tail.stat().path(), e);
            }
        }
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
            if (vanished.take(tail, now)) {
                return false;
            }
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
        long left = tail.leftForMillis();
        tail.identifyNow();
        long quiet = Math.min(left, tail.quietMillis());
        if (quiet >= linger.toMillis() && tail.isIdle()) {
            tail.finish();
            drop(tail);
        }
    }

    /**
     * Begins files anew that hold another content than was read from them, after a look for what was not read of it; answers who reads
     * them now.
     */
    List<Tail> rewritten(Collection<Tail> rewritten) {
        if (rewritten.isEmpty()) {
            return List.of();
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
            // generations are
            // known says nothing about this one.
            if (!findGenerations(tail.stat().family()).contains(tail.fileId())) {
                reading.metrics().rewritten().increment();
                tail.lost("rewritten or truncated at offset " + tail.position()
                        + "; what was written since the last look is lost");
            }
        }
        return rewritten.stream()
                .flatMap(tail -> Stream.ofNullable(tails.byKey().get(tail.stat().key())))
                .toList();
    }

    /** Stays with the open file, which may have been renamed or deleted since it was looked at. */
    private void beginAnew(Tail tail) {
        try {
            Tail anew = tail.anew();
            tails.replace(anew);
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
                tails.resume(found, state.get());
            } else if (found.stat().isRotated() && !generations.isShortCopy(found.stat())) {
                // Even from half a line: it may be compressed before the next start, and then only its identity is
                // known.
                tails.begin(found, atEnd).identifyNow();
            } else if (!found.stat().isRotated()) {
                tails.begin(found, atEnd);
            }
        } catch (IOException e) {
            complain(found.stat().path(), e);
        }
    }

    /** Reads what rotation put beside a file; answers the identities of the known contents that were found. */
    private Set<String> findGenerations(String family) {
        Optional<Source> source = lookout.sourceOf(family);
        // What a source that was added just now finds beside its logs is history; not what stood there unread when all
        // that was known got lost.
        boolean lost = first && registry.lostSince() != Registry.NOTHING_LOST;
        return generations.find(
                family, source, !lost && source.filter(fresh::contains).isPresent());
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
        known.settle(tail.stat());
        tails.drop(tail);
    }

    void complain(Path path, IOException error) {
        complaints.about(path.toString(), Lookout.words(error));
    }
}
