package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.detect.Severity;
import postwarden.incident.Alert;

/** {@code postwarden alerts} as a process of its own, over a real broker. */
@Timeout(240)
class AlertsCommandTest {
    private static final String MAIN = "postwarden.cli.Main";
    private static final int INCIDENTS = 40;

    private static Path folder;

    private static Cluster cluster;

    @BeforeAll
    static void tell(@TempDir Path given) throws ExecutionException, InterruptedException {
        folder = given;
        cluster = Cluster.start(folder);
        try (ToldAlerts told = ToldAlerts.to(cluster)) {
            for (int i = 0; i < INCIDENTS; i++) {
                told.tell(ToldAlerts.alert(i, i % 2 == 0 ? Severity.HIGH : Severity.LOW, Alert.State.OPEN));
                told.takeBack(ToldAlerts.alert(1000 + i, Severity.CRITICAL, Alert.State.OPEN));
            }
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ConcurrentTest
    void committed_alerts_of_all_partitions_come_in_the_order_in_which_they_were_told()
            throws IOException, InterruptedException {
        // When
        Child.Ended ended = alerts("--format", "json");

        // Then
        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(titles(ended.out()))
                .containsExactlyElementsOf(IntStream.range(0, INCIDENTS).boxed().toList());
    }

    @ConcurrentTest
    void one_incident_a_severity_and_a_time_can_be_asked_for() throws IOException, InterruptedException {
        String id = ToldAlerts.alert(4, Severity.HIGH, Alert.State.OPEN).incidentId();

        assertThat(titles(alerts("--incident", id, "--format", "cef").out())).containsExactly(4);
        assertThat(alerts("--severity", "HIGH", "--format", "ocsf").out().lines())
                .hasSize(INCIDENTS / 2);
        assertThat(alerts("--from", "2039-01-01T00:00:00Z").out()).isEmpty();
    }

    @ConcurrentTest
    void text_is_for_people_and_has_no_colours_in_a_file() throws IOException, InterruptedException {
        assertThat(alerts().out())
                .contains("HIGH OPEN connection-flood", "Evidence")
                .doesNotContain("\u001b");
        assertThat(alerts("--color", "always").out()).contains("\u001b[1;31m");
    }

    @ConcurrentTest
    void who_follows_is_told_of_later_ones_and_ends_on_a_signal()
            throws IOException, InterruptedException, ExecutionException {
        // Given
        List<String> arguments = new ArrayList<>(List.of("alerts", "--follow", "--format", "stix"));
        arguments.addAll(where());
        try (Child child = Child.start(folder, MAIN, arguments)) {
            Await.until("what is there is printed", () -> lines(child) >= INCIDENTS);

            // When
            try (ToldAlerts told = ToldAlerts.to(cluster)) {
                told.takeBack(ToldAlerts.alert(2000, Severity.INFO, Alert.State.OPEN));
            }
            long before = lines(child);
            child.stop();
            Child.Ended ended = child.awaitEnd();

            // Then
            assertThat(ended.status()).isEqualTo(143);
            assertThat(ended.out().lines()).hasSize((int) before).allMatch(line -> line.endsWith("}"));
            assertThat(ended.err()).isEmpty();
        }
    }

    @ConcurrentTest
    void a_reader_that_leaves_ends_it_without_a_word() throws IOException, InterruptedException {
        // Given
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        String command = String.join(" ", where());

        // When
        Process shell = new ProcessBuilder(
                        "bash",
                        "-c",
                        "'" + java + "' -cp '" + classPath + "' " + MAIN + " alerts --format json " + command
                                + " | head -1 >/dev/null; echo ${PIPESTATUS[0]}")
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(said.strip()).isEqualTo("141");
    }

    @ConcurrentTest
    void a_topic_that_is_not_there_is_one_line_and_is_not_made()
            throws IOException, InterruptedException, ExecutionException {
        Child.Ended ended = alerts("--topic", "mail.alerts.nobody");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err().lines()).containsExactly("postwarden alerts: there is no topic 'mail.alerts.nobody'");
        assertThat(cluster.topicNames()).doesNotContain("mail.alerts.nobody");
    }

    @ConcurrentTest
    void a_broker_that_is_dead_is_one_line_soon() throws IOException, InterruptedException {
        // Given
        Instant begun = Instant.now();

        // When
        Child.Ended ended =
                Child.run(folder, MAIN, "alerts", "--bootstrap", "127.0.0.1:1", "--registry", "http://127.0.0.1:1");

        // Then
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err().lines()).containsExactly("postwarden alerts: no Kafka broker answers at 127.0.0.1:1");
        // Ten seconds for the broker, and room for Java to start on a busy machine; Kafka's own patience is a minute.
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(45));
    }

    @ConcurrentTest
    void a_record_that_is_no_alert_is_said_and_the_others_are_printed(@TempDir Path own)
            throws IOException, InterruptedException, ExecutionException {
        // Given
        try (Cluster other = Cluster.start(own);
                ToldAlerts told = ToldAlerts.to(other)) {
            told.tellNonsense();
            told.tell(ToldAlerts.alert(1, Severity.HIGH, Alert.State.OPEN));

            // When
            Child.Ended ended = Child.run(
                    own,
                    MAIN,
                    "alerts",
                    "--format",
                    "ecs",
                    "--bootstrap",
                    String.valueOf(other.kafka().get("bootstrap.servers")),
                    "--registry",
                    String.valueOf(other.kafka().get("schema.registry.url")));

            // Then
            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.err().lines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("mail.alerts-0 offset 0 is no alert");
            assertThat(ended.out().lines()).hasSize(1);
        }
    }

    private static Child.Ended alerts(String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("alerts"));
        arguments.addAll(where());
        arguments.addAll(List.of(options));
        return Child.run(folder, MAIN, arguments.toArray(String[]::new));
    }

    private static List<String> where() {
        return List.of(
                "--bootstrap",
                String.valueOf(cluster.kafka().get("bootstrap.servers")),
                "--registry",
                String.valueOf(cluster.kafka().get("schema.registry.url")));
    }

    private static long lines(Child child) {
        try {
            return child.out().lines().count();
        } catch (IOException unreadable) {
            return 0;
        }
    }

    /** The numbers in the titles. */
    private static List<Integer> titles(String out) {
        return out.lines()
                .map(line -> Integer.valueOf(line.replaceAll("(?s).*?incident (\\d+) <.*", "$1")))
                .toList();
    }
}
