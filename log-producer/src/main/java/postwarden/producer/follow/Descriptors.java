package postwarden.producer.follow;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The descriptors that logs may take. There may be more logs than the process may open: then the one that was read longest ago is
 * parked, closed that is, with all that is known of it kept, and opened again when there is more in it.
 */
final class Descriptors {
    private static final Logger LOG = LoggerFactory.getLogger(Descriptors.class);

    /**
     * What all else may take: Java and its archives some 20, Kafka's two clients two connections a broker, the checkpoint, the folders
     * that are listed, files that are compared, the metrics and status ports and who asks there.
     */
    private static final int ALL_ELSE = 128;
    /** However few there are, one in so many is for logs. */
    private static final int LEAST_SHARE = 4;
    /** How many are let go of when there are fewer than was thought, as one in so many. */
    private static final int STEP_BACK = 8;
    /** What can always be opened while there is a descriptor. */
    private static final Path ANYTHING = Path.of("/dev/null");

    private final Counter parked;
    /** What is open, that which was read last at the end. */
    private final Set<LentBytes> lent = new LinkedHashSet<>();

    private int most;
    private boolean said;

    /**
     * Descriptors for logs.
     *
     * @param open how many, see {@link FollowParams#open}
     * @param parked counts the logs that are parked
     */
    Descriptors(int open, Counter parked) {
        this.most = open > 0 ? open : most();
        this.parked = parked;
    }

    /** There is none that could be let go of: all that is open was rotated away or deleted, and is read to its end, or has half a first line. */
    static final class Exhausted extends IOException {
        private static final long serialVersionUID = 1L;

        Exhausted(int most) {
            super("no descriptor is free: all of " + most
                    + " are with files that are rotated or deleted, or have no whole line yet"
                    + " (follow.open, LimitNOFILE)");
        }
    }

    /** As many as the process may have (RLIMIT_NOFILE), without those for all else. */
    private static int most() {
        long limit = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.max(limit / LEAST_SHARE, limit - ALL_ELSE)));
    }

    /** Opens a log to be followed. */
    LentBytes open(Stat stat) throws IOException {
        return new LentBytes(stat, this);
    }

    /** Opens the bytes of one that is going to be read. */
    Bytes lend(LentBytes to, Stat stat) throws IOException {
        makeRoom();
        Bytes bytes;
        try {
            bytes = Bytes.open(stat);
        } catch (FileSystemException e) {
            if (lent.isEmpty() || !isNoneLeft()) {
                throw e;
            }
            // All else took more than was left to it, or the whole machine has none.
            most = Math.max(1, lent.size() - 1 - lent.size() / STEP_BACK);
            makeRoom();
            bytes = Bytes.open(stat);
        }
        lent.add(to);
        return bytes;
    }

    /** Whether nothing can be opened, EMFILE or ENFILE: Java has only the C library's words for them, which its locale may translate. */
    private static boolean isNoneLeft() {
        try (FileChannel any = FileChannel.open(ANYTHING)) {
            LOG.trace("{} can be opened", any);
            return false;
        } catch (NoSuchFileException | AccessDeniedException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Notes that one was read. */
    void used(LentBytes bytes) {
        if (lent.remove(bytes)) {
            lent.add(bytes);
        }
    }

    /** Notes that one was closed. */
    void closed(LentBytes bytes) {
        lent.remove(bytes);
    }

    private void makeRoom() throws Exhausted {
        for (int left = lent.size(); lent.size() >= most; left--) {
            if (left == 0) {
                throw new Exhausted(lent.size());
            }
            LentBytes quietest = lent.iterator().next();
            lent.remove(quietest);
            if (quietest.park()) {
                parked.increment();
                say();
            } else {
                lent.add(quietest);
            }
        }
    }

    private void say() {
        if (!said) {
            said = true;
            LOG.atWarn()
                    .addKeyValue("open", most)
                    .log(
                            "more logs than descriptors: those that are quiet longest are closed, and opened again when there is more in"
                                    + " them; one that is deleted meanwhile cannot be read any more; raise LimitNOFILE (ulimit -n)");
        }
    }
}
