package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Await;
import postwarden.e2e.Cluster;
import postwarden.stream.Provision;
import postwarden.stream.Topics;

/** Brokers that are killed, stand still or lack copies while the agent writes some 5,000 lines a second. */
@Tag("faults")
@Timeout(600)
class BrokersTest {
    private static final int BROKERS = 3;
    /** Some two seconds of lines. */
    private static final long MUCH = 1_000_000;

    private static final int LINES = 500;
    /** What the agent keeps unacknowledged, which it sends again to brokers of which it cannot know what they took. */
    private static final long REPEATED = 20_000;
    /** Libraries, sockets, and a few files. */
    private static final int DESCRIPTORS = 300;

    private static final long HOLD_UP_NANOS = Duration.ofSeconds(15).toNanos();

    private final long seed = Long.getLong("postwarden.seed", System.nanoTime());
    private final String run = "BrokersTest: -Dpostwarden.seed=" + seed;

    private final WrittenLog log;

    @AutoClose
    private final SecureCluster cluster;

    @AutoClose
    private final Arrivals arrivals;

    @AutoClose
    private final ProducerProcess agent;

    BrokersTest(@TempDir Path folder)
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        System.out.println(run);
        log = new WrittenLog(folder.resolve("log/mail.log"), new Random(seed));
        log.append(1);
        cluster = SecureCluster.start(folder);
        arrivals = Arrivals.of(cluster.cluster());
        agent = ProducerProcess.start(ProducerProcess.Settings.of(
                folder, log.path(), cluster.as(cluster.authority().client(SecureCluster.HOST))));
        arrivals.await(log);
    }

    @Test
    void each_broker_is_killed_in_turn() throws IOException, ExecutionException, InterruptedException {
        // Given
        try (Daemon daemon = Daemon.writingAndTurning(log, new Random(seed))) {
            daemon.begin();
            for (int node = 1; node <= BROKERS; node++) {
                // When
                arrivals.await(arrivals.poll() + MUCH);
                cluster.brokers().kill(node);
                arrivals.await(arrivals.poll() + MUCH);
                cluster.brokers().startAgain(node);
                Await.until("all copies are there again", cluster::allInSync);
            }
        }

        // Then
        assertThatAllArrived();
    }

    @Test
    void all_brokers_are_away_while_the_log_is_turned() throws IOException, ExecutionException, InterruptedException {
        // Given
        try (Daemon daemon = Daemon.writingAndTurning(log, new Random(seed))) {
            daemon.begin();
            arrivals.await(arrivals.poll() + MUCH);

            // When
            for (int node = 1; node <= BROKERS; node++) {
                cluster.brokers().kill(node);
            }
            holdUp();
            for (int node = 1; node <= BROKERS; node++) {
                cluster.brokers().startAgain(node);
            }
            arrivals.await(arrivals.poll() + MUCH);
        }

        // Then
        assertThatAllArrived();
    }

    @Test
    void the_leader_stands_still() throws IOException, ExecutionException, InterruptedException {
        // Given
        try (Daemon daemon = Daemon.writing(log, new Random(seed))) {
            daemon.begin();
            arrivals.await(arrivals.poll() + MUCH);
            int leader = cluster.leader();

            // When
            cluster.brokers().suspend(leader);
            holdUp();
            cluster.brokers().resume(leader);
            arrivals.await(arrivals.poll() + MUCH);
        }

        // Then
        assertThatAllArrived();
    }

    @Test
    void too_few_copies_are_in_sync() throws IOException, ExecutionException, InterruptedException {
        // Given
        int other = cluster.leader() % BROKERS + 1;
        copies("3");
        try (Daemon daemon = Daemon.writing(log, new Random(seed))) {
            daemon.begin();
            arrivals.await(arrivals.poll() + MUCH);

            // When
            cluster.brokers().kill(other);
            Await.until("a copy is missing", () -> !cluster.allInSync());
            holdUp();
            arrivals.drain();
            long held = arrivals.poll();
            holdUp();
            arrivals.drain();
            assertThat(arrivals.poll()).as("nothing is taken; " + run).isEqualTo(held);
            copies("2");
            arrivals.await(held + MUCH);
        }

        // Then
        assertThatAllArrived();
    }

    @Test
    void the_topic_is_deleted_and_made_again() throws IOException, ExecutionException, InterruptedException {
        // Given
        log.append(LINES);
        arrivals.await(log);
        long deleted = arrivals.poll();

        // When
        cluster.cluster()
                .admin()
                .deleteTopics(List.of(SecureCluster.LINES))
                .all()
                .get();
        log.append(LINES);
        Await.until("it is said", () -> said("Kafka"));
        assertThat(cluster.cluster().topicNames())
                .as("nobody makes it but its operator")
                .doesNotContain(SecureCluster.LINES);
        Provision.topics(cluster.cluster().admin(), Topics.STANDARD, Cluster.PARTITIONS, (short) BROKERS);

        // Then
        try (Arrivals anew = Arrivals.of(cluster.cluster())) {
            anew.await(log.bytes() - deleted);
            Set<Long> ends = new HashSet<>();
            anew.records().forEach(record -> ends.add(record.getEndOffset()));
            assertThat(ends).as(run).contains(log.bytes());
        }
    }

    private boolean said(String words) {
        try {
            return agent.said().contains(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Longer than a broker's session and a request may take before others act. */
    private static void holdUp() {
        LockSupport.parkNanos(HOLD_UP_NANOS);
    }

    private void copies(String least) throws ExecutionException, InterruptedException {
        ConfigResource lines = new ConfigResource(ConfigResource.Type.TOPIC, SecureCluster.LINES);
        ConfigEntry setting = new ConfigEntry("min.insync.replicas", least);
        cluster.cluster()
                .admin()
                .incrementalAlterConfigs(Map.of(lines, List.of(new AlterConfigOp(setting, AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private void assertThatAllArrived() throws IOException, ExecutionException, InterruptedException {
        arrivals.await(log);
        long memory = agent.mostMemory();
        int descriptors = agent.descriptors();
        agent.stop();
        arrivals.poll();
        Oracle oracle = Oracle.over(log.contents(), arrivals.records());
        System.out.printf(
                "BrokersTest: %d lines, %d repeated, at most %d MB, %d descriptors at the end%n",
                log.lines(), oracle.repeated(), memory >> 20, descriptors);
        oracle.assertHolds(run, log.lines(), REPEATED);
        assertThat(memory).as(run).isLessThanOrEqualTo(ProducerProcess.MOST_MEMORY);
        assertThat(descriptors).as(run).isLessThanOrEqualTo(DESCRIPTORS);
    }
}
