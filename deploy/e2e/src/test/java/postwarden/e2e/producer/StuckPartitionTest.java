package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Await;
import postwarden.e2e.Child;
import postwarden.e2e.Cluster;
import postwarden.e2e.metrics.Exposed;
import postwarden.local.FreePorts;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;

/** One partition of four cannot be written to, while an agent reads logs of hosts in all of them. */
@Tag("faults")
@Timeout(600)
class StuckPartitionTest {
    /** Of hosts that are read for; the topic has one more. */
    private static final int PARTITIONS = 3;

    private static final int SOME = 500;
    /** Several times what the agent keeps unacknowledged. */
    private static final int MANY = 20_000;

    private static final int ROUNDS = 20;
    private static final int WINDOW = 4_000;
    /** How long a line of another host may take, on a busy machine. */
    private static final Duration SECONDS = Duration.ofSeconds(5);
    /** How long the agent may take to stop, behind the time that it gives Kafka. */
    private static final Duration STOPPED = Duration.ofSeconds(10);

    private final long seed = Long.getLong("postwarden.seed", System.nanoTime());
    private final String run = "StuckPartitionTest: -Dpostwarden.seed=" + seed;
    private final Path folder;
    private final int port = FreePorts.one();
    /** By the partition that its host's lines stand in. */
    private final List<WrittenLog> logs = new ArrayList<>();

    @AutoClose
    private final SecureCluster cluster;

