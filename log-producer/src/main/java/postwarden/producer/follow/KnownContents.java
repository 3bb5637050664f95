package postwarden.producer.follow;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import postwarden.producer.checkpoint.FileState;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.file.Family;
import postwarden.producer.file.FileKey;

/** Which files hold what was read before. */
final class KnownContents {
    private final Registry registry;
    /** Compressed files that were read to their end, or as far as they can be: they do not change, and looking costs much. */
    private final Set<Stat> settled = new HashSet<>();

    KnownContents(Registry registry) {
        this.registry = registry;
    }

    /** The known content that a file holds: the one that stood in the same place first, then any of its family. */
    Optional<FileState> heldBy(Stat stat) throws IOException {
        for (FileState state : registry.sent(stat.key(), stat.family())) {
            if (Content.holds(stat, state)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a file is a copy of a known content that ends before the place up to which that was read: one that is still being made, or
     * one that the log outgrew before it was truncated. Its lines have been sent; read as a content of its own, they would come again
     * under another identity, which no reader takes for the same.
     *
     * @param open the files that are open
     * @param sinceMillis when its family changed last, as far as was known before this look
     */
    boolean isShortCopy(Stat stat, Map<FileKey, Tail> open, long sinceMillis) throws IOException {
        if (!stat.isRotated()) {
            return false;
        }
        for (FileState state : registry.sent(stat.key(), stat.family())) {
            if (!isWrittenOver(stat, state)
                    && Content.beginsAlike(stat, state)
                    && isSource(state, stat, open, sinceMillis)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a file stands where the content stood, so that it was written over that instead of copied from it. A packed file was not: it
     * is a file of its own, and when the content's is gone it may get the number of that.
     */
    private static boolean isWrittenOver(Stat stat, FileState state) {
        return state.key().equals(stat.key()) && !Family.isCompressed(stat.name());
    }

    /**
     * Whether a content is what a file was copied from: it holds the same bytes; or it has been cut where it stood; or it is gone, and the
     * file was there before, when what it is was decided.
     */
    private static boolean isSource(FileState state, Stat copy, Map<FileKey, Tail> open, long sinceMillis)
            throws IOException {
        for (Tail tail : open.values()) {
            if (tail.fileId().equals(state.fileId())) {
                return tail.holdsEndOf(copy);
            }
        }
        return open.containsKey(state.key()) || copy.modifiedMillis() <= sinceMillis;
    }

    /** Notes that nothing more is to be had of a file, if that is for good. */
    void settle(Stat stat) {
        if (Family.isCompressed(stat.name())) {
            settled.add(stat);
        }
    }

    boolean isSettled(Stat stat) {
        return settled.contains(stat);
    }
}
