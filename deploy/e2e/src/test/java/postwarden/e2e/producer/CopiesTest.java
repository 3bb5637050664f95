package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.AlertTopic;
import postwarden.e2e.Await;
import postwarden.e2e.Cluster;
import postwarden.e2e.ServiceProcess;
import postwarden.incident.Alert;

/** What becomes of acknowledged lines when leaders change: with all copies, with stale ones, and with disks that are full. */
@Tag("faults")
@Timeout(900)
class CopiesTest {
    private static final int BROKERS = 3;
    private static final int LINES = 500;
    private static final int RESTARTS = Integer.getInteger("postwarden.restarts", 20);
    private static final long MUCH = 200_000;
    /** What the agent keeps unacknowledged, which it sends again to brokers of which it cannot know what they took. */
    private static final long REPEATED = 20_000;
    /** Room for a broker's own files and a minute of lines, in bytes. */
    private static final long DISK = 256L << 20;

    private static final String IMPATIENT = """
            intake.patience = 10 s
            watch.leave-behind = 10 s
            watch.silence = 20 s
            """;

    private final long seed = Long.getLong("postwarden.seed", System.nanoTime());
    private final String run = "CopiesTest: -Dpostwarden.seed=" + seed;
    private final Path folder;
    private final WrittenLog log;

    CopiesTest(@TempDir Path folder) throws IOException {
        System.out.println(run);
        this.folder = folder;
        log = new WrittenLog(folder.resolve("log/mail.log"), new Random(seed));
        log.append(1);
    }