    StuckPartitionTest(@TempDir Path folder)
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        System.out.println(run);
        this.folder = folder;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            WrittenLog log = new WrittenLog(folder.resolve(host(partition) + "/mail.log"), new Random(seed));
            log.append(SOME);
            logs.add(log);
        }
        cluster = SecureCluster.start(folder);
    }

    @Test
    void one_without_a_leader_holds_up_no_other() throws IOException, ExecutionException, InterruptedException {
        // Given
        lines(List.of(List.of(1), List.of(2), List.of(3), List.of(3)), 1);
        try (Arrivals arrivals = Arrivals.of(cluster.cluster());
                ProducerProcess agent = ProducerProcess.start(settings())) {
            arrivals.await(written());

            // When
            cluster.brokers().kill(1);
            Duration slowest = goOn(arrivals);
            Exposed shown = Exposed.at(port);
            long memory = agent.mostMemory();
            cluster.brokers().startAgain(1);
            arrivals.await(written());

            // Then
            assertThatAllArrived(arrivals, 0);
            report("no leader", slowest, memory);
            assertThat(slowest).as(run).isLessThan(SECONDS);
            assertThat(shown.sum("producer_stalled_seconds")).as(run).isPositive();
            assertThat(shown.sum("producer_blocked_seconds_total")).as(run).isPositive();
            assertThat(memory).as(run).isLessThanOrEqualTo(ProducerProcess.MOST_MEMORY + (16L << 20));
            assertThat(agent.said()).contains("of partitions [0] of mail.lines");
        }
    }

    @Test
    void one_whose_copies_stand_still_holds_up_no_other_nor_the_agents_end()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        lines(List.of(List.of(1, 2), List.of(3, 1), List.of(3, 1), List.of(3, 1)), 2);
        try (Arrivals arrivals = Arrivals.of(cluster.cluster())) {
            Duration slowest;
            Duration stopping;
            long memory;
            try (ProducerProcess agent = ProducerProcess.start(settings())) {
                arrivals.await(written());

                // When
                cluster.brokers().suspend(2);
                slowest = goOn(arrivals);
                memory = agent.mostMemory();
                long asked = System.nanoTime();
                Child.Ended ended = agent.stop();
                stopping = Duration.ofNanos(System.nanoTime() - asked);
                assertThat(ended.status()).as(ended.err()).isZero();
            }
            try (ProducerProcess agent = ProducerProcess.start(settings())) {
                goOn(arrivals);
                cluster.brokers().resume(2);
                arrivals.await(written());
                agent.stop();
            }

            // Then
            assertThatAllArrived(arrivals, WINDOW);
            report("copies stand still", slowest, memory);
            assertThat(slowest).as(run).isLessThan(SECONDS);
            assertThat(stopping).as(run).isLessThan(STOPPED);
        }
    }

    /** Much is written to the log that cannot be sent, and a little to the others again and again; answers how long that took at most. */
    private Duration goOn(Arrivals arrivals) throws IOException, ExecutionException, InterruptedException {
        arrivals.drain();
        long stuck = arrived(arrivals, 0);
        logs.get(0).append(MANY);
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        Duration slowest = Duration.ZERO;
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 4 == 3) {
                logs.get(1).rename();
            }
            long began = System.nanoTime();
            for (int partition = 1; partition < PARTITIONS; partition++) {
                logs.get(partition).append(SOME);
            }
            Await.until("round " + round + " of the others is there", () -> {
                arrivals.poll();
                return hasArrived(arrivals, 1) && hasArrived(arrivals, 2);
            });
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }
        assertThat(arrived(arrivals, 0)).as("nothing is taken; " + run).isEqualTo(stuck);
        return slowest;
    }

    private void report(String what, Duration slowest, long memory) {
        System.out.printf(
                "StuckPartitionTest: %s: %d lines, those of other hosts after %d ms at most, %d MB at most%n",
                what, logs.stream().mapToInt(WrittenLog::lines).sum(), slowest.toMillis(), memory >> 20);
    }

    /** Moves each partition to these brokers, of which the first leads it. */
    private void lines(List<List<Integer>> brokers, int inSync) throws ExecutionException, InterruptedException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, SecureCluster.LINES);
        ConfigEntry least = new ConfigEntry("min.insync.replicas", String.valueOf(inSync));
        cluster.cluster()
                .admin()
                .incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(least, AlterConfigOp.OpType.SET))))
                .all()
                .get();
        Map<TopicPartition, Optional<NewPartitionReassignment>> moves = IntStream.range(0, brokers.size())
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(SecureCluster.LINES, partition),
                        partition -> Optional.of(new NewPartitionReassignment(brokers.get(partition)))));
        cluster.cluster().admin().alterPartitionReassignments(moves).all().get();
        Await.until("each stands where it should", () -> {
            // The first of its brokers leads, or a broker with a partition that waits would keep others of its own
            // waiting.
            cluster.cluster()
                    .admin()
                    .electLeaders(ElectionType.PREFERRED, moves.keySet())
                    .partitions()
                    .get();
            return cluster.cluster().partitions(SecureCluster.LINES).stream()
                    .allMatch(partition -> standsAt(partition, brokers.get(partition.partition())));
        });
    }

    private static boolean standsAt(TopicPartitionInfo partition, List<Integer> brokers) {
        List<Integer> ids = partition.isr().stream().map(Node::id).sorted().toList();
        return ids.equals(brokers.stream().sorted().toList())
                && partition.replicas().size() == brokers.size()
                && partition.leader() != null
                && brokers.get(0) == partition.leader().id();
    }

    private ProducerProcess.Settings settings() {
        String sources = IntStream.range(0, PARTITIONS)
                .mapToObj(partition ->
                        "{ path = \"" + logs.get(partition).path() + "\", host = " + host(partition) + ", zone = UTC }")
                .collect(Collectors.joining(", ", "[", "]"));
        Map<String, String> kafka = cluster.cluster().kafka();
        return new ProducerProcess.Settings(
                folder,
                sources,
                kafka,
                "dev = true\nmetrics { port = " + port + ", every = 1 s }\npublish.complain-after = 2 s");
    }

    private long written() {
        return logs.stream().mapToLong(WrittenLog::bytes).sum();
    }

    private boolean hasArrived(Arrivals arrivals, int partition) {
        return arrived(arrivals, partition) >= logs.get(partition).lines();
    }

    /** How many lines of a host, each counted once. */
    private static long arrived(Arrivals arrivals, int partition) {
        return of(arrivals, partition)
                .filter(record -> record.getKind() == MailLineKind.LINE && record.getLastFragment())
                .map(record -> record.getFileId() + '@' + record.getStartOffset())
                .distinct()
                .count();
    }

    private static Stream<MailLine> of(Arrivals arrivals, int partition) {
        return arrivals.records().stream().filter(record -> record.getHost().equals(host(partition)));
    }

    private void assertThatAllArrived(Arrivals arrivals, int repeated) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            WrittenLog log = logs.get(partition);
            Oracle.over(log.contents(), of(arrivals, partition).toList())
                    .assertHolds(run + ": " + host(partition), log.lines(), partition == 0 ? repeated : 0);
        }
    }

    /** One whose lines stand in that partition. */
    private static String host(int partition) {
        return IntStream.range(1, 100)
                .mapToObj(number -> "mx" + number)
                .filter(host ->
                        Utils.toPositive(Utils.murmur2(host.getBytes(StandardCharsets.UTF_8))) % Cluster.PARTITIONS
                                == partition)
                .findFirst()
                .orElseThrow();
    }
}
