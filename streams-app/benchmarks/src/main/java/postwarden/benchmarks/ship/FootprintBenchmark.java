package postwarden.benchmarks.ship;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import postwarden.local.broker.LocalBroker;
import postwarden.local.registry.LocalRegistry;

/**
 * Measures starts, and rest at several numbers of files, against a broker of its own: {@code WORK-FOLDER STARTS FILES,FILES... NAME=PROGRAM...};
 * prints Markdown, and ends with 1 when the first program is beyond what is asked of an agent.
 */
public final class FootprintBenchmark {
    private static final double MEGABYTE = 1e6;
    /** What is asked of an agent at ten thousand files and of its start (issue 5, point 9). */
    private static final long MOST_BYTES = 128L << 20;

    private static final double MOST_IDLE = 0.01;
    private static final double MOST_SECONDS = 1.5;

    private static final Duration SETTLE = Duration.ofSeconds(Integer.getInteger("postwarden.settle.seconds", 75));
    private static final Duration WATCH = Duration.ofSeconds(Integer.getInteger("postwarden.watch.seconds", 60));

    private final List<String> beyond = new ArrayList<>();

    /** Runs all of it; some minutes. */
    public static void main(String[] arguments) throws IOException, ExecutionException, InterruptedException {
        Path work = Path.of(arguments[0]).toAbsolutePath();
        FootprintBenchmark benchmark = new FootprintBenchmark();
        try (LocalBroker broker = LocalBroker.start(work.resolve("broker"));
                LocalRegistry registry = LocalRegistry.start(work.resolve("registry"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            for (int argument = 3; argument < arguments.length; argument++) {
                String name = arguments[argument].substring(0, arguments[argument].indexOf('='));
                String program = arguments[argument].substring(name.length() + 1);
                System.out.printf("## %s%n%n", name);
                Footprint footprint =
                        new Footprint(work.resolve(name), program, broker.bootstrapServers(), registry.url(), admin);
                benchmark.starts(footprint, Integer.parseInt(arguments[1]), argument == 3);
                benchmark.rests(footprint, arguments[2], argument == 3);
            }
        }
        benchmark.beyond.forEach(System.err::println);
        // Kafka's threads would hold the process up.
        System.exit(benchmark.beyond.isEmpty() ? 0 : 1);
    }

    private void starts(Footprint footprint, int times, boolean judged)
            throws IOException, ExecutionException, InterruptedException {
        List<Footprint.Start> all = new ArrayList<>();
        for (int start = 0; start < times; start++) {
            all.add(footprint.start(start));
        }
        if (all.isEmpty()) {
            return;
        }
        double reading = middle(all, Footprint.Start::reading);
        System.out.printf(
                Locale.ROOT,
                "The middle of %d starts: %.2f s until it reads, %.2f s until its first record is in the topic, %.2f CPU seconds by then.%n%n",
                times,
                reading,
                middle(all, Footprint.Start::firstRecord),
                middle(all, Footprint.Start::cpu));
        if (judged) {
            demand(reading <= MOST_SECONDS, "it reads only %.2f s after its start", reading);
        }
    }

    private void rests(Footprint footprint, String counts, boolean judged)
            throws IOException, ExecutionException, InterruptedException {
        System.out.println("| files | all read after | resident | peak | idle, of one core | descriptors |");
        System.out.println("|---|---|---|---|---|---|");
        for (int files :
                Arrays.stream(counts.split(",", -1)).mapToInt(Integer::parseInt).toArray()) {
            Footprint.Rest rest = footprint.rest(files, SETTLE, WATCH);
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %.1f s | %.0f MB | %.0f MB | %.2f %% | %,d |%n",
                    files,
                    rest.readAfter(),
                    rest.residentBytes() / MEGABYTE,
                    rest.peakBytes() / MEGABYTE,
                    100 * rest.idle(),
                    rest.descriptors());
            if (judged) {
                demand(
                        rest.peakBytes() <= MOST_BYTES,
                        "at %2$d files it takes %1$.0f MB",
                        rest.peakBytes() / MEGABYTE,
                        files);
                demand(
                        rest.idle() < MOST_IDLE,
                        "at %2$d files it takes %1$.2f %% of a core while idle",
                        100 * rest.idle(),
                        files);
            }
        }
        System.out.println();
    }

    private void demand(boolean held, String otherwise, Object... measured) {
        if (!held) {
            beyond.add(String.format(Locale.ROOT, otherwise, measured));
        }
    }

    private static double middle(List<Footprint.Start> all, ToDoubleFunction<Footprint.Start> measure) {
        return all.stream()
                .mapToDouble(measure)
                .sorted()
                .skip((all.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }
}
