package postwarden.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line as an operator meets it: a process, its standard error and its exit code. */
@Timeout(60)
class MainTest {
    @TempDir
    private Path folder = Path.of("");

    /** What a process said on standard error, and its exit code. */
    private record Outcome(int code, List<String> lines) {}

    @Test
    void a_wrong_option_is_one_line() throws IOException, InterruptedException {
        // When
        Outcome outcome = run("run", "--confg", "x");

        // Then
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.lines())
                .singleElement()
                .asString()
                .contains("--config")
                .endsWith("run --help)");
    }

    @Test
    void a_configuration_with_three_errors_names_all_three() throws IOException, InterruptedException {
        // Given
        Path file = Files.writeString(folder.resolve("p.conf"), """
                sources = [{ path = /var/log/mail.log, zone = Mars/Olympus }]
                follow.hosts = 0
                """);

        // When
        Outcome outcome = run("run", "--config", file.toString());

        // Then
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.lines()).hasSize(4);
        assertThat(outcome.lines().get(0)).isEqualTo(file + " cannot be used:");
        assertThat(outcome.lines()).anyMatch(line -> line.startsWith("  sources[0]: "));
        assertThat(outcome.lines()).contains("  follow: hosts is 0, not 1 to 2000");
        assertThat(outcome.lines()).contains("  kafka.bootstrap.servers is missing: which brokers?");
    }

    @Test
    void a_missing_configuration_is_said() throws IOException, InterruptedException {
        // When
        Outcome outcome = run("run", "--config", "none.conf");

        // Then
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.lines())
                .containsExactly("none.conf cannot be used:", "  none.conf: no such file, or it may not be read");
    }

    @Test
    void an_agent_without_a_broker_says_so_once_waits_and_ends_in_good_order_when_it_is_told_to()
            throws IOException, InterruptedException {
        // Given
        Path log = Files.writeString(folder.resolve("mail.log"), "2026-11-21T08:00:00Z mx1 a: one\n");
        Path file = Files.writeString(folder.resolve("p.conf"), """
                sources = [{ path = %s }]
                publish.drain = 0 s
                kafka { bootstrap.servers = "127.0.0.1:1", schema.registry.url = "http://127.0.0.1:1" }
                checkpoint.directory = %s
                """.formatted(log, folder.resolve("state")));
        Process agent = start("run", "--config", file.toString());
        List<String> lines = new ArrayList<>();

        // When
        BufferedReader err = agent.errorReader(StandardCharsets.UTF_8);
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            lines.add(line);
            if (line.contains("cannot be reached")) {
                // Process.destroy would close the stream that is being read.
                agent.toHandle().destroy();
            }
        }

        // Then
        assertThat(agent.waitFor()).isZero();
        assertThat(lines.stream().filter(line -> line.contains("WARN")))
                .singleElement()
                .asString()
                .contains(" WARN  lines wait for Kafka, nothing is lost why=\"Kafka at 127.0.0.1:1 cannot be reached");
    }

    @Test
    void check_without_brokers_ends_soon_with_one_line_for_each_problem() throws IOException, InterruptedException {
        // Given
        Path log = Files.writeString(folder.resolve("mail.log"), "2026-11-21T08:00:00Z mx1 a: one\n");
        Path file = Files.writeString(
                folder.resolve("p.conf"), """
                sources = [{ path = %s, zone = Europe/Paris }, { path = %s }]
                kafka { bootstrap.servers = "127.0.0.1:1", schema.registry.url = "http://127.0.0.1:1" }
                checkpoint.directory = %s
                """.formatted(log, folder.resolve("none.log"), folder.resolve("state")));
        long began = System.nanoTime();

        // When
        Outcome outcome = run("check", "--config", file.toString());

        // Then
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        assertThat(outcome.lines()).hasSize(3);
        assertThat(outcome.lines().get(0)).isEqualTo("problem: " + folder.resolve("none.log") + ": no such file");
        assertThat(outcome.lines().get(1))
                .isEqualTo("problem: topic mail.lines: Kafka at 127.0.0.1:1 cannot be reached (no answer within 10 s)");
        assertThat(outcome.lines().get(2)).startsWith("problem: registry http://127.0.0.1:1: ");
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void a_running_agent_tells_its_status_and_reads_its_configuration_again_and_no_address_is_in_its_log()
            throws IOException, InterruptedException {
        // Given
        Files.writeString(
                folder.resolve("joe@example.com.log"), "2026-11-21T08:00:00Z mx1 a: from=<ann@example.org>\n");
        String rest = """
                publish.drain = 0 s
                dev = true
                kafka { bootstrap.servers = "127.0.0.1:1", schema.registry.url = "http://127.0.0.1:1" }
                checkpoint.directory = %s
                """.formatted(folder.resolve("state"));
        Path file = folder.resolve("p.conf");
        Files.writeString(file, "sources = [{ path = \"" + folder + "/*.log\" }]\n" + rest);
        Process agent = start("run", "--config", file.toString());
        List<String> lines = new ArrayList<>();
        List<String> status = new ArrayList<>();

        // When
        BufferedReader err = agent.errorReader(StandardCharsets.UTF_8);
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            lines.add(line);
            if (line.contains("cannot be reached")) {
                status.addAll(out("status", "--config", file.toString()));
                Files.writeString(
                        file, "sources = [{ path = /a }]\nkafka.ssl.keystore.location = \"/ann@example.org\"\n" + rest);
                hangUp(agent);
            } else if (line.contains("cannot be used") && line.contains("ssl.keystore.location")) {
                Files.writeString(
                        file,
                        "sources = [{ path = \"" + folder + "/*.log\" }, { path = \"/eve@example.net\" }]\n" + rest
                                + "follow.poll = 1 s\n");
                hangUp(agent);
            } else if (line.contains("hold from the next start on")) {
                agent.toHandle().destroy();
            }
        }

        // Then
        assertThat(agent.waitFor()).isZero();
        assertThat(status).anyMatch(line -> line.contains(" runs, process " + agent.pid()));
        assertThat(status).anyMatch(line -> line.endsWith("/joe@example.com.log"));
        assertThat(String.join("\n", lines))
                .contains(
                        "the agent goes on with the old one why=\"kafka.ssl.keystore.location: /***@example.org: no such file\"")
                .contains("the configuration was read again and holds added=[/***@example.net] removed=[]")
                .contains("these differ and hold from the next start on settings=[follow.poll]")
                .doesNotContain("joe@", "ann@", "eve@");
        Outcome after = run("status", "--config", file.toString(), "--json");
        assertThat(after.code()).isEqualTo(3);
    }

    private static void hangUp(Process agent) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-HUP", String.valueOf(agent.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private List<String> out(String... args) throws IOException, InterruptedException {
        Process process = start(args);
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return lines;
    }

    private Outcome run(String... args) throws IOException, InterruptedException {
        Process process = start(args);
        List<String> lines = process.errorReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), lines);
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                // A build that was started with nohup hands down that SIGHUP is ignored, and Java leaves it so.
                "env",
                "--default-signal=HUP",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-Dlogback.configurationFile=producer-logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "postwarden.producer.Main"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).directory(folder.toFile()).start();
    }
}
