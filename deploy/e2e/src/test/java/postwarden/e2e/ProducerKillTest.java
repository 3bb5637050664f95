package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.config.AppConfig;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;
import postwarden.stream.Meters;
import postwarden.stream.Running;
import postwarden.stream.Service;

/** The log producer killed with -9 while it tails a log that is written and rotated: every line arrives, with its place. */
@Timeout(300)
class ProducerKillTest {
    private static final int KILLS = 4;
    private static final int CHUNK = 2_000;
    private static final int CHUNKS_A_LIFE = 5;
    private static final int IN_FLIGHT = 500;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void every_line_arrives_and_is_counted_once() throws IOException, ExecutionException, InterruptedException {
        // Given
        long seed = Long.getLong("postwarden.seed", System.nanoTime());
        System.out.println("ProducerKillTest: -Dpostwarden.seed=" + seed);
        RotatedLog log = new RotatedLog(Files.createDirectories(folder.resolve("log")));
        log.append(1);
        try (Cluster cluster = Cluster.start(folder)) {
            // When
            List<MailLine> records = tail(cluster, log, config(cluster, log), new Random(seed));
            Meters meters = count(cluster, records.size());

            // Then
            assertThatPlacesAreRight(log, records);
            long lines = meters.records("counted") + meters.records("late");
            assertThat(lines).as("seed " + seed).isEqualTo(log.lines());
            long repeated = meters.records("duplicate");
            System.out.println("ProducerKillTest: " + log.lines() + " lines, " + repeated + " of them repeated");
            assertThat(repeated).isLessThanOrEqualTo(KILLS * (long) (IN_FLIGHT + 3 * CHUNK));
            assertThat(meters.records("dead_letter")).isZero();
            assertThat(lines + repeated + meters.records("noted")).isEqualTo(records.size());
        }
    }

    /** Writes, rotates and kills; returns all records when every line is among them. */
    private List<MailLine> tail(Cluster cluster, RotatedLog log, Path config, Random lot)
            throws IOException, ExecutionException, InterruptedException {
        // An agent that has never seen a log does not read its older generations: rotation begins when it knows it.
        try (Child producer = start(config)) {
            Await.until("the log is known", () -> distinct(cluster) == 1 && hasCheckpoint());
            producer.kill();
        }
        for (int life = 0; life < KILLS; life++) {
            try (Child producer = start(config)) {
                write(log, lot);
                long before = LineTopic.count(cluster);
                log.append(CHUNK);
                long enough = before + 1 + lot.nextInt(CHUNK);
                Await.until("a few lines have arrived", () -> LineTopic.count(cluster) >= enough);
                producer.kill();
            }
            // What happens to the log while nobody looks.
            log.append(lot.nextInt(CHUNK));
            if (lot.nextBoolean()) {
                log.rotate();
                log.append(lot.nextInt(CHUNK) + 1);
            }
        }
        try (Child producer = start(config)) {
            Await.until("every line has arrived", () -> distinct(cluster) == log.lines());
            producer.kill();
        }
        return LineTopic.records(cluster);
    }

    private boolean hasCheckpoint() {
        String[] files = folder.resolve("producer").toFile().list((directory, name) -> name.startsWith("checkpoint."));
        return files != null && files.length > 0;
    }

    private static void write(RotatedLog log, Random lot) throws IOException {
        int rotated = lot.nextInt(CHUNKS_A_LIFE);
        for (int chunk = 0; chunk < CHUNKS_A_LIFE; chunk++) {
            log.append(CHUNK);
            if (chunk == rotated) {
                log.rotate();
            }
        }
    }

    /** The service reads the topic; its own count of what became of each record. */
    private Meters count(Cluster cluster, long records) throws ExecutionException, InterruptedException {
        Meters meters = new Meters(new SimpleMeterRegistry());
        Running running = new Running(
                "conservation", folder.resolve("state").toString(), 1, Duration.ofMillis(100), 1, 0, cluster.kafka());
        try (Service service = Service.start(AppConfig.scanSettings(), running, meters)) {
            Await.until("the service has read all", () -> service.isRunning() && sum(meters) >= records);
        }
        return meters;
    }

    private static void assertThatPlacesAreRight(RotatedLog log, List<MailLine> records) throws IOException {
        Map<String, RotatedLog.Place> places = new HashMap<>();
        log.places().forEach(place -> places.put(place.text(), place));
        Map<Integer, Set<String>> identities = new HashMap<>();
        for (MailLine line : records) {
            assertThat(line.getKind()).isNotEqualTo(MailLineKind.LOSS);
            if (line.getKind() == MailLineKind.LINE) {
                RotatedLog.Place place =
                        Objects.requireNonNull(places.get(text(line)), () -> "nobody wrote " + text(line));
                assertThat(List.of(line.getStartOffset(), line.getEndOffset()))
                        .isEqualTo(List.of(place.start(), place.end()));
                identities
                        .computeIfAbsent(place.file(), file -> new HashSet<>())
                        .add(line.getFileId());
            }
        }
        assertThat(identities.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
        assertThat(identities.values().stream().flatMap(Set::stream)).doesNotHaveDuplicates();
    }

    private static long distinct(Cluster cluster) throws ExecutionException, InterruptedException {
        return LineTopic.lines(cluster).stream()
                .map(ProducerKillTest::text)
                .distinct()
                .count();
    }

    private static String text(MailLine line) {
        return StandardCharsets.UTF_8.decode(line.getText().duplicate()).toString();
    }

    private static long sum(Meters meters) {
        return Stream.of("counted", "late", "duplicate", "noted", "dead_letter")
                .mapToLong(meters::records)
                .sum();
    }

    private Child start(Path config) throws IOException {
        return Child.start(folder, "postwarden.producer.Main", List.of("run", "--config", config.toString()));
    }

    private Path config(Cluster cluster, RotatedLog log) throws IOException {
        return Files.writeString(folder.resolve("producer.conf"), """
                reporter = e2e
                sources = [{ path = "%s", host = mx1, zone = UTC }]
                follow { poll = 10 ms, scan = 50 ms, linger = 1 s, heartbeat = 1 s }
                publish.records-in-flight = %d
                dev = true
                checkpoint { directory = "%s", every = 100 ms }
                kafka { bootstrap.servers = "%s", schema.registry.url = "%s" }
                """.formatted(
                        log.path(),
                        IN_FLIGHT,
                        folder.resolve("producer"),
                        cluster.kafka().get("bootstrap.servers"),
                        cluster.kafka().get("schema.registry.url")));
    }
}
