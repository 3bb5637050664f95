package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.incident.Alert;

/** The service killed with -9 in the middle of its work, three times: nothing of what a SOC reads may show it. */
@Timeout(400)
class KillTest {
    private static final int KILLS = 3;

    /** What is behind the point of a kill: enough that the service is at work when it dies. */
    private static final int AHEAD = 8_000;

    @TempDir
    private Path folder = Path.of("");

    @ConcurrentTest
    void kills_do_not_show_in_the_alerts() throws IOException, ExecutionException, InterruptedException {
        killedThreeTimes(Recordings.unpack(folder), service -> {});
    }

    @ConcurrentTest
    void kills_with_the_loss_of_the_state_directory_do_not_show_in_the_alerts()
            throws IOException, ExecutionException, InterruptedException {
        // Four of nine hosts: the state is restored from Kafka each time, which takes longer.
        SortedMap<String, Path> logs = Recordings.unpack(folder);
        logs.keySet().retainAll(Set.of("mx1", "mail1", "out1", "mx4"));
        killedThreeTimes(logs, service -> Folders.delete(service.stateDir()));
    }

    @FunctionalInterface
    private interface Mishap {
        void befalls(ServiceProcess service) throws IOException;
    }

    private void killedThreeTimes(SortedMap<String, Path> logs, Mishap mishap)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        long seed = Long.getLong("postwarden.seed", System.nanoTime());
        System.out.println("KillTest: -Dpostwarden.seed=" + seed);
        SortedMap<String, Verdict> expected = Verdict.of(Scanning.scan(logs));
        List<Alert> alerts;

        // When
        try (Cluster cluster = Cluster.start(folder);
                Belt belt = Belt.of(cluster, logs, folder.resolve("producer"), seed);
                ServiceProcess service = ServiceProcess.start(cluster, folder, "killed")) {
            for (int point : points(new Random(seed), belt.size())) {
                killAt(point, belt, service);
                mishap.befalls(service);
                service.startAgain();
            }
            belt.feedTo(belt.size());
            service.awaitDone();
            alerts = AlertTopic.alerts(cluster);
        }

        // Then
        assertThat(Verdict.of(alerts)).as("seed " + seed).isEqualTo(expected);
        assertThatSequencesAreWhole(alerts);
    }

    private static void killAt(int point, Belt belt, ServiceProcess service)
            throws ExecutionException, InterruptedException {
        belt.feedTo(point);
        Await.until("the service has committed " + point + " lines", () -> service.committedLines() >= point);
        belt.feedTo(point + AHEAD);
        Await.until("the service goes on", () -> service.committedLines() > point);
        service.kill();
        System.out.println("KillTest: killed with " + service.committedLines() + " lines committed of " + belt.fed()
                + " fed, of " + belt.size());
    }

    /** One point in each of as many equal parts, with room behind the last for what is read ahead. */
    private static List<Integer> points(Random lot, int size) {
        int part = (size - AHEAD) / KILLS;
        return IntStream.range(0, KILLS)
                .mapToObj(index -> index * part + part / 4 + lot.nextInt(part / 2))
                .toList();
    }

    private static void assertThatSequencesAreWhole(List<Alert> alerts) {
        Map<String, Integer> last = new HashMap<>();
        for (Alert alert : alerts) {
            assertThat(alert.sequence())
                    .as("sequence of " + alert.title())
                    .isEqualTo(last.getOrDefault(alert.incidentId(), 0) + 1);
            last.put(alert.incidentId(), alert.sequence());
        }
    }
}
