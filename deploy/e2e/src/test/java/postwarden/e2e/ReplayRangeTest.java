package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.config.AppConfig;
import postwarden.event.LogRecord;
import postwarden.incident.Alert;
import postwarden.scan.Engine;
import postwarden.schema.MailLine;
import postwarden.stream.WireFormat;
import postwarden.stream.codec.LineCodec;

/** A piece out of the middle of the lines topic, in which most hosts say neither HELLO nor END. */
@Timeout(300)
class ReplayRangeTest {
    /** How often the reference looks at what it has read, in records; what it says does not depend on it. */
    private static final int DRAIN = 500;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_replay_tells_what_scan_tells_of_the_same_lines()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        long seed = Long.getLong("postwarden.seed", System.nanoTime());
        System.out.println("ReplayRangeTest: -Dpostwarden.seed=" + seed);
        SortedMap<String, Path> logs = Recordings.unpack(folder);
        logs.keySet().retainAll(Set.of("mx1", "mail1", "out1", "mx4"));
        try (Cluster cluster = Cluster.start(folder);
                Belt belt = Belt.of(cluster, logs, folder.resolve("producer"), seed)) {
            Random lot = new Random(seed);
            int begin = belt.size() / 16 + lot.nextInt(belt.size() / 16);
            int end = belt.size() * 3 / 4 + lot.nextInt(belt.size() / 8);
            belt.feedTo(begin);
            Instant from = nextMillisecond();
            belt.feedTo(end);
            Instant to = nextMillisecond();
            belt.feedTo(belt.size());
            SortedMap<String, Verdict> expected =
                    Verdict.of(reference(cluster, belt.records().subList(begin, end)));

            // When
            Child.Ended ended = Child.run(
                    folder,
                    "postwarden.cli.Main",
                    "replay",
                    "--as",
                    "piece",
                    "--from",
                    from.toString(),
                    "--to",
                    to.toString(),
                    "--config",
                    config(cluster).toString());
            List<Alert> alerts = AlertTopic.alerts(cluster, "mail.alerts.piece");

            // Then
            assertThat(ended.status()).as(ended.err()).isZero();
            assertThat(ended.err()).as("seed " + seed).contains(lines(cluster, belt, begin, end) + " lines of 4 hosts");
            assertThat(Verdict.of(alerts)).as("seed " + seed).isNotEmpty().isEqualTo(expected);
        }
    }

    /** The engine of {@code scan}, told who is there before and who has passed behind each one's last record. */
    private static List<Alert> reference(Cluster cluster, List<ConsumerRecord<String, byte[]>> records) {
        Engine engine = new Engine(AppConfig.scanSettings());
        List<Alert> alerts = new ArrayList<>();
        Map<String, Integer> last = new HashMap<>();
        List<LogRecord> read = decoded(cluster, records);
        for (int i = 0; i < read.size(); i++) {
            last.put(read.get(i).host(), i);
        }
        List<String> roster = List.copyOf(new TreeSet<>(last.keySet()));
        roster.forEach(host -> engine.accept(new LogRecord.Hello("default", host, roster)));
        for (int i = 0; i < read.size(); i++) {
            engine.accept(read.get(i));
            if (last.getOrDefault(read.get(i).host(), -1) == i) {
                engine.accept(new LogRecord.End("default", read.get(i).host()));
            }
            if (i % DRAIN == 0) {
                alerts.addAll(engine.drain());
            }
        }
        alerts.addAll(engine.drain());
        return alerts;
    }

    private static List<LogRecord> decoded(Cluster cluster, List<ConsumerRecord<String, byte[]>> records) {
        try (Deserializer<MailLine> values = WireFormat.deserializer(cluster.kafka(), MailLine.class)) {
            return records.stream()
                    .map(record -> LineCodec.decode(values.deserialize(record.topic(), record.value()), 0, 0))
                    .toList();
        }
    }

    private static int lines(Cluster cluster, Belt belt, int begin, int end) {
        return LineTopic.of(belt.records().subList(begin, end), cluster).size();
    }

    /** An instant that every record before has passed, and none behind has. */
    private static Instant nextMillisecond() {
        Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
        while (System.currentTimeMillis() <= before.toEpochMilli() + 1) {
            Thread.onSpinWait();
        }
        return before.plusMillis(1);
    }

    private Path config(Cluster cluster) throws IOException {
        return Files.writeString(folder.resolve("replay.conf"), """
                service {
                  state-dir = "%s"
                  dev = true
                  replication-factor = 1
                  standby-replicas = 0
                  threads = 2
                }
                kafka { bootstrap.servers = "%s", schema.registry.url = "%s" }
                """.formatted(
                        folder.resolve("state"),
                        cluster.kafka().get("bootstrap.servers"),
                        cluster.kafka().get("schema.registry.url")));
    }
}
