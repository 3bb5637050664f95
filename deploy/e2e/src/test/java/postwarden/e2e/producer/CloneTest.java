package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.AlertTopic;
import postwarden.e2e.Await;
import postwarden.e2e.Cluster;
import postwarden.e2e.ServiceProcess;
import postwarden.e2e.Sums;
import postwarden.incident.Alert;

/**
 * A machine that was copied while it was off, with its log and the state of its agent, so that two agents go on under one identity. Each
 * has a working directory of its own, through which one path leads to two logs, as on two machines.
 */
class CloneTest {
    private static final String LOG = "/proc/self/cwd/mail.log";
    private static final int BEFORE = 40;

    private final Path folder;

    CloneTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void two_agents_with_one_identity_lose_no_line_and_are_one_incident()
            throws IOException, ExecutionException, InterruptedException {
        // Given: a machine, its copy, and a service that has what both have in common
        Path original = Files.createDirectories(folder.resolve("original"));
        append(original, "original", BEFORE);
        List<Alert> alerts;
        Sums sums;
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess service = ServiceProcess.start(
                        cluster,
                        folder,
                        new ServiceProcess.Instance(
                                "clone",
                                "clone",
                                "watch.leave-behind = 10 s\ndetectors.shared-identity.panes = 1\n"))) {
            try (ProducerProcess agent = start(original, cluster)) {
                Await.until("the service has the log", () -> service.committedLines() >= BEFORE);
                agent.stop();
            }
            Path copy = copied(original);

            // When: each writes lines of its own, in the same places of the same log
            try (ProducerProcess one = start(original, cluster);
                    ProducerProcess other = start(copy, cluster)) {
                Await.until("two machines are told", () -> {
                    append(original, "original", 1);
                    append(copy, "copy", 1);
                    return !about(cluster).isEmpty();
                });
                one.stop();
                other.stop();
            }
            service.awaitDone();
            alerts = about(cluster);
            sums = service.stop();

            // Then
            long written = lines(original) + lines(copy) - BEFORE;
            assertThat(sums.of("counted") + sums.of("late")).isEqualTo(written);
            assertThat(sums.of("duplicate")).isZero();
        }
        assertThat(alerts.stream().map(Alert::incidentId).distinct()).hasSize(1);
        assertThat(alerts.get(0).subject().server()).isEqualTo("mx1");
        assertThat(alerts.get(0).cause()).isEqualTo("COPIED_MACHINE");
        assertThat(alerts.get(0).evidence().get(0).file()).isEqualTo(LOG);
    }

    private static ProducerProcess start(Path machine, Cluster cluster) throws IOException {
        String source = "[{ path = \"" + LOG + "\", host = mx1, zone = UTC }]";
        return ProducerProcess.start(
                new ProducerProcess.Settings(machine, source, cluster.kafka(), "dev = true"),
                List.of("env", "--chdir=" + machine));
    }

    private Path copied(Path original) throws IOException {
        Path copy = folder.resolve("copy");
        try (Stream<Path> all = Files.walk(original)) {
            for (Path from : all.toList()) {
                Files.copy(from, copy.resolve(original.relativize(from)));
            }
        }
        return copy;
    }

    private static void append(Path machine, String who, int lines) {
        String line = Instant.now() + " mx1 postfix/qmgr[7]: 4Zxyz: " + who + "\n";
        try {
            Files.writeString(
                    machine.resolve("mail.log"),
                    line.repeat(lines),
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long lines(Path machine) throws IOException {
        try (Stream<String> lines = Files.lines(machine.resolve("mail.log"), StandardCharsets.US_ASCII)) {
            return lines.count();
        }
    }

    private static List<Alert> about(Cluster cluster) throws ExecutionException, InterruptedException {
        return AlertTopic.alerts(cluster).stream()
                .filter(alert -> alert.detector().equals("shared-identity"))
                .toList();
    }
}
