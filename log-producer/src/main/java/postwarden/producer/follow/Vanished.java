package postwarden.producer.follow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.checkpoint.FileState;
import postwarden.producer.checkpoint.Registry;

/**
 * Parked logs to which their paths lead no more. Nothing holds them, so they are looked for as behind a restart: where rotation put them,
 * by their place and content; else among all generations, by content; and what was known of one and not read is said when it is nowhere.
 */
final class Vanished {
    private static final Logger LOG = LoggerFactory.getLogger(Vanished.class);

    private final Tails tails;
    private final Folders folders;
    private final Registry registry;
    private final Reading reading;
    private final List<Gone> gone = new ArrayList<>();

    /**
     * One that was let go of.
     *
     * @param rewritten whether the file that stands in its place may be the same one, cut
     */
    private record Gone(Tail tail, boolean rewritten) {}

    Vanished(Tails tails, Folders folders, Registry registry, Reading reading) {
        this.tails = tails;
        this.folders = folders;
        this.registry = registry;
        this.reading = reading;
    }

    /**
     * Lets go of a parked file if what stands at its path is not it, or holds another content by now, and rotation did not put it elsewhere;
     * answers whether it did.
     *
     * @param now what stands there
     */
    boolean take(Tail tail, Optional<Stat> now) throws IOException {
        if (!tail.bytes().isParked()) {
            return false;
        }
        Optional<Stat> there = now.filter(tail.bytes()::isAt);
        if (there.isEmpty() && tail.bytes().isStillThere()) {
            return false;
        }
        boolean cut = there.isPresent() && !holds(tail, there.get());
        Optional<Stat> stands = there.isPresent() && !cut ? there : moved(tail);
        if (stands.isPresent()) {
            tail.bytes().standsAt(stands.get());
            return false;
        }
        reading.metrics().rotations().increment(cut ? 0 : 1);
        gone.add(new Gone(tail, cut && there.get().path().equals(tail.stat().path())));
        tails.drop(tail);
        return true;
    }

    private Optional<Stat> moved(Tail tail) throws IOException {
        for (Stat stat : folders.generations(tail.stat().family())) {
            if (tail.bytes().isAt(stat) && holds(tail, stat)) {
                return Optional.of(stat);
            }
        }
        return Optional.empty();
    }

    private boolean holds(Tail tail, Stat stat) throws IOException {
        Stat before = tail.stat();
        if (stat.modifiedMillis() == before.modifiedMillis()
                && stat.size() == tail.position()
                && stat.path().equals(before.path())) {
            return true;
        }
        Optional<FileState> state = registry.sent(tail.fileId());
        return state.isPresent() ? Content.holds(stat, state.get()) : tail.position() == 0;
    }

    /**
     * Says what is missing of those that are nowhere.
     *
     * @param found identities of known contents that were found meanwhile
     */
    void settle(Set<String> found) {
        for (Gone each : gone) {
            String fileId = each.tail().fileId();
            boolean open = tails.all().stream().anyMatch(other -> other.fileId().equals(fileId));
            if (!open && !found.contains(fileId)) {
                miss(each);
            }
        }
        gone.clear();
    }

    private void miss(Gone each) {
        Tail tail = each.tail();
        try {
            long size = Math.max(tail.bytes().size(), tail.position());
            if (size == tail.position() && !each.rewritten()) {
                tail.finish();
                return;
            }
            String what =
                    (each.rewritten() ? "rewritten or truncated" : "deleted") + " while there was no descriptor for it";
            LOG.atWarn()
                    .addKeyValue("path", tail.stat().path())
                    .addKeyValue("offset", tail.position())
                    .addKeyValue("size", size)
                    .addKeyValue("why", what)
                    .log("the rest of a file is lost");
            reading.metrics().parkedLost().increment();
            tail.lost(size, what + "; what follows offset " + tail.position() + " is lost");
        } catch (IOException e) {
            LOG.debug("{}: {}", tail.stat().path(), Lookout.words(e));
        }
    }
}
