package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.incident.Alert;

/** What an operator lets be, by the command, over real brokers. */
@Timeout(180)
class PolicyTest {
    @Test
    void what_is_let_be_is_kept_and_not_told(@TempDir Path folder)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> logs = new TreeMap<>(Recordings.unpack(folder).subMap("mx1", "mx1\0"));
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess service = ServiceProcess.start(cluster, folder, "allowing")) {
            String config = service.config().toString();

            // When
            Child.Ended added = policy(
                    folder,
                    "add",
                    "--config",
                    config,
                    "--id",
                    "probe",
                    "--detector",
                    "connection-*",
                    "--entity",
                    "203.0.113.0/24",
                    "--owner",
                    "noc@example.com",
                    "--reason",
                    "our monitoring",
                    "--from",
                    "2026-11-21T00:00:00Z",
                    "--for",
                    "30d");
            Producing.once(cluster, logs, folder.resolve("producer"), "mail.lines");
            service.awaitDone();

            // Then
            assertThat(added.status()).as(added.err()).isZero();
            assertThat(policy(folder, "list", "--config", config).out())
                    .contains("default/probe")
                    .contains("our monitoring");
            assertThat(floods(AlertTopic.alerts(cluster))).isEmpty();
            assertThat(floods(AlertTopic.alerts(cluster, "mail.incidents")))
                    .isNotEmpty()
                    .allSatisfy(shown ->
                            assertThat(shown.allowed().orElseThrow().owner()).isEqualTo("noc@example.com"));
            assertThat(policy(folder, "remove", "--config", config, "probe").out())
                    .contains("ended");
            assertThat(policy(folder, "remove", "--config", config, "another").status())
                    .isEqualTo(1);
        }
    }

    private static Child.Ended policy(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("policy"));
        all.addAll(List.of(arguments));
        return Child.run(folder, "postwarden.cli.Main", all.toArray(String[]::new));
    }

    private static List<Alert> floods(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> alert.detector().equals("connection-flood"))
                .filter(alert -> alert.subject().client().equals(Truths.FLOODER))
                .toList();
    }
}
