package postwarden.producer.follow;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import postwarden.producer.file.Family;

/**
 * The bytes of a log that is followed, open or parked. Parked, its path tells how many there are, and reading opens it again: what stands
 * there then may be another content, as behind a restart, so who reads on asks first ({@link Content#holds()}).
 */
final class LentBytes implements Bytes {
    private final Descriptors descriptors;
    /** Where it was seen last. */
    private Stat stat;

    private @Nullable Bytes open;
    /** The size as of the last question. */
    private long known;

    private boolean identified;

    /** Opens what was looked at. */
    LentBytes(Stat stat, Descriptors descriptors) throws IOException {
        this.descriptors = descriptors;
        this.stat = stat;
        this.known = stat.size();
        this.open = descriptors.lend(this, stat);
    }

    /** Notes where it stands now. */
    void standsAt(Stat now) {
        stat = now;
    }

    /** Notes that its content has an identity, by which it is found again. */
    void identified() {
        identified = true;
    }

    boolean isParked() {
        return open == null;
    }

    /** Whether a look, at any path, was one at this file; while it is parked, its number may be given to another. */
    boolean isAt(Stat now) {
        return now.key().equals(stat.key()) && !(isParked() && now.isYoungerThan(stat));
    }

    /** Whether the path at which it was seen last still leads to it. */
    boolean isStillThere() {
        return look().isPresent();
    }

    /**
     * Lets go of the descriptor; not when no path leads to the file any more, or it has no more than half a line, since then nothing would
     * find it again.
     */
    boolean park() {
        Bytes bytes = open;
        if (bytes == null) {
            return true;
        }
        try {
            known = bytes.size();
            if (!stat.isStillThere() || (!identified && known > 0)) {
                return false;
            }
            bytes.close();
        } catch (IOException gone) {
            return false;
        }
        open = null;
        return true;
    }

    /** Of a parked file that is gone, as far as it was known last. */
    @Override
    public long size() throws IOException {
        if (open != null) {
            known = open.size();
        } else if (!Family.isCompressed(stat.name())) {
            known = look().map(Stat::size).orElse(known);
        }
        return known;
    }

    @Override
    public int read(byte[] into, int length, long from) throws IOException {
        Bytes bytes = open;
        if (bytes == null) {
            bytes = descriptors.lend(this, stat);
            open = bytes;
        } else {
            descriptors.used(this);
        }
        return bytes.read(into, length, from);
    }

    @Override
    public void close() throws IOException {
        descriptors.closed(this);
        if (open != null) {
            open.close();
        }
    }

    private Optional<Stat> look() {
        try {
            return Optional.of(Stat.of(stat.path(), stat.links(), Optional.of(stat)))
                    .filter(this::isAt);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
