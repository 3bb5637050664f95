package postwarden.producer.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import postwarden.producer.publish.Sample;

/** Memory and swap, from {@code /proc/meminfo} and {@code /proc/vmstat} (proc(5)). */
final class MemoryProbe implements Probe {
    private static final double KIB = 1024;

    /** What is taken of meminfo, which counts in KiB. */
    private static final Map<String, String> SIZES = Map.of(
            "MemTotal", "totalBytes",
            "MemAvailable", "availableBytes",
            "SwapTotal", "swapTotalBytes",
            "SwapFree", "swapFreeBytes",
            "Dirty", "dirtyBytes",
            "Writeback", "writebackBytes");

    /** What is taken of vmstat: pages swapped, and processes that the kernel killed (since 4.13). */
    private static final Map<String, String> RATES =
            Map.of("pswpin", "swapInPagesPerSecond", "pswpout", "swapOutPagesPerSecond");

    private static final String KILLS = "oom_kill";

    private final Path proc;
    private final Deltas deltas = new Deltas();

    MemoryProbe(Path proc) {
        this.proc = proc;
    }

    @Override
    public Sample.Kind kind() {
        return Sample.Kind.MEMORY;
    }

    @Override
    public Optional<Reading> read(long nanos) throws IOException {
        Map<String, Double> values = new HashMap<>();
        Map<String, Long> sizes = ProcFile.named(proc.resolve("meminfo"));
        SIZES.forEach((name, value) -> {
            Long size = sizes.get(name);
            if (size != null) {
                values.put(value, size * KIB);
            }
        });
        Map<String, Long> counters = ProcFile.named(proc.resolve("vmstat"));
        counters.keySet().removeIf(name -> !RATES.containsKey(name) && !name.equals(KILLS));
        Optional<Interval> interval = deltas.since(counters, nanos);
        interval.ifPresent(passed -> {
            RATES.forEach((name, value) -> passed.perSecond(name).ifPresent(rate -> values.put(value, rate)));
            Optional.ofNullable(passed.grown().get(KILLS))
                    .ifPresent(kills -> values.put("killedProcesses", (double) kills));
        });
        return Optional.of(interval.map(passed -> Reading.over(passed, values)).orElseGet(() -> Reading.of(values)));
    }
}
