package postwarden.producer.follow;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import postwarden.producer.checkpoint.FileState;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.file.Family;

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
