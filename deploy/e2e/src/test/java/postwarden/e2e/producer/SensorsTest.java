package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.AlertTopic;
import postwarden.e2e.Await;
import postwarden.e2e.Cluster;
import postwarden.e2e.ConcurrentTest;
import postwarden.e2e.Folders;
import postwarden.e2e.ServiceProcess;
import postwarden.incident.Alert;

/**
 * What the service says of its own sensors, with real agents as processes, a real broker and the service as a process. Each test has its
 * own of these and waits for most of its time, so they wait together.
 */
class SensorsTest {
    /** The least that each may be, so that nobody waits for minutes. */
    private static final String IMPATIENT = """
            intake.patience = 10 s
            watch.leave-behind = 10 s
            watch.silence = 20 s
            """;

    private final Path folder;

    SensorsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ConcurrentTest
    void bytes_that_an_agent_skipped_are_one_incident_with_their_interval()
            throws IOException, ExecutionException, InterruptedException {
        // Given: a log that an agent has read
        Path log = folder.resolve("mail.log");
        append(log, "mx1", 40);
        List<Alert> alerts;
        long start;
        long end;
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess service = ServiceProcess.start(
                        cluster, folder, new ServiceProcess.Instance("sensors", "sensors", IMPATIENT))) {
            try (ProducerProcess agent = ProducerProcess.start(settings(log, "mx1", "beginning", cluster.kafka()))) {
                Await.until("the service has the log", () -> service.committedLines() >= 40);
                agent.stop();
            }

            // When: it loses its state, and begins at the end of a log that has grown meanwhile
            Folders.delete(settings(log, "mx1", "end", cluster.kafka()).state());
            start = Files.size(log);
            append(log, "mx1", 7);
            end = Files.size(log);
            long before = records(cluster);
            try (ProducerProcess agent = ProducerProcess.start(settings(log, "mx1", "end", cluster.kafka()))) {
                Await.until("the agent beats", () -> records(cluster) >= before + 2);
                append(log, "mx1", 5);
                Await.until("the hole is told", () -> !about(cluster, "log-gap").isEmpty());
                assertThat(agent.isAlive()).isTrue();
            }
            alerts = about(cluster, "log-gap");
        }

        // Then
        assertThat(alerts.stream().map(Alert::incidentId).distinct()).hasSize(1);
        Alert alert = alerts.get(0);
        assertThat(alert.cause()).isEqualTo("BYTES_NEVER_CAME");
        assertThat(alert.subject().server()).isEqualTo("mx1");
        assertThat(alert.measures()).containsEntry("lostBytes", (double) (end - start));
        assertThat(alert.evidence()).hasSize(1);
        assertThat(alert.evidence().get(0).file()).isEqualTo(log.toString());
        assertThat(alert.evidence().get(0).offset()).isEqualTo(start);
        assertThat(alert.evidence().get(0).text()).startsWith("bytes " + start + " to " + end + " ");
    }

    @ConcurrentTest
    void what_is_cut_from_a_log_under_an_agent_is_one_incident()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        Path log = folder.resolve("mail.log");
        append(log, "mx1", 40);
        long size = Files.size(log);
        List<Alert> alerts;
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess service = ServiceProcess.start(
                        cluster, folder, new ServiceProcess.Instance("sensors", "sensors", IMPATIENT));
                ProducerProcess agent = ProducerProcess.start(settings(log, "mx1", "beginning", cluster.kafka()))) {
            Await.until("the service has the log", () -> service.committedLines() >= 40);

            // When: lines that nobody reads are cut away with all others, as copytruncate does without its copy
            agent.suspend();
            append(log, "mx1", 7);
            Files.write(log, new byte[0]);
            append(log, "mx1", 3);
            agent.resume();
            Await.until("the loss is told", () -> !about(cluster, "log-gap").isEmpty());
            alerts = about(cluster, "log-gap");
        }

        // Then
        assertThat(alerts.stream().map(Alert::incidentId).distinct()).hasSize(1);
        assertThat(alerts.get(0).cause()).isEqualTo("TRUNCATED");
        assertThat(alerts.get(0).evidence().get(0).offset()).isEqualTo(size);
    }

    @ConcurrentTest
    void an_agent_that_stands_still_is_one_silence_which_ends_when_it_goes_on()
            throws IOException, ExecutionException, InterruptedException {
        // Given: an agent on each of two hosts
        Path first = folder.resolve("mx1.log");
        Path second = folder.resolve("mx2.log");
        append(first, "mx1", 20);
        append(second, "mx2", 20);
        List<Alert> alerts;
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess service = ServiceProcess.start(
                        cluster, folder, new ServiceProcess.Instance("sensors", "sensors", IMPATIENT));
                ProducerProcess one = ProducerProcess.start(settings(first, "mx1", "beginning", cluster.kafka()));
                ProducerProcess two = ProducerProcess.start(settings(second, "mx2", "beginning", cluster.kafka()))) {
            Await.until("the service has both logs", () -> service.committedLines() >= 40);

            // When
            one.suspend();
            Await.until(
                    "the silence is told", () -> !about(cluster, "host-silent").isEmpty());
            one.resume();
            Await.until(
                    "the silence is over",
                    () -> about(cluster, "host-silent").stream()
                            .anyMatch(alert -> alert.state() == Alert.State.RESOLVED));
            assertThat(two.isAlive()).isTrue();
            alerts = about(cluster, "host-silent");
        }

        // Then
        assertThat(alerts.stream().map(Alert::incidentId).distinct()).hasSize(1);
        assertThat(alerts.get(0).subject().server()).isEqualTo("mx1");
        assertThat(alerts.get(0).state()).isEqualTo(Alert.State.OPEN);
        Alert last = alerts.get(alerts.size() - 1);
        assertThat(last.state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(last.resolution()).isEqualTo("verified");
        assertThat(last.summary()).contains("It lasted ");
    }

    private ProducerProcess.Settings settings(Path log, String host, String start, Map<String, String> kafka)
            throws IOException {
        String source = "[{ path = \"" + log + "\", host = " + host + ", zone = UTC, start = " + start + " }]";
        Path own = Files.createDirectories(folder.resolve("agent-" + host));
        // A later setting goes over an earlier one: each agent has a name of its own. One broker has one copy of a
        // topic.
        return new ProducerProcess.Settings(own, source, kafka, "reporter = " + host + "\ndev = true");
    }

    private static void append(Path log, String host, int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(Instant.now())
                    .append(' ')
                    .append(host)
                    .append(" postfix/qmgr[7]: 4Zxyz")
                    .append(100 + i)
                    .append(": removed\n");
        }
        Files.writeString(log, text, StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static List<Alert> about(Cluster cluster, String detector) throws ExecutionException, InterruptedException {
        return AlertTopic.alerts(cluster).stream()
                .filter(alert -> alert.detector().equals(detector))
                .toList();
    }

    private static long records(Cluster cluster) throws ExecutionException, InterruptedException {
        return cluster.ends("mail.lines").values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
