package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.AlertTopic;
import postwarden.e2e.Await;
import postwarden.e2e.Child;
import postwarden.e2e.Cluster;
import postwarden.e2e.ServiceProcess;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;
import postwarden.stream.WireFormat;

/** The topic of lines gets more partitions while the agent writes and the service reads. */
@Tag("faults")
@Timeout(300)
class PartitionsTest {
    private static final int MORE = 2 * Cluster.PARTITIONS;
    private static final int LINES = 500;
    /** One whose lines move when there are twice as many partitions. */
    private static final String HOST = IntStream.range(1, 100)
            .mapToObj(number -> "mx" + number)
            .filter(host -> partition(host, MORE) != partition(host, Cluster.PARTITIONS))
            .findFirst()
            .orElseThrow();

    private final long seed = Long.getLong("postwarden.seed", System.nanoTime());
    private final String run = "PartitionsTest: -Dpostwarden.seed=" + seed;
    private final Path folder;
    private final WrittenLog log;

    PartitionsTest(@TempDir Path folder) throws IOException {
        System.out.println(run);
        this.folder = folder;
        log = new WrittenLog(folder.resolve("log/mail.log"), new Random(seed));
        log.append(LINES);
    }

    @Test
    void the_lines_of_a_host_move_once_and_none_is_lost_while_the_service_refuses_to_go_on()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess service =
                        ServiceProcess.start(cluster, folder, new ServiceProcess.Instance("grown", "grown", ""));
                ProducerProcess agent = ProducerProcess.start(settings(cluster))) {
            Await.until("the service has the log", () -> service.committedLines() >= LINES);

            // When
            cluster.admin()
                    .createPartitions(Map.of(SecureCluster.LINES, NewPartitions.increaseTo(MORE)))
                    .all()
                    .get();
            Await.until("lines have moved", () -> {
                append(1);
                return moved(cluster);
            });
            try (Arrivals arrivals = Arrivals.of(cluster)) {
                arrivals.await(log);
            }
            agent.stop();
            Child.Ended ended = service.child().awaitEnd();

            // Then
            assertThat(ended.status()).as(ended.err()).isEqualTo(1);
            assertThat(ended.err()).contains("has invalid partitions: expected: 8; actual: 4");
            Map<Integer, List<MailLine>> lines = lines(cluster);
            assertThat(lines).containsOnlyKeys(partition(HOST, Cluster.PARTITIONS), partition(HOST, MORE));
            List<MailLine> all = new ArrayList<>(lines.getOrDefault(partition(HOST, Cluster.PARTITIONS), List.of()));
            all.addAll(lines.getOrDefault(partition(HOST, MORE), List.of()));
            Oracle.over(log.contents(), all).assertHolds(run, log.lines(), 0);
        }
    }

    private ProducerProcess.Settings settings(Cluster cluster) {
        Map<String, String> kafka = new HashMap<>(cluster.kafka());
        kafka.put("metadata.max.age.ms", "500");
        String source = "[{ path = \"" + log.path() + "\", host = " + HOST + ", zone = UTC }]";
        return new ProducerProcess.Settings(folder, source, kafka, "dev = true");
    }

    private void append(int lines) {
        try {
            log.append(lines);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean moved(Cluster cluster) throws ExecutionException, InterruptedException {
        return cluster.ends(SecureCluster.LINES).entrySet().stream()
                .anyMatch(end -> end.getKey().partition() == partition(HOST, MORE) && end.getValue() > 0);
    }

    private static int partition(String host, int partitions) {
        return Utils.toPositive(Utils.murmur2(host.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** The lines of each partition that has any, in its order. */
    private static Map<Integer, List<MailLine>> lines(Cluster cluster) throws ExecutionException, InterruptedException {
        Map<Integer, List<MailLine>> lines = new HashMap<>();
        for (ConsumerRecord<String, MailLine> record : AlertTopic.read(
                cluster, SecureCluster.LINES, WireFormat.deserializer(cluster.kafka(), MailLine.class))) {
            if (record.value().getKind() == MailLineKind.LINE) {
                lines.computeIfAbsent(record.partition(), none -> new ArrayList<>())
                        .add(record.value());
            }
        }
        return lines;
    }
}
