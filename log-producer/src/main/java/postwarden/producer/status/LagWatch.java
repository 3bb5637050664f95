package postwarden.producer.status;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
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

    /** Where a file ended at a look, and when that was. */
    private record Mark(long size, long millis) {}

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
        for (OpenFile file : open) {
            lags.add(lag(file, acknowledged.applyAsLong(file)));
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

    private FileLag lag(OpenFile file, long acknowledged) {
        // As of the last look of the reading thread, when something else stands there now.
        long size = file.growing() ? Place.sizeOf(file.path(), file.key(), file.size()) : file.size();
        long behind = Math.max(0, size - acknowledged);
        long now = clock.millis();
        Mark mark = marks.get(name(file));
        if (behind == 0) {
            marks.remove(name(file));
        } else if (mark == null || acknowledged >= mark.size()) {
            mark = new Mark(size, now);
            marks.put(name(file), mark);
        }
        long seconds = behind == 0 || mark == null ? 0 : Math.max(0, now - mark.millis()) / 1000;
        return new FileLag(file.path().toString(), file.fileId(), size, acknowledged, behind, seconds);
    }
}
