package postwarden.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import postwarden.config.AppConfig;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;
import postwarden.schema.registry.Registration;
import postwarden.schema.registry.RegistryKeys;
import postwarden.stream.Meters;
import postwarden.stream.Provision;
import postwarden.stream.Running;
import postwarden.stream.Service;
import postwarden.stream.Settings;
import postwarden.stream.Topics;
import postwarden.stream.WireFormat;

/**
 * What a line costs in the running service: loads lines into a topic of a broker that runs in another process, starts the whole topology with exactly-once on one thread, and prints lines a second and CPU seconds
 * of this process a million lines, of the first part and of the rest, when the compiler has done its work.
 *
 * <p>Arguments: the broker's address, thousands of lines (default 1000), which {@linkplain Load#of(String) load} (default
 * recorded), how many single keys a second are asked for meanwhile (default 0), and {@code brief} where it is enough to be told how
 * things are, without what was.
 */
public final class ServiceBenchmark {
    private static final int PARTITIONS = 4;
    /** Share of the lines after which the code counts as warm. */
    private static final double WARM = 0.4;

    private static final Duration LOOK = Duration.ofMillis(20);

    private final Map<String, String> kafka;
    private final Settings settings;
    private final Load load;
    private final long lines;

    private ServiceBenchmark(String bootstrap, Load load, long lines) {
        String run = "benchmark-" + ProcessHandle.current().pid() + "-" + System.currentTimeMillis();
        this.kafka = Map.of(
                "bootstrap.servers",
                bootstrap,
                "schema.registry.url",
                "mock://" + run,
                "auto.register.schemas",
                "true");
        this.load = load;
        this.lines = lines;
        Settings standard = AppConfig.scanSettings();
        settings = new Settings(
                new Topics(run + ".lines", run + ".alerts", run + ".incidents", run + ".dead-letters", run + ".policy"),
                standard.stream(),
                standard.intake(),
                standard.correlator(),
                standard.watch(),
                standard.detectors(),
                standard.desk(),
                standard.replies(),
                standard.systems(),
                standard.allowances(),
                standard.configDigest());
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        long lines = 1000 * (arguments.length > 1 ? Long.parseLong(arguments[1]) : 1000);
        Load load = Load.of(arguments.length > 2 ? arguments[2] : "recorded");
        ServiceBenchmark benchmark = new ServiceBenchmark(arguments[0], load, lines);
        benchmark.load();
        benchmark.run(
                arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0,
                arguments.length > 4 && arguments[4].equals("brief"));
    }

    private void load() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(new HashMap<>(kafka))) {
            Provision.topics(admin, settings.topics(), PARTITIONS, (short) 1);
        }
        Registration.register(RegistryKeys.registry(kafka), Registration.standard());
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put("linger.ms", "20");
        properties.put("compression.type", "lz4");
        Serializer<MailLine> values = WireFormat.serializer(kafka);
        try (KafkaProducer<String, MailLine> producer =
                new KafkaProducer<>(properties, new StringSerializer(), values)) {
            Future<RecordMetadata> last = records()
                    .map(line ->
                            producer.send(new ProducerRecord<>(settings.topics().lines(), line.getHost(), line)))
                    .reduce((before, next) -> next)
                    .orElseThrow();
            last.get();
        }
    }

    private Stream<MailLine> records() {
        List<String> hosts = load.hosts();
        return Stream.concat(
                hosts.stream().map(host -> Wire.word(MailLineKind.HELLO, host, hosts)),
                Stream.concat(
                        Stream.generate(() -> Wire.line(load.next())).limit(lines),
                        hosts.stream().map(host -> Wire.word(MailLineKind.END, host, hosts))));
    }

    private void run(int asksPerSecond, boolean brief) throws IOException, InterruptedException {
        String state = Files.createTempDirectory("postwarden-benchmark").toString();
        Running running = new Running(settings.topics().lines(), state, 1, Duration.ofMillis(200), 1, 0, kafka);
        Meters meters = new Meters(new SimpleMeterRegistry());
        Stopwatch start = Stopwatch.start();
        try (Service service = Service.start(settings, running, meters);
                Asking asking = Asking.start(service, asksPerSecond, brief)) {
            long warm = until(meters, Math.round(lines * WARM));
            System.out.println(start.rowOfProcess("service, the first lines", warm));
            Stopwatch rest = Stopwatch.start();
            until(meters, lines);
            while (!meters.hasEnded()) {
                Thread.sleep(LOOK.toMillis());
            }
            System.out.println(rest.rowOfProcess("service, when warm", lines - warm));
            System.out.println(asking.row());
            System.out.println((service.isRunning() ? "running, " : "NOT RUNNING, ") + lines + " lines, "
                    + meters.drains("intake") + " drains of the intake, " + meters.drains("watch") + " of the watches");
        }
    }

    private static long until(Meters meters, long lines) throws InterruptedException {
        long counted = 0;
        while (counted < lines) {
            Thread.sleep(LOOK.toMillis());
            counted = Stream.of("counted", "late", "duplicate", "dead_letter")
                    .mapToLong(meters::records)
                    .sum();
        }
        return counted;
    }
}
