package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.local.FreePorts;

/** Commands that are told something wrong: a clear line for each mistake, the promised status, never a stack trace. */
@Timeout(180)
class WrongUseTest {
    private static final String POSTWARDEN = "postwarden.cli.Main";
    private static final String PRODUCER = "postwarden.producer.Main";
    private static final int UNUSABLE = 2;

    @TempDir
    private Path folder = Path.of("");

    @ConcurrentTest
    void a_wrong_option_is_named() throws IOException, InterruptedException {
        // When
        Child.Ended ended = Child.run(folder, POSTWARDEN, "scan", "--fromat", "text", "mail.log");

        // Then
        assertThat(ended.status()).isEqualTo(UNUSABLE);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("postwarden: ")
                .contains("--fromat")
                .contains("postwarden scan --help");
    }

    @ConcurrentTest
    void a_first_look_at_a_log_that_is_not_there_ends() throws IOException, InterruptedException {
        // When
        Child.Ended ended = Child.run(
                folder,
                "postwarden.local.Up",
                "--once",
                folder.resolve("missing.log").toString());

        // Then
        assertThat(ended.status()).isEqualTo(UNUSABLE);
        assertThat(ended.err()).contains("missing.log").contains("incidents  0");
    }

    @ConcurrentTest
    void a_data_folder_that_is_a_file_is_named() throws IOException, InterruptedException {
        // Given
        Path file = Files.writeString(folder.resolve("file"), "x");

        // When
        Child.Ended ended = Child.run(folder, "postwarden.local.Up", "--data", file.toString(), "mail.log");

        // Then
        assertThat(ended.status()).isEqualTo(UNUSABLE);
        assertThat(ended.err().strip()).isEqualTo("up: --data " + file + " is a file, not a folder");
    }

    @ConcurrentTest
    void everything_that_is_wrong_with_a_configuration_is_said_at_once() throws IOException, InterruptedException {
        // Given
        Path config = Files.writeString(
                folder.resolve("wrong.conf"), "service { threads = 900, dev = true }\nstrem { partitions = 4 }\n");

        // When
        Child.Ended ended = Child.run(folder, POSTWARDEN, "run", "--config", config.toString());

        // Then
        assertThat(ended.status()).isEqualTo(UNUSABLE);
        assertThat(ended.err().lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("postwarden run: " + config + ": "))
                .anyMatch(line -> line.contains("unknown key strem"))
                .anyMatch(line -> line.contains("threads must be 1 to 64, not 900"))
                .anyMatch(line -> line.contains("kafka.bootstrap.servers is missing"))
                .anyMatch(line -> line.contains("kafka.schema.registry.url is missing"));
    }

    @ConcurrentTest
    void everything_that_is_wrong_with_a_producers_configuration_is_said_at_once()
            throws IOException, InterruptedException {
        // Given
        Path config =
                Files.writeString(folder.resolve("wrong.conf"), "sources = []\nfollow.pol = 1 s\nkafka { acks = 1 }\n");

        // When
        Child.Ended ended = Child.run(folder, PRODUCER, "run", "--config", config.toString());

        // Then
        assertThat(ended.status()).isEqualTo(UNUSABLE);
        assertThat(ended.err().lines())
                .hasSize(5)
                .anyMatch(line -> line.contains("follow.pol"))
                .anyMatch(line -> line.contains("sources: no source is given"))
                .anyMatch(line -> line.contains("kafka.acks = 1 is refused"))
                .anyMatch(line -> line.contains("kafka.bootstrap.servers is missing"));
    }

    @ConcurrentTest
    void a_service_without_a_broker_says_so_and_waits() throws IOException, ExecutionException, InterruptedException {
        // Given
        String address = "127.0.0.1:" + FreePorts.one();
        Path config = Files.writeString(
                folder.resolve("service.conf"), """
                service { state-dir = "%s", dev = true, replication-factor = 1, standby-replicas = 0 }
                kafka { bootstrap.servers = "%s", schema.registry.url = "http://%s" }
                """.formatted(folder.resolve("state"), address, address));

        // When
        try (Child service = Child.start(folder, POSTWARDEN, List.of("run", "--config", config.toString()))) {
            Await.until(
                    "it says what is missing", () -> err(service).contains("no Kafka broker answers at " + address));

            // Then
            assertThat(service.isAlive()).isTrue();
            assertThat(service.err().lines()).allMatch(line -> line.startsWith("postwarden run: no Kafka broker"));
            assertThat(service.out()).doesNotContain("\tat ");
        }
    }

    @ConcurrentTest
    void a_producer_without_a_broker_says_so_and_waits() throws IOException, ExecutionException, InterruptedException {
        // Given
        String address = "127.0.0.1:" + FreePorts.one();
        Path log = Files.writeString(folder.resolve("mail.log"), "2026-11-21T08:00:00Z mx1 postfix/smtpd[1]: x\n");
        Path config = Files.writeString(
                folder.resolve("producer.conf"), """
                sources = [{ path = "%s" }]
                checkpoint.directory = "%s"
                kafka { bootstrap.servers = "%s", schema.registry.url = "http://%s" }
                """.formatted(log, folder.resolve("state"), address, address));

        // When
        try (Child producer = Child.start(folder, PRODUCER, List.of("run", "--config", config.toString()))) {
            Await.until("it says what is missing", () -> err(producer).contains(address));

            // Then
            assertThat(producer.isAlive()).isTrue();
            assertThat(producer.err() + producer.out()).doesNotContain("\tat ");
        }
    }

    @ConcurrentTest
    void scan_reads_what_can_be_read_and_names_what_cannot() throws IOException, InterruptedException {
        // Given
        Path flood = Recordings.unpack(folder).get("mx1");
        Path missing = folder.resolve("no-such.log");
        Path directory = Files.createDirectory(folder.resolve("directory.log"));
        Path noGzip = Files.writeString(folder.resolve("damaged.gz"), "this is no gzip");

        // When
        Child.Ended ended = Child.run(
                folder,
                POSTWARDEN,
                "scan",
                missing.toString(),
                directory.toString(),
                noGzip.toString(),
                String.valueOf(flood));

        // Then
        assertThat(ended.status()).isEqualTo(UNUSABLE);
        assertThat(ended.out()).contains(Truths.FLOODER);
        assertThat(ended.err().lines().filter(line -> line.startsWith("postwarden scan: cannot read ")))
                .hasSize(3)
                .anyMatch(line -> line.endsWith("no-such.log: no such file"))
                .anyMatch(line -> line.endsWith("directory.log: it is a directory"))
                .anyMatch(line -> line.contains("damaged.gz: "));
        assertThat(ended.err()).doesNotContain("\tat ");
    }

    private static String err(Child child) {
        try {
            return child.err() + child.out();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
