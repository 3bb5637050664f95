package postwarden.producer.status;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import postwarden.producer.file.FileKey;
import postwarden.producer.follow.OpenFile;

/**
 * How far behind the open files are, by looks from outside: the reading thread may be waiting for Kafka just when this matters. A busy log
 * always has a few bytes on their way, so seconds are counted from a look on whose bytes are still not acknowledged: never more than the
 * oldest of them has waited, and less by one pause between two looks at most. Safe for many threads.
 */
public final class LagWatch {
    private static final Comparator<FileLag> WORST_FIRST =
            Comparator.comparingLong(FileLag::lagBytes).reversed().thenComparing(FileLag::path);

    private final Clock clock;
    /** Of files that are behind alone. */
    private final Map<String, Mark> marks = new HashMap<>();

    /** Where a file ended at a look, with what stood in its place, and when that was. */
    private record Mark(long end, long millis) {}

    /** Seconds are told by this clock. */
    public LagWatch(Clock clock) {
        this.clock = clock;
    }

    /**
     * Looks at all open files.
     *
     * @param open those that are open
     * @param acknowledged how far each is acknowledged
     * @return one of each, the farthest behind first
     */
    public synchronized List<FileLag> look(List<OpenFile> open, ToLongFunction<OpenFile> acknowledged) {
        List<FileLag> lags = new ArrayList<>();
        Set<FileKey> keys = open.stream().map(OpenFile::key).collect(Collectors.toSet());
        for (OpenFile file : open) {
            lags.add(lag(file, acknowledged.applyAsLong(file), keys));
        }
        if (!marks.isEmpty()) {
            marks.keySet().retainAll(open.stream().map(LagWatch::name).collect(Collectors.toSet()));
        }
        lags.sort(WORST_FIRST);
        return lags;
    }

    private static String name(OpenFile file) {
        return file.fileId().isEmpty() ? file.path().toString() : file.fileId();
    }

    private FileLag lag(OpenFile file, long acknowledged, Set<FileKey> open) {
        // As of the last look of the reading thread, when something else stands there now.
        Place place =
                file.growing() ? Place.of(file.path(), file.key(), file.size(), open) : new Place(file.size(), 0, true);
        // Of what stands there in its place nothing is read yet, and none is while Kafka is away.
        long behind = Math.max(0, place.size() - acknowledged) + place.newcomer();
        long now = clock.millis();
        Mark mark = marks.get(name(file));
        if (!place.there() && mark != null) {
            // Turned once more before anybody looked: what was behind then still is.
            behind = Math.max(behind, mark.end() - acknowledged);
        }
        if (behind == 0) {
            marks.remove(name(file));
        } else if (mark == null || acknowledged >= mark.end()) {
            mark = new Mark(acknowledged + behind, now);
            marks.put(name(file), mark);
        }
        long seconds = behind == 0 || mark == null ? 0 : Math.max(0, now - mark.millis()) / 1000;
        return new FileLag(file.path().toString(), file.fileId(), place.size(), acknowledged, behind, seconds);
    }
}
