package postwarden.benchmarks.ship;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import postwarden.local.broker.LocalBroker;
import postwarden.local.registry.LocalRegistry;

/**
 * Sends one file with each shipper in turn, over one broker, and measures lines a second, processor time, memory and delay:
 * {@code WORK-FOLDER FILE ROUNDS [NAME=PROGRAM]...}; prints a Markdown table.
 */
public final class ShipperBenchmark {
    private static final int LINES_PER_SECOND = 1000;
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("postwarden.delay.seconds", 20));

    private final Path work;
    private final Path file;
    private final long lines;
    private final String brokers;
    private final String registry;
    private final Admin admin;

    private int topics;

    private ShipperBenchmark(Path work, Path file, String brokers, String registry, Admin admin) throws IOException {
        this.work = work;
        this.file = file;
        this.brokers = brokers;
        this.registry = registry;
        this.admin = admin;
        try (Stream<String> all = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            this.lines = all.count();
        }
    }

    /** Runs all of it; some minutes. */
    public static void main(String[] arguments) throws IOException, ExecutionException, InterruptedException {
        Path work = Path.of(arguments[0]).toAbsolutePath();
        Map<Shipper, String> programs = new EnumMap<>(Shipper.class);
        for (Shipper shipper : Shipper.values()) {
            for (String argument : arguments) {
                if (argument.startsWith(shipper.title() + "=")) {
                    programs.put(shipper, argument.substring(shipper.title().length() + 1));
                }
            }
        }
        try (LocalBroker broker = LocalBroker.start(work.resolve("broker"));
                LocalRegistry registry = LocalRegistry.start(work.resolve("registry"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            ShipperBenchmark benchmark = new ShipperBenchmark(
                    work, Path.of(arguments[1]).toAbsolutePath(), broker.bootstrapServers(), registry.url(), admin);
            benchmark.run(programs, Integer.parseInt(arguments[2]));
        }
        // Kafka's threads would hold the process up.
        System.exit(0);
    }

    private void run(Map<Shipper, String> programs, int rounds)
            throws IOException, ExecutionException, InterruptedException {
        Map<Shipper, List<Shipment>> shipments = new EnumMap<>(Shipper.class);
        Map<Shipper, Delays> delays = new EnumMap<>(Shipper.class);
        // The first round warms the broker and the page cache, and is not counted.
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<Shipper, String> each : programs.entrySet()) {
                Shipment shipment = ship(each.getKey(), each.getValue());
                System.err.printf(
                        Locale.ROOT, "%s, round %d: %s%n", each.getKey().title(), round, shipment);
                if (round > 0) {
                    shipments
                            .computeIfAbsent(each.getKey(), none -> new ArrayList<>())
                            .add(shipment);
                }
            }
        }
        for (Map.Entry<Shipper, String> each : programs.entrySet()) {
            delays.put(each.getKey(), delay(each.getKey(), each.getValue()));
        }
        report(shipments, delays);
    }

    private Shipment ship(Shipper shipper, String program)
            throws IOException, ExecutionException, InterruptedException {
        Shipper.Task task = task(shipper, file);
        try (Watched watched = new Watched(shipper.start(program, task))) {
            return Shipment.of(watched, admin, task.topic(), lines);
        }
    }

    private Delays delay(Shipper shipper, String program) throws IOException, ExecutionException, InterruptedException {
        Path log = Files.createFile(work.resolve(shipper.title() + ".log"));
        Shipper.Task task = task(shipper, log);
        try (Watched watched = new Watched(shipper.start(program, task))) {
            Delays delays = Delays.of(log, brokers, task.topic(), LINES_PER_SECOND, TIME);
            System.err.printf(
                    Locale.ROOT,
                    "%s: %.1f CPU seconds for %d lines one by one%n",
                    shipper.title(),
                    watched.cpuSeconds(),
                    LINES_PER_SECOND * TIME.toSeconds());
            return delays;
        }
    }

    private Shipper.Task task(Shipper shipper, Path log) throws ExecutionException, InterruptedException {
        String topic = "shipped." + shipper.title() + "." + topics++;
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        return new Shipper.Task(work.resolve(topic), log, topic, brokers, registry);
    }

    private void report(Map<Shipper, List<Shipment>> shipments, Map<Shipper, Delays> delays) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%,d lines, %,d bytes; the middle of %d rounds, each shipper once a round, a process of its own each time.%n%n",
                lines,
                Files.size(file),
                shipments.values().iterator().next().size());
        System.out.println(
                "| | lines a second, start included | from its first record on | start to first record"
                        + " | CPU seconds a million lines, start included | peak memory | write to readable record, p50 | p99 |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        shipments.forEach((shipper, all) -> System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f | %.2f s | %.1f | %.0f MB | %.0f ms | %.0f ms |%n",
                shipper.title(),
                middle(all, each -> lines / each.seconds()),
                middle(all, each -> lines / (each.seconds() - each.startSeconds())),
                middle(all, Shipment::startSeconds),
                middle(all, each -> each.cpuSeconds() * 1e6 / lines),
                middle(all, each -> each.peakBytes() / 1e6),
                Objects.requireNonNull(delays.get(shipper)).percentile(50),
                Objects.requireNonNull(delays.get(shipper)).percentile(99)));
    }

    private static double middle(List<Shipment> all, ToDoubleFunction<Shipment> measure) {
        return all.stream()
                .mapToDouble(measure)
                .boxed()
                .sorted(Comparator.naturalOrder())
                .skip((all.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }
}
