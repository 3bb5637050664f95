package postwarden.producer.follow;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.file.Family;

/**
 * The generations that rotation puts beside logs. A folder's own time says that something was put into it, so one look a folder is
 * enough, however many files stand there; and a folder is listed once, however many logs were rotated in it.
 */
final class Folders {
    private static final Logger LOG = LoggerFactory.getLogger(Folders.class);

    /** A folder that was changed so lately may change again without its time showing it: FAT's tick is the longest, 2 s. */
    private static final long YOUNG_MILLIS = Duration.ofSeconds(2).toMillis();

    /** The kernel stamps files with a clock that moves once a tick, 1 to 10 ms. */
    private static final long TICK_MILLIS = 20;

    private static final FileTime UNKNOWN = FileTime.fromMillis(Long.MIN_VALUE);

    private final Clock clock;
    private final boolean links;
    private final Map<Path, Seen> seen = new HashMap<>();
    private final Map<Path, Map<String, List<Path>>> listings = new HashMap<>();
    /** Each folder's time when it was listed; {@link #UNKNOWN} when that may have been of the same tick as what came behind it. */
    private final Map<Path, FileTime> listed = new HashMap<>();

    /** What a folder held at the last look. */
    private record Seen(FileTime changed, Map<Path, Stat> generations) {}

    Folders(Clock clock, boolean links) {
        this.clock = clock;
        this.links = links;
    }

    /** Makes the next questions look at the disk again. */
    void lookAgain() {
        listings.clear();
    }

    /** The families among whose generations one is new or another file, as of the last call with its folder. */
    Set<String> disturbed(Set<Path> folders) {
        Set<String> disturbed = new HashSet<>();
        seen.keySet().retainAll(folders);
        for (Path folder : folders) {
            try {
                disturbed(folder, disturbed);
            } catch (IOException e) {
                LOG.debug("{}: {}", folder, Lookout.words(e));
            }
        }
        return disturbed;
    }

    private void disturbed(Path folder, Set<String> disturbed) throws IOException {
        // The time is taken first: what is put there after it shows at the next look.
        FileTime changed = Files.getLastModifiedTime(folder);
        Seen before = seen.getOrDefault(folder, new Seen(FileTime.fromMillis(Long.MIN_VALUE), Map.of()));
        boolean young = Math.abs(clock.millis() - changed.toMillis()) < YOUNG_MILLIS;
        if (changed.equals(before.changed()) && !young) {
            return;
        }
        Map<Path, Stat> now = new HashMap<>();
        for (List<Path> family : listing(folder).values()) {
            stats(family).forEach(stat -> now.put(stat.path(), stat));
        }
        now.forEach((path, stat) -> {
            if (!stat.equals(before.generations().get(path))) {
                disturbed.add(stat.family());
            }
        });
        seen.put(folder, new Seen(changed, now));
    }

    /**
     * Whether nothing was put into a log's folder, or renamed there, since it was listed; else a generation may have been missed, since it
     * stood under a name when that was looked at, and under another one before and after.
     */
    boolean isAsListed(String family) {
        Path folder = Path.of(family).getParent();
        try {
            return folder == null
                    || Files.getLastModifiedTime(folder).equals(listed.getOrDefault(folder, FileTime.fromMillis(0)));
        } catch (IOException e) {
            LOG.debug("{}: {}", folder, Lookout.words(e));
            return true;
        }
    }

    /** The regular files that rotation made from a log and that can be read: as they are, or packed by gzip. */
    List<Stat> generations(String family) {
        try {
            Path folder = Path.of(family).getParent();
            return folder == null ? List.of() : stats(listing(folder).getOrDefault(family, List.of()));
        } catch (IOException e) {
            LOG.debug("{}: {}", family, Lookout.words(e));
            return List.of();
        }
    }

    private List<Stat> stats(Collection<Path> paths) throws IOException {
        List<Stat> stats = new ArrayList<>();
        for (Path path : paths) {
            try {
                Stat stat = Stat.of(path, links);
                if (stat.regular()) {
                    stats.add(stat);
                }
            } catch (NoSuchFileException e) {
                LOG.trace("{}: gone since its folder was listed", path);
            }
        }
        return stats;
    }

    /** gzip writes beside the file that it takes the place of, and removes that one when it is done. */
    private static boolean isStillPacked(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(Family.GZIP)
                && Files.exists(path.resolveSibling(name.substring(0, name.length() - Family.GZIP.length())));
    }

    /** By family, sorted, so that the same files lead to the same order of lines. */
    private Map<String, List<Path>> listing(Path folder) throws IOException {
        Map<String, List<Path>> known = listings.get(folder);
        if (known != null) {
            return known;
        }
        Map<String, List<Path>> families = new HashMap<>();
        FileTime changed = Files.getLastModifiedTime(folder);
        boolean young = Math.abs(clock.millis() - changed.toMillis()) < TICK_MILLIS;
        listed.put(folder, young ? UNKNOWN : changed);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                String name = String.valueOf(path.getFileName());
                String family = Family.of(name);
                if (!family.equals(name) && Family.isReadable(name) && !isStillPacked(path)) {
                    families.computeIfAbsent(folder.resolve(family).toString(), none -> new ArrayList<>())
                            .add(path);
                }
            }
        }
        families.values().forEach(paths -> paths.sort(null));
        listings.put(folder, families);
        return families;
    }
}
