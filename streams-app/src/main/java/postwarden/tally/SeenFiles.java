package postwarden.tally;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import postwarden.correlate.Intervals;
import postwarden.correlate.Memory;
import postwarden.event.Source;

/**
 * Which bytes of which files have come. A file that has not grown for long is forgotten, by the time at which Kafka takes records,
 * because a host's own may be wrong: every rotation makes another one, and nobody sends what is that old.
 */
final class SeenFiles {
    /** Records between two looks for files to forget, and files that each looks at: all of a thousand hosts' in minutes. */
    private static final int PAUSE = 256;

    private static final int LOOK = 4;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final String SLASH = "/";

    private final Memory<String, Intervals> memory;
    private final long rememberedDays;
    private long today;
    private int pause = PAUSE;
    /** Names of the last record's file: the next one's are the same most of the time. */
    private File last = new File("", "", 0, "", "");

    /** A file of a host, and what of it comes from one run of its producer. */
    record File(String host, String fileId, int run, String name, String ofRun) {}

    SeenFiles(Memory<String, Intervals> memory, Duration remember) {
        this.memory = memory;
        this.rememberedDays = remember.toDays();
    }

    /** @param host with its tenant */
    File file(String host, Source source) {
        if (!source.fileId().equals(last.fileId()) || source.fresh() != last.run() || !host.equals(last.host())) {
            String name = host + SLASH + source.fileId();
            last = new File(host, source.fileId(), source.fresh(), name, name + SLASH + source.fresh());
        }
        return last;
    }

    /** What has come of a file from anybody. */
    Intervals of(File file) {
        return of(file.name());
    }

    /** The same, of a host with its tenant. */
    Intervals of(String host, String fileId) {
        return of(host + SLASH + fileId);
    }

    private Intervals of(String name) {
        return memory.get(name).orElse(Intervals.NONE);
    }

    /** Notes what comes; answers whether it has not come before from the run that says that it is new. */
    boolean addOfRun(File file, Source source) {
        Intervals before = of(file.ofRun());
        if (before.cover(source.start(), source.end())) {
            return false;
        }
        memory.put(file.ofRun(), before.with(source.start(), source.end()).on(today));
        return true;
    }

    /** Notes what comes, whoever sent it, beside what had come before. */
    void add(File file, Intervals before, Source source) {
        memory.put(file.name(), before.with(source.start(), source.end()).on(today));
    }

    /**
     * Forgets some of what is old, now and then.
     *
     * @param taken when Kafka took the record that is next, milliseconds since 1970; {@link Long#MIN_VALUE} where it did not: then
     *     nothing grows old
     */
    void age(long taken) {
        today = Math.max(today, Math.floorDiv(taken, DAY_MILLIS));
        if (today == 0 || --pause > 0) {
            return;
        }
        pause = PAUSE;
        Map<String, Intervals> undated = new HashMap<>();
        Map<String, Intervals> old = new HashMap<>();
        memory.some(LOOK, (name, seen) -> {
            if (seen.day() == 0) {
                undated.put(name, seen);
            } else if (today - seen.day() > rememberedDays) {
                old.put(name, seen);
            }
        });
        // Of a release that noted no day; from now on it grows old.
        undated.forEach((name, seen) -> memory.put(name, seen.on(today)));
        old.keySet().forEach(memory::remove);
    }
}
