package postwarden.producer.follow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.checkpoint.FileState;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.file.FileKey;
import postwarden.producer.follow.Lookout.Found;

/** The files that are open, each once: by where the file system keeps them, and by the path at which they stood at the last look. */
final class Tails {
    private static final Logger LOG = LoggerFactory.getLogger(Tails.class);

    private final Registry registry;
    private final Reading reading;
    private final Complaints complaints;
    private final Map<FileKey, Tail> byKey = new LinkedHashMap<>();
    private final Map<Path, Tail> byPath = new HashMap<>();

    Tails(Registry registry, Reading reading, Complaints complaints) {
        this.registry = registry;
        this.reading = reading;
        this.complaints = complaints;
    }

    List<Tail> all() {
        return List.copyOf(byKey.values());
    }

    /** By where the file system keeps them. */
    Map<FileKey, Tail> byKey() {
        return Collections.unmodifiableMap(byKey);
    }

    boolean contains(FileKey key) {
        return byKey.containsKey(key);
    }

    /** The one that stood at a path at the last look. */
    Collection<Tail> at(Path path) {
        Tail tail = byPath.get(path);
        return tail == null || byKey.get(tail.stat().key()) != tail ? List.of() : List.of(tail);
    }

    /** What was seen at a path at the last look. */
    Optional<Stat> seenAt(Path path) {
        return Optional.ofNullable(byPath.get(path)).map(Tail::stat);
    }

    /** The folders in which they stand, and those of all that is known. */
    Set<Path> folders() {
        // By their texts, see Stat.name(): a folder has thousands of files.
        Set<String> folders = new HashSet<>();
        byKey.values().forEach(tail -> folders.add(folder(tail.stat().path().toString())));
        registry.seen().forEach(state -> folders.add(folder(state.family())));
        return folders.stream().map(Path::of).collect(Collectors.toSet());
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return path.substring(0, slash > 0 ? slash : slash + 1);
    }

    /** Notes where they stand now. */
    void looked() {
        boolean moved = byPath.size() != byKey.size()
                || !byKey.values().stream()
                        .allMatch(tail -> byPath.get(tail.stat().path()) == tail);
        if (moved) {
            byPath.clear();
            byKey.values().forEach(tail -> byPath.put(tail.stat().path(), tail));
        }
    }

    /** Opens a file that holds a known content; not while another with it is open, as between the two steps of a copy and truncation. */
    void resume(Found found, FileState state) throws IOException {
        boolean open = byKey.values().stream().anyMatch(tail -> tail.fileId().equals(state.fileId()));
        if (!open) {
            byKey.put(found.stat().key(), Tail.resume(found.source(), found.stat(), state, registry, reading));
            complaints.fine(found.stat().path().toString());
        }
    }

    /** Opens a file that holds a new content. */
    Tail begin(Found found, boolean atEnd) throws IOException {
        Tail tail = Tail.begin(found.source(), found.stat(), atEnd, registry, reading);
        byKey.put(found.stat().key(), tail);
        complaints.fine(found.stat().path().toString());
        return tail;
    }

    /** Takes what reads the same open file another way for what is open. */
    void replace(Tail other) {
        byKey.put(other.stat().key(), other);
    }

    /** Hands an open file to another source, or lets go of one that none names. */
    void hand(Tail tail, Optional<Source> source) throws IOException {
        if (source.isEmpty()) {
            byKey.remove(tail.stat().key(), tail);
            LOG.atInfo()
                    .addKeyValue("path", tail.stat().path())
                    .addKeyValue("offset", tail.position())
                    .log("no source names this file any more");
            tail.close();
        } else if (!source.get().equals(tail.source())) {
            replace(tail.under(source.get()));
        }
    }

    void drop(Tail tail) {
        byKey.remove(tail.stat().key(), tail);
        try {
            tail.close();
        } catch (IOException e) {
            LOG.debug("{}: {}", tail.stat().path(), Lookout.words(e));
        }
    }
}