    @Test
    void nothing_is_acknowledged_that_only_a_leader_has_which_dies()
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        // Given
        try (SecureCluster cluster = SecureCluster.start(folder);
                Arrivals arrivals = Arrivals.of(cluster.cluster());
                ProducerProcess agent = ProducerProcess.start(settings(cluster, ""))) {
            log.append(LINES);
            arrivals.await(log);
            int leader = cluster.leader();
            List<Integer> followers = IntStream.rangeClosed(1, BROKERS)
                    .filter(node -> node != leader)
                    .boxed()
                    .toList();

            // When
            for (int follower : followers) {
                cluster.brokers().suspend(follower);
            }
            log.append(LINES);
            cluster.brokers().kill(leader);
            for (int follower : followers) {
                cluster.brokers().resume(follower);
            }
            log.append(LINES);
            arrivals.await(log);
            cluster.brokers().startAgain(leader);
            Await.until("all copies are there again", cluster::allInSync);
            log.append(LINES);

            // Then
            assertThatAllArrived(arrivals, agent);
        }
    }

    @Test
    void brokers_are_restarted_one_behind_the_other_again_and_again()
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        // Given
        try (SecureCluster cluster = SecureCluster.start(folder);
                Arrivals arrivals = Arrivals.of(cluster.cluster());
                ProducerProcess agent = ProducerProcess.start(settings(cluster, ""))) {
            arrivals.await(log);

            // When
            try (Daemon daemon = Daemon.writing(log, new Random(seed))) {
                daemon.begin();
                for (int restart = 0; restart < RESTARTS; restart++) {
                    int node = restart % BROKERS + 1;
                    cluster.brokers().stop(node);
                    cluster.brokers().startAgain(node);
                    Await.until("all copies are there again", cluster::allInSync);
                    arrivals.await(arrivals.poll() + 1);
                }
            }

            // Then
            System.out.printf("CopiesTest: %d restarts%n", RESTARTS);
            assertThatAllArrived(arrivals, agent);
        }
    }

    @Test
    void disks_of_all_brokers_are_full_for_a_while()
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        // Given
        List<Mount> disks = new ArrayList<>();
        for (int node = 1; node <= BROKERS; node++) {
            disks.add(Mount.small(disk(node), DISK));
        }
        try (SecureCluster cluster = SecureCluster.start(folder);
                Arrivals arrivals = Arrivals.of(cluster.cluster());
                ProducerProcess agent = ProducerProcess.start(settings(cluster, ""))) {
            arrivals.await(log);

            // When
            try (Daemon daemon = Daemon.writing(log, new Random(seed))) {
                daemon.begin();
                arrivals.await(arrivals.poll() + MUCH);
                for (int node = 1; node <= BROKERS; node++) {
                    fill(disk(node).resolve("other"));
                }
                Await.until(
                        "brokers have given up",
                        () -> IntStream.rangeClosed(1, BROKERS)
                                .noneMatch(node -> cluster.brokers().isAlive(node)));
                for (int node = 1; node <= BROKERS; node++) {
                    Files.delete(disk(node).resolve("other"));
                    cluster.brokers().startAgain(node);
                }
                arrivals.await(arrivals.poll() + MUCH);
            }

            // Then
            assertThatAllArrived(arrivals, agent);
        } finally {
            for (Mount disk : disks) {
                disk.close();
            }
        }
    }

    @Test
    void what_an_unclean_leader_never_had_is_one_incident()
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        // Given: two copies, of which one is enough, and a third broker that keeps the controllers' majority
        try (SecureCluster cluster = SecureCluster.start(folder)) {
            remakeTopicWithTwoCopies(cluster.cluster());
            try (Arrivals arrivals = Arrivals.of(cluster.cluster());
                    ProducerProcess agent = ProducerProcess.start(settings(cluster, "dev = true"))) {
                arrivals.await(log);
                cluster.brokers().kill(2);
                Await.until(
                        "one copy is left",
                        () -> cluster.cluster().partitions(SecureCluster.LINES).stream()
                                .allMatch(partition -> partition.isr().size() == 1));
                long kept = log.bytes();
                log.append(LINES);
                arrivals.await(log);
                long lost = log.bytes();

                // When
                cluster.brokers().kill(1);
                cluster.brokers().startAgain(2);
                Await.until(
                        "the stale copy leads",
                        () -> cluster.cluster().partitions(SecureCluster.LINES).stream()
                                .allMatch(partition -> partition.leader() != null
                                        && partition.leader().id() == 2));
                cluster.brokers().startAgain(1);
                log.append(LINES);

                // Then
                try (ServiceProcess service = ServiceProcess.start(
                        cluster.cluster(), folder, new ServiceProcess.Instance("unclean", "unclean", IMPATIENT))) {
                    Await.until(
                            "the hole is told",
                            () -> service.isRunning()
                                    && !gaps(cluster.cluster()).isEmpty());
                }
                Alert alert = gaps(cluster.cluster()).get(0);
                assertThat(alert.cause()).as(run).isEqualTo("BYTES_NEVER_CAME");
                assertThat(alert.evidence().get(0).offset()).as(run).isEqualTo(kept);
                assertThat(alert.evidence().get(0).text()).as(run).startsWith("bytes " + kept + " to " + lost + " ");
                assertThat(agent.isAlive()).as(run).isTrue();
            }
        }
    }

    private static List<Alert> gaps(Cluster cluster) throws ExecutionException, InterruptedException {
        return AlertTopic.alerts(cluster).stream()
                .filter(alert -> alert.detector().equals("log-gap"))
                .toList();
    }

    private static void remakeTopicWithTwoCopies(Cluster cluster) throws ExecutionException, InterruptedException {
        cluster.admin().deleteTopics(List.of(SecureCluster.LINES)).all().get();
        Await.until("the topic is gone", () -> !cluster.topicNames().contains(SecureCluster.LINES));
        Map<Integer, List<Integer>> copies = new HashMap<>();
        for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
            copies.put(partition, List.of(1, 2));
        }
        NewTopic topic = new NewTopic(SecureCluster.LINES, copies)
                .configs(Map.of("min.insync.replicas", "1", "unclean.leader.election.enable", "true"));
        cluster.admin().createTopics(List.of(topic)).all().get();
        Await.until("the topic is there", () -> cluster.topicNames().contains(SecureCluster.LINES));
    }

    private ProducerProcess.Settings settings(SecureCluster cluster, String more)
            throws IOException, GeneralSecurityException {
        return ProducerProcess.Settings.of(
                        folder, log.path(), cluster.as(cluster.authority().client(SecureCluster.HOST)))
                .with(more);
    }

    private Path disk(int node) {
        return folder.resolve("broker-" + node);
    }

    /** As whatever else shares the disk does. */
    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            byte[] block = new byte[1 << 16];
            for (long room = DISK; room > 0; room -= block.length) {
                out.write(block);
            }
            throw new AssertionError("the disk is larger than it should be");
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private void assertThatAllArrived(Arrivals arrivals, ProducerProcess agent)
            throws IOException, ExecutionException, InterruptedException {
        arrivals.await(log);
        agent.stop();
        arrivals.drain();
        Oracle oracle = Oracle.over(log.contents(), arrivals.records());
        System.out.printf("CopiesTest: %d lines, %d repeated%n", log.lines(), oracle.repeated());
        oracle.assertHolds(run, log.lines(), REPEATED);
    }
}
