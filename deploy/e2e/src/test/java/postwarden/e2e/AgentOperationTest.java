package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.local.broker.LocalBroker;
import postwarden.schema.MailLine;

/** The log producer as an operator meets it: a process, a real broker and a registry. */
@Timeout(180)
class AgentOperationTest {
    private static final String PRODUCER = "postwarden.producer.Main";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder = Path.of("");

    private LocalBroker broker;
    private Cluster cluster;

    @BeforeEach
    void start() throws ExecutionException, InterruptedException {
        broker = LocalBroker.start(folder.resolve("broker"));
        cluster = Cluster.over(broker.bootstrapServers(), () -> broker.close(), folder, 1);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void check_says_what_is_there_and_one_line_for_each_thing_that_is_not_as_it_must_be()
            throws IOException, InterruptedException {
        // Given
        Path log = Files.writeString(folder.resolve("mail.log"), line("one"));
        Path config = config(log);

        // When
        Child.Ended strict = Child.run(folder, PRODUCER, "check", "--config", config.toString());
        Child.Ended dev = Child.run(folder, PRODUCER, "check", "--config", config.toString(), "--dev");

        // Then
        assertThat(strict.status()).isEqualTo(1);
        assertThat(strict.err().lines().filter(line -> line.startsWith("problem: ")))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("problem: topic mail.lines: it has 1 copy and needs 3"))
                .anyMatch(line -> line.startsWith("problem: topic mail.lines: min.insync.replicas is 1 and must be 2"));
        assertThat(dev.status()).isZero();
        assertThat(dev.out())
                .contains(
                        "mail.lines: 4 partitions, 1 copies, min.insync.replicas 1, max.message.bytes 65536, compression lz4,"
                                + " this agent may write")
                .contains("subject mail.lines-value has the schema of lines, id ")
                .contains(log + " (new)")
                .contains("mx1");
    }

    @Test
    void a_cluster_that_could_lose_lines_gets_none() throws IOException, ExecutionException, InterruptedException {
        // Given
        Path config = config(Files.writeString(folder.resolve("mail.log"), line("one")));

        // When
        Child.Ended ended = Child.run(folder, PRODUCER, "run", "--config", config.toString());

        // Then
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("this cluster is refused:", "it has 1 copy and needs 3", "--dev accepts it");
        assertThat(LineTopic.count(cluster)).isZero();
    }

    @Test
    void an_agent_tells_its_status_takes_another_source_at_sighup_and_ends_in_time_at_sigterm()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        Path one = Files.writeString(folder.resolve("one.log"), line("one"));
        Path two = Files.writeString(folder.resolve("two.log"), line("two"));
        Path metrics = folder.resolve("postwarden.prom");
        Path config = config(one);
        List<String> arguments = List.of("run", "--dev", "--config", config.toString());
        List<String> asInstalled = List.of("-Dlogback.configurationFile=producer-logback.xml");
        try (Child agent = Child.start(folder, asInstalled, PRODUCER, arguments, "64m")) {
            Await.until("the first line", () -> texts().equals(List.of("one")));

            // When
            Files.writeString(config, Files.readString(config).replace("}] #", "}, { path = \"" + two + "\" }] #"));
            agent.hangUp();
            Await.until("the other log's line", () -> texts().size() == 2);
            Files.writeString(one, line("three"), StandardOpenOption.APPEND);
            Await.until("the first log's next line", () -> texts().size() == 3);
            Await.until("it is in the metrics", () -> read(metrics).contains("producer_lines_total 3.0"));
            JsonNode running = status(config, 0);
            long began = System.nanoTime();
            agent.stop();
            Child.Ended ended = agent.awaitEnd();
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            // Then
            assertThat(ended.status()).isZero();
            assertThat(took).isLessThan(Duration.ofSeconds(10));
            assertThat(running.path("running").asBoolean()).isTrue();
            assertThat(running.path("lines").asLong()).isEqualTo(3);
            assertThat(running.path("lagBytes").asLong()).isZero();
            assertThat(running.path("files")).hasSize(2);
            assertThat(texts()).containsExactlyInAnyOrder("one", "two", "three");
            assertThat(metrics).doesNotExist();
            assertThat(ended.err()).contains("the configuration was read again and holds added=[" + two + "]");
        }
        Files.writeString(two, line("four"), StandardOpenOption.APPEND);
        JsonNode stopped = status(config, 3);
        assertThat(stopped.path("running").asBoolean()).isFalse();
        assertThat(stopped.path("lagBytes").asLong()).isEqualTo(line("four").length());
    }

    @Test
    void an_agent_whose_broker_is_gone_ends_in_time_and_the_next_one_sends_what_was_not_acknowledged()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        Path log = Files.writeString(folder.resolve("mail.log"), line("one"));
        Path config = config(log);
        String address = String.valueOf(cluster.kafka().get("bootstrap.servers"));
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        try (Child agent = Child.start(folder, PRODUCER, List.of("run", "--dev", "--config", config.toString()))) {
            Await.until("the first line", () -> texts().equals(List.of("one")));
            broker.close();
            Files.writeString(log, line("two"), StandardOpenOption.APPEND);
            Await.until("it waits", () -> status(config).path("inFlight").asInt() > 0);

            // When
            long began = System.nanoTime();
            agent.stop();
            Child.Ended ended = agent.awaitEnd();
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            // Then
            assertThat(ended.status()).isZero();
            System.out.println("AgentOperationTest: ended " + took.toMillis() + " ms after SIGTERM, with no broker");
            assertThat(took).isLessThan(Duration.ofSeconds(10));
        }
        broker = LocalBroker.start(folder.resolve("broker"), port);
        try (Child agent = Child.start(folder, PRODUCER, List.of("run", "--dev", "--config", config.toString()))) {
            Await.until("the second line", () -> texts().equals(List.of("one", "two")));
            assertThat(agent.isAlive()).isTrue();
        }
    }

    private JsonNode status(Path config) {
        try {
            return status(config, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private JsonNode status(Path config, int expected) throws IOException, InterruptedException {
        Child.Ended told = Child.run(folder, PRODUCER, "status", "--json", "--config", config.toString());
        assertThat(told.status()).isEqualTo(expected);
        return JSON.readTree(told.out().substring(told.out().indexOf('{')));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException notYet) {
            return "";
        }
    }

    private List<String> texts() throws ExecutionException, InterruptedException {
        return LineTopic.lines(cluster).stream()
                .map(MailLine::getText)
                .map(text -> StandardCharsets.US_ASCII.decode(text).toString())
                .map(text -> text.substring(text.lastIndexOf(' ') + 1))
                .toList();
    }

    private static String line(String word) {
        return "2026-11-21T08:00:00Z mx1 postfix/smtpd[1]: " + word + "\n";
    }

    private Path config(Path log) throws IOException {
        return Files.writeString(folder.resolve("producer.conf"), """
                sources = [{ path = "%s" }] #
                follow { poll = 10 ms, scan = 50 ms }
                checkpoint { directory = "%s", every = 100 ms }
                metrics { textfile = "%s", every = 1 s }
                kafka { bootstrap.servers = "%s", schema.registry.url = "%s" }
                """.formatted(
                        log,
                        folder.resolve("agent"),
                        folder.resolve("postwarden.prom"),
                        cluster.kafka().get("bootstrap.servers"),
                        cluster.kafka().get("schema.registry.url")));
    }
}
