package postwarden.producer.follow;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.checkpoint.FileState;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.follow.Lookout.Found;

/**
 * Reads what rotation put beside a file: the rest of known contents, and contents that came and went between two looks, which are those
 * that changed after all that was known at the last look.
 */
final class Generations {
    private static final Logger LOG = LoggerFactory.getLogger(Generations.class);

    private final Tails tails;
    private final Folders folders;
    private final Registry registry;
    private final KnownContents known;
    private final Complaints complaints;

    private long startedMillis = Registry.NOTHING_LOST;
    private Map<String, Long> changes = Map.of();
    /** What {@link Registry#changes} was then: of ten thousand files at rest nothing is to be gone through. */
    private long remembered = -1;
    /** Whether a generation could not be opened for lack of descriptors: it is to be found at the next look. */
    private boolean exhausted;

    Generations(Tails tails, Folders folders, Registry registry, KnownContents known, Complaints complaints) {
        this.tails = tails;
        this.folders = folders;
        this.registry = registry;
        this.known = known;
        this.complaints = complaints;
    }

    /** Notes when each family's youngest known generation was changed last, as far as was seen: news is what changed after it. */
    void remember() {
        long now = registry.changes();
        if (now == remembered) {
            return;
        }
        remembered = now;
        Map<String, Long> last = new HashMap<>();
        registry.seen().forEach(state -> last.merge(state.family(), state.modifiedMillis(), Math::max));
        changes = last;
    }

    /** When something was looked for for the first time; of families of which nothing was known then, news is what changed after it. */
    void startedAt(long millis) {
        startedMillis = millis;
    }

    /** Whether anything is known of a family. */
    boolean isKnown(String family) {
        return changes.containsKey(family);
    }

    /** Whether a generation is a copy that ends before what was read, see {@link KnownContents#isShortCopy}. */
    boolean isShortCopy(Stat stat) throws IOException {
        return known.isShortCopy(stat, tails.byKey(), changes.getOrDefault(stat.family(), 0L));
    }

    /**
     * Looks through a family. When it was rotated meanwhile, some generations may have been missed under an old name: until it was looked
     * through in peace, in this run or a later one, what counts as news is what did then, or a younger generation that was found would make
     * them history.
     *
     * @param source the one that names it; empty when none does any more
     * @param history whether what is there now is none of that source's
     * @return the identities of the known contents that were found
     */
    Set<String> find(String family, Optional<Source> source, boolean history) {
        long lastMillis = changes.getOrDefault(family, history ? Long.MAX_VALUE : startedMillis);
        long sinceMillis = Math.min(registry.unfinishedSince(family), lastMillis);
        Set<String> found = new HashSet<>();
        exhausted = false;
        for (Stat stat : source.isEmpty() ? List.<Stat>of() : folders.generations(family)) {
            if (!tails.contains(stat.key()) && !known.isSettled(stat)) {
                read(new Found(source.get(), stat), sinceMillis).ifPresent(found::add);
            }
        }
        if (source.isPresent() && (exhausted || !folders.isAsListed(family))) {
            registry.unfinished(family, sinceMillis);
        } else {
            registry.finished(family);
        }
        return found;
    }

    private Optional<String> read(Found found, long sinceMillis) {
        Stat stat = found.stat();
        try {
            Optional<FileState> state = known.heldBy(stat);
            if (state.isPresent() && Content.hasMore(stat, state.get())) {
                tails.resume(found, state.get());
            } else if (state.isEmpty() && isShortCopy(stat)) {
                LOG.atDebug().addKeyValue("path", stat.path()).log("a copy that ends before what was read");
            } else if (state.isEmpty() && stat.modifiedMillis() >= sinceMillis) {
                LOG.atInfo().addKeyValue("path", stat.path()).log("a file was rotated between two looks; reading it");
                tails.begin(found, false).identifyNow();
            } else {
                known.settle(stat);
            }
            return state.map(FileState::fileId);
        } catch (Descriptors.Exhausted e) {
            exhausted = true;
            complaints.about(stat.path().toString(), Lookout.words(e));
            return Optional.empty();
        } catch (IOException e) {
            complaints.about(stat.path().toString(), Lookout.words(e));
            return Optional.empty();
        }
    }
}
