package postwarden.producer.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postwarden.producer.publish.Sample;

/**
 * Run queue and CPU, from {@code /proc/loadavg} and {@code /proc/stat} (proc(5)). Time in which a CPU waits for a disk counts as
 * idle, because the kernel's own documentation calls that number unreliable; {@link PressureProbe} tells it better.
 */
final class LoadProbe implements Probe {
    /** user nice system idle iowait irq softirq steal; guest time stands in user already. */
    private static final int COLUMNS = 8;

    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int STOLEN = 7;

    private final Path proc;
    private final Deltas deltas = new Deltas();

    LoadProbe(Path proc) {
        this.proc = proc;
    }

    @Override
    public Sample.Kind kind() {
        return Sample.Kind.LOAD;
    }

    @Override
    public Optional<Reading> read(long nanos) throws IOException {
        Map<String, Double> values = new HashMap<>(load(proc.resolve("loadavg")));
        List<String> stat = ProcFile.lines(proc.resolve("stat"));
        values.put("cpus", (double) stat.stream().filter(LoadProbe::isOneCpu).count());
        Optional<Interval> interval = deltas.since(ticks(stat), nanos);
        interval.ifPresent(passed -> {
            passed.ratio("idle", "all").ifPresent(idle -> values.put("cpuBusyShare", 1 - idle));
            passed.ratio("stolen", "all").ifPresent(stolen -> values.put("cpuStolenShare", stolen));
        });
        return Optional.of(interval.map(passed -> Reading.over(passed, values)).orElseGet(() -> Reading.of(values)));
    }

    private static Map<String, Double> load(Path file) throws IOException {
        List<String> words =
                ProcFile.lines(file).stream().findFirst().map(ProcFile::words).orElse(List.of());
        // 2.45 1.61 1.82 11/259 11698: three means, runnable and all tasks, the last process id
        int slash = words.size() > 3 ? words.get(3).indexOf('/') : -1;
        if (slash < 0) {
            throw new IOException(file + " is not as proc(5) has it");
        }
        try {
            return Map.of(
                    "load1Minute", Double.parseDouble(words.get(0)),
                    "load5Minutes", Double.parseDouble(words.get(1)),
                    "load15Minutes", Double.parseDouble(words.get(2)),
                    "runnableTasks", Double.parseDouble(words.get(3).substring(0, slash)),
                    "tasks", Double.parseDouble(words.get(3).substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IOException(file + " is not as proc(5) has it", e);
        }
    }

    private static boolean isOneCpu(String line) {
        return line.startsWith("cpu") && line.length() > 3 && line.charAt(3) != ' ';
    }

    private static Map<String, Long> ticks(List<String> stat) {
        List<Long> ticks = stat.stream().filter(line -> line.startsWith("cpu ")).findFirst().stream()
                .flatMap(line -> ProcFile.words(line).stream())
                .flatMap(word -> ProcFile.number(word).stream())
                .limit(COLUMNS)
                .toList();
        return ticks.size() < COLUMNS
                ? Map.of()
                : Map.of(
                        "all", ticks.stream().mapToLong(Long::longValue).sum(),
                        "idle", ticks.get(IDLE) + ticks.get(WAITING),
                        "stolen", ticks.get(STOLEN));
    }
}
