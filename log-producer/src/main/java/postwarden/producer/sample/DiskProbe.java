package postwarden.producer.sample;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postwarden.producer.publish.Sample;

/**
 * How long the device of the spool takes for one request, how busy it is and how full its file system, from {@code /proc/diskstats}
 * (the kernel's Documentation/admin-guide/iostats.rst). The device is looked for at each look: a spool may be mounted meanwhile.
 */
final class DiskProbe implements Probe {
    private static final int NAME = 2;
    private static final double MILLIS_A_SECOND = 1000;

    /** Counters by their place behind the device's name. Flushes since 5.5. */
    private static final Map<String, Integer> COUNTERS = Map.of(
            "reads", 1,
            "readMillis", 4,
            "writes", 5,
            "writeMillis", 8,
            "busyMillis", 10,
            "flushes", 16,
            "flushMillis", 17);

    private static final int IN_FLIGHT = 9;

    private final Path proc;
    private final Path spool;
    private final Deltas deltas = new Deltas();
    private String device = "";

    DiskProbe(Path proc, Path spool) {
        this.proc = proc;
        this.spool = spool;
    }

    @Override
    public Sample.Kind kind() {
        return Sample.Kind.DISK;
    }

    @Override
    public Optional<Reading> read(long nanos) throws IOException {
        Map<String, Double> values = new HashMap<>();
        FileStore store = Files.getFileStore(spool);
        values.put("sizeBytes", (double) store.getTotalSpace());
        values.put("availableBytes", (double) store.getUsableSpace());
        List<List<String>> devices = ProcFile.lines(proc.resolve("diskstats")).stream()
                .map(ProcFile::words)
                .filter(words -> words.size() > IN_FLIGHT + NAME)
                .toList();
        Optional<List<String>> own = SpoolDevice.among(devices, spool, proc);
        if (own.isEmpty()) {
            return Optional.of(Reading.of(values)
                    .flawed("the file system of " + spool + " is on no single device of " + proc.resolve("diskstats")));
        }
        ProcFile.number(own.get().get(NAME + IN_FLIGHT))
                .ifPresent(requests -> values.put("requestsInFlight", (double) requests));
        return Optional.of(reading(values, own.get(), nanos).about(device));
    }

    private Reading reading(Map<String, Double> values, List<String> words, long nanos) {
        // Another device has other counters; its first look is a first look again.
        String prefix = words.get(NAME) + " ";
        device = words.get(NAME);
        Map<String, Long> counters = new HashMap<>();
        COUNTERS.forEach((name, place) -> {
            if (NAME + place < words.size()) {
                ProcFile.number(words.get(NAME + place)).ifPresent(value -> counters.put(prefix + name, value));
            }
        });
        Optional<Interval> interval = deltas.since(counters, nanos);
        interval.ifPresent(passed -> {
            passed.perSecond(prefix + "reads").ifPresent(rate -> values.put("readsPerSecond", rate));
            passed.perSecond(prefix + "writes").ifPresent(rate -> values.put("writesPerSecond", rate));
            passed.ratio(prefix + "readMillis", prefix + "reads")
                    .ifPresent(millis -> values.put("readAwaitMillis", millis));
            passed.ratio(prefix + "writeMillis", prefix + "writes")
                    .ifPresent(millis -> values.put("writeAwaitMillis", millis));
            passed.ratio(prefix + "flushMillis", prefix + "flushes")
                    .ifPresent(millis -> values.put("flushAwaitMillis", millis));
            passed.share(prefix + "busyMillis", MILLIS_A_SECOND).ifPresent(share -> values.put("busyShare", share));
        });
        return interval.map(passed -> Reading.over(passed, values)).orElseGet(() -> Reading.of(values));
    }
}
