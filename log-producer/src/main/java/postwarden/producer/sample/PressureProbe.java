package postwarden.producer.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postwarden.producer.publish.Sample;

/**
 * Pressure stall information ({@code /proc/pressure}, Linux 4.20 and later): the share of the interval in which some work, or all of
 * it, stood still for want of CPU, memory or disk.
 */
final class PressureProbe implements Probe {
    private static final List<String> RESOURCES = List.of("cpu", "memory", "io");
    private static final double MICROS_A_SECOND = 1e6;
    private static final String TOTAL = "total=";

    private final Path folder;
    private final Deltas deltas = new Deltas();

    PressureProbe(Path proc) {
        this.folder = proc.resolve("pressure");
    }

    @Override
    public Sample.Kind kind() {
        return Sample.Kind.PRESSURE;
    }

    @Override
    public Optional<Reading> read(long nanos) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + ": no such folder (a kernel before 4.20, or one without psi=1)");
        }
        Map<String, Long> totals = new HashMap<>();
        for (String resource : RESOURCES) {
            for (String line : ProcFile.lines(folder.resolve(resource))) {
                add(totals, resource, ProcFile.words(line));
            }
        }
        return deltas.since(totals, nanos).map(interval -> {
            Map<String, Double> values = new HashMap<>();
            totals.keySet()
                    .forEach(name -> interval.share(name, MICROS_A_SECOND).ifPresent(share -> values.put(name, share)));
            return Reading.over(interval, values);
        });
    }

    /** {@code some avg10=0.62 avg60=0.83 avg300=0.51 total=574159991}: only the total says what happened in our own interval. */
    private static void add(Map<String, Long> totals, String resource, List<String> words) {
        if (words.isEmpty()) {
            return;
        }
        String name = resource + (words.get(0).equals("full") ? "AllStalledShare" : "SomeStalledShare");
        words.stream()
                .filter(word -> word.startsWith(TOTAL))
                .flatMap(word -> ProcFile.number(word.substring(TOTAL.length())).stream())
                .forEach(total -> totals.put(name, total));
    }
}
