package postwarden.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.AlertTopic;
import postwarden.e2e.Await;
import postwarden.e2e.Cluster;
import postwarden.e2e.Producing;
import postwarden.e2e.ServiceProcess;
import postwarden.e2e.Sums;
import postwarden.incident.Alert;

/** Traffic that is made to hurt the service: too many keys, one key too busy, too many alerts, alerts that come and go. */
@ExtendWith(FaultTable.class)
@Tag("faults")
@Timeout(1800)
class AbuseTest {
    private static final Instant BEGIN = Instant.parse("2026-11-21T08:00:00Z");
    private static final String HEAVY = "203.0.113.9";
    /** Addresses of the key attack; {@code -Dpostwarden.keys=1000000} is the full one. */
    private static final int KEYS = Integer.getInteger("postwarden.keys", 200_000);
    /** 512 MB of heap, 256 MB of the stores, and Java itself. */
    private static final long MOST_MEMORY = 1_200L << 20;

    /** What the state of 200,000 clients may take: 1.3 KB each. */
    private static final long MOST_DISK = 256L << 20;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void ever_new_addresses_take_bounded_memory_and_disk_and_hide_nobody(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> quarter = new TreeMap<>(Map.of("mx1", addresses(row, 0, KEYS / 4)));
        SortedMap<String, Path> rest = new TreeMap<>(Map.of("mx1", addresses(row, KEYS / 4, KEYS)));
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess service = ServiceProcess.start(cluster, folder, "keys")) {
            // When
            long first = Producing.once(cluster, quarter, folder.resolve("producer-1"), "mail.lines");
            awaitAll(cluster, service);
            long diskOfQuarter = disk(service.stateDir());
            long second = Producing.once(cluster, rest, folder.resolve("producer-2"), "mail.lines");
            awaitAll(cluster, service);
            long memory = service.child().mostMemory();
            // What was only in memory is on disk behind a stop.
            Sums sums = service.stop();
            long disk = disk(service.stateDir());
            List<Alert> alerts = AlertTopic.alerts(cluster);

            // Then
            row.lines(first + second);
            row.sums(sums);
            row.note(String.format(
                    "%d addresses: memory at most %d MiB, disk %d MiB (%d MiB at a quarter)",
                    KEYS, memory >> 20, disk >> 20, diskOfQuarter >> 20));
            assertThat(alerts)
                    .as("the heavy hitter is found; seed " + row.seed())
                    .anyMatch(alert -> HEAVY.equals(alert.subject().client()));
            assertThat(memory).as("bytes of memory").isLessThan(MOST_MEMORY);
            assertThat(disk).as("bytes on disk").isLessThan(MOST_DISK);
            assertThat(alerts)
                    .as("the attack itself is found")
                    .anyMatch(alert -> alert.detector().equals("cardinality"));
        }
    }

    @Test
    void nine_lines_in_ten_about_one_client_are_counted_like_any_others(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> logs = new TreeMap<>();
        Random lot = new Random(row.seed());
        for (String host : List.of("mx1", "mx2", "mx3", "mx4")) {
            Path log = folder.resolve(host + ".log");
            logs.put(host, log);
            try (MadeLog made = MadeLog.to(log, host)) {
                for (int i = 0; i < 15_000; i++) {
                    String client = lot.nextInt(10) > 0 ? HEAVY : "198.51.100." + lot.nextInt(250);
                    made.session(BEGIN.plusMillis(i * 50L), client);
                }
            }
        }
        try (Rig rig = Rig.of(folder, row, logs)) {
            // When
            ServiceProcess service = rig.start("one", "");
            rig.finish(service);

            // Then
            rig.assertSameAlerts();
            rig.assertConserved(0, service.stop());
        }
    }

    @Test
    void many_clients_that_cross_in_one_moment_are_a_few_alerts_and_a_sum(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        int clients = Integer.getInteger("postwarden.clients", 200);
        int opensPerPane = 50;
        Path log = folder.resolve("storm.log");
        try (MadeLog made = MadeLog.to(log, "mx1")) {
            for (int turn = 0; turn < 150; turn++) {
                for (int i = 0; i < clients; i++) {
                    made.session(BEGIN.plusMillis(turn * 700L), "10.0." + (i >> 8) + "." + (i & 255));
                }
            }
        }
        try (Rig rig = Rig.of(folder, row, new TreeMap<>(Map.of("mx1", log)))) {
            // When
            ServiceProcess service = rig.start("one", "");
            rig.finish(service);

            // Then
            rig.assertSameAlerts();
            List<Alert> alerts = AlertTopic.alerts(rig.cluster());
            Map<Instant, Long> opens = alerts.stream()
                    .filter(alert -> alert.state() == Alert.State.OPEN)
                    .collect(Collectors.groupingBy(Alert::detectedAt, Collectors.counting()));
            row.note(alerts.size() + " alerts about " + clients + " clients");
            assertThat(opens.values()).allMatch(count -> count <= opensPerPane + 1);
            assertThat(alerts)
                    .filteredOn(alert -> alert.detector().equals("alert-storm"))
                    .anySatisfy(
                            storm -> assertThat(storm.measures()).containsEntry("incidentsWanted", (double) clients));
            rig.assertConserved(0, service.stop());
        }
    }

    @Test
    void a_client_around_the_threshold_is_one_incident_and_a_slow_reader_misses_nothing(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        Path log = folder.resolve("flapping.log");
        try (MadeLog made = MadeLog.to(log, "mx1")) {
            for (int minute = 0; minute < 60; minute++) {
                int sessions = minute % 2 == 0 ? 62 : 58;
                for (int i = 0; i < sessions; i++) {
                    made.session(BEGIN.plus(Duration.ofMinutes(minute)).plusMillis(60_000L * i / sessions), HEAVY);
                }
            }
        }
        try (Rig rig = Rig.of(folder, row, new TreeMap<>(Map.of("mx1", log)));
                KafkaConsumer<byte[], byte[]> soc = slowReader(rig.cluster())) {
            ServiceProcess service = rig.start("one", "");
            rig.belt().feedTo(rig.belt().size() / 2);
            List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
            Await.until("the reader has an alert", () -> poll(soc, read));

            // When
            rig.finish(service);
            List<Alert> alerts = AlertTopic.alerts(rig.cluster());
            Await.until("the reader catches up", () -> poll(soc, read) && read.size() >= alerts.size());

            // Then
            rig.assertSameAlerts();
            assertThat(read).hasSameSizeAs(alerts);
            assertThat(alerts.stream().filter(alert -> alert.state() == Alert.State.OPEN))
                    .hasSize(1);
            assertThat(retention(rig.cluster())).isGreaterThan(Duration.ofDays(1));
        }
    }

    private static boolean poll(KafkaConsumer<byte[], byte[]> soc, List<ConsumerRecord<byte[], byte[]>> read) {
        soc.poll(Duration.ofMillis(200)).forEach(read::add);
        return !read.isEmpty();
    }

    /** One that reads a record at a time and stands still between them. */
    private static KafkaConsumer<byte[], byte[]> slowReader(Cluster cluster) {
        Map<String, Object> config = new HashMap<>(cluster.kafka());
        config.put("group.id", "soc");
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        config.put("max.poll.records", 1);
        KafkaConsumer<byte[], byte[]> soc =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        soc.subscribe(List.of("mail.alerts"));
        return soc;
    }

    private static Duration retention(Cluster cluster) throws ExecutionException, InterruptedException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "mail.alerts");
        return cluster.admin().describeConfigs(List.of(topic)).all().get().values().stream()
                .map(told -> Duration.ofMillis(
                        Long.parseLong(told.get("retention.ms").value())))
                .findFirst()
                .orElseThrow();
    }

    /** Waits without the usual limit: there are millions of records, and the test's own timeout ends it. */
    private static void awaitAll(Cluster cluster, ServiceProcess service)
            throws ExecutionException, InterruptedException {
        long all = cluster.ends("mail.lines").values().stream()
                .mapToLong(Long::longValue)
                .sum();
        for (long reached = service.committedLines(); reached < all; reached = service.committedLines()) {
            long before = reached;
            Await.until("the service goes on from " + before, () -> service.committedLines() > before);
        }
        service.awaitDone();
    }

    /** Each address comes once, in ten minutes; one other comes ten times a second. */
    private Path addresses(Row row, int from, int to) throws IOException {
        Path log = folder.resolve("addresses-" + from + ".log");
        Random lot = new Random(row.seed() + from);
        Duration each = Duration.ofMinutes(10).dividedBy(KEYS);
        Duration heavyEvery = Duration.ofMillis(100);
        Instant heavy = BEGIN.plus(each.multipliedBy(from));
        try (MadeLog made = MadeLog.to(log, "mx1")) {
            for (int i = from; i < to; i++) {
                Instant at = BEGIN.plus(each.multipliedBy(i));
                made.session(
                        at,
                        (1 + lot.nextInt(9)) + "." + lot.nextInt(256) + "." + lot.nextInt(256) + "."
                                + lot.nextInt(256));
                if (at.isAfter(heavy)) {
                    made.session(heavy, HEAVY);
                    heavy = heavy.plus(heavyEvery);
                }
            }
        }
        return log;
    }

    private static long disk(Path folder) throws IOException {
        long bytes = 0;
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            // A compaction may have taken it away in the meantime.
            bytes += Files.exists(file) ? Files.size(file) : 0;
        }
        return bytes;
    }
}
