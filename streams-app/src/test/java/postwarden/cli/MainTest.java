package postwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator sees of each command: exit status, and one clear line for each mistake. */
class MainTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC);
    private static final Path SAMPLES = Path.of("../deploy/local/samples");
    private static final Path FLOOD = SAMPLES.resolve("connection-flood/mx1.log.gz");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void without_a_command_the_usage_is_shown_and_the_status_is_2() {
        assertThat(run()).isEqualTo(2);
        assertThat(errors()).contains("Usage: postwarden", "scan", "run", "topology");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parse",
                "scan",
                "run",
                "replay",
                "diff",
                "provision",
                "topology",
                "config",
                "alerts",
                "query",
                "incidents",
                "notify",
                "completion"
            })
    void every_command_explains_itself(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(output()).contains("Usage: postwarden " + command);
        assertThat(errors()).isEmpty();
    }

    @Test
    void the_version_is_told() {
        assertThat(run("--version")).isZero();
        assertThat(output()).startsWith("postwarden 0.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scan --fromat text x.log",
                "scan",
                "scan --format yaml x.log",
                "scan --now yesterday x.log",
                "parse --now yesterday x.log",
                "parse --zone Nowhere/City x.log",
                "run",
                "replay --from 2026-11-21T00:00:00Z",
                "replay --as a --delete b",
                "replay --as a --from yesterday",
                "diff",
                "diff a --format yaml",
                "alerts",
                "alerts --bootstrap 127.0.0.1:1",
                "alerts --config a.conf --bootstrap 127.0.0.1:1 --registry http://127.0.0.1:1",
                "query account",
                "incidents --limit many",
                "notify",
                "completion fish",
                "nonsense"
            })
    void a_wrong_argument_is_two_lines_and_status_2(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(errors().lines())
                .hasSizeLessThanOrEqualTo(2)
                .first()
                .asString()
                .startsWith("postwarden: ")
                .doesNotContain("java.");
        assertThat(output()).isEmpty();
    }

    @Test
    void a_missing_file_is_named_and_the_status_is_2() {
        assertThat(run("scan", "/no/such/mail.log")).isEqualTo(2);
        assertThat(errors()).contains("postwarden scan: cannot read /no/such/mail.log: no such file");
    }

    @Test
    void a_directory_is_no_log(@TempDir Path folder) {
        assertThat(run("scan", folder.toString())).isEqualTo(2);
        assertThat(errors()).contains("cannot read " + folder + ": it is a directory");
    }

    @Test
    void what_is_no_gzip_is_named_and_the_status_is_2(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mail.log.gz"), "not packed");

        assertThat(run("scan", file.toString())).isEqualTo(2);
        assertThat(errors()).contains("cannot read " + file);
    }

    @Test
    void one_unreadable_file_does_not_keep_the_others_from_being_read() {
        assertThat(run("scan", "/no/such/mail.log", "mx1=" + FLOOD)).isEqualTo(2);
        assertThat(output()).contains("connection-flood");
    }

    @Test
    void a_flood_is_found_and_the_status_is_1() {
        assertThat(run("scan", "mx1=" + FLOOD)).isEqualTo(1);
        assertThat(output().lines()).isNotEmpty().allMatch(line -> line.startsWith("{\"incidentId\":"));
        assertThat(errors()).contains("13184 lines: ", " alerts of ");
    }

    @Test
    void nothing_found_is_status_0() {
        assertThat(run("scan", "mx2=" + SAMPLES.resolve("legitimate-spike/mx2.log.gz")))
                .isZero();
    }

    @Test
    void an_empty_log_is_nothing(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("mail.log"));

        assertThat(run("scan", file.toString())).isZero();
        assertThat(output()).isEmpty();
        assertThat(errors()).startsWith("0 lines");
    }

    @Test
    void text_is_for_people() {
        assertThat(run("scan", "--format", "text", "mx1=" + FLOOD)).isEqualTo(1);
        assertThat(output()).contains("203.0.113.177").doesNotContain("\"incidentId\"");
    }

    @Test
    void a_replay_says_what_is_wrong_before_it_asks_a_broker(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("postwarden.conf"),
                "kafka { bootstrap.servers = \"127.0.0.1:1\", schema.registry.url = \"http://127.0.0.1:1\" }\n");

        assertThat(run("replay", "--as", "Loud!", "--from", "2026-11-21T00:00:00Z"))
                .isEqualTo(2);
        assertThat(run("replay", "--as", "a", "--config", file.toString())).isEqualTo(2);
        assertThat(run(
                        "replay",
                        "--as",
                        "a",
                        "--config",
                        file.toString(),
                        "--from",
                        "2026-11-21T00:00:00Z",
                        "--to",
                        "2026-11-20T00:00:00Z"))
                .isEqualTo(2);
        assertThat(errors().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("postwarden replay: "))
                .anyMatch(line -> line.contains("not 'Loud!'"))
                .anyMatch(line -> line.contains("--from is missing"))
                .anyMatch(line -> line.contains("is not before --to"));
    }

    @Test
    void a_configuration_that_cannot_be_used_is_refused_with_everything_that_is_wrong(@TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(
                folder.resolve("postwarden.conf"),
                "wach.hold = 5 min\nintake.lateness = 1 h\nservice.threads = many\n");

        assertThat(run("run", "--config", file.toString())).isEqualTo(2);
        assertThat(errors())
                .contains("unknown key wach")
                .contains("intake.lateness must be 0 s to 10 min")
                .contains("service.threads")
                .contains("kafka.bootstrap.servers is missing");
        assertThat(errors().lines()).allMatch(line -> line.startsWith("postwarden run: " + file + ": "));
    }

    @Test
    void the_thresholds_of_a_configuration_hold_in_a_scan(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("postwarden.conf"),
                "detectors.connection-flood { connects-per-minute = 99999, peak-concurrency = 99999 }\n");

        run("scan", "--config", file.toString(), "mx1=" + FLOOD);

        assertThat(output()).doesNotContain("\"detector\":\"connection-flood\"");
    }

    @Test
    void the_same_files_give_the_same_bytes() throws IOException {
        // Given
        List<String> arguments = new java.util.ArrayList<>(List.of("scan"));
        try (var all = Files.walk(SAMPLES)) {
            all.filter(path -> path.toString().endsWith(".gz"))
                    .sorted()
                    .forEach(path -> arguments.add(host(path) + "=" + path));
        }

        // When
        run(arguments.toArray(String[]::new));
        String first = output();
        out.reset();
        run(arguments.toArray(String[]::new));

        // Then
        assertThat(first).isNotEmpty();
        assertThat(output()).isEqualTo(first);
    }

    private static String host(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.substring(0, name.indexOf('.'));
    }

    private int run(String... arguments) {
        PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Main.commandLine(to, new PrintStream(err, true, StandardCharsets.UTF_8), CLOCK)
                .execute(arguments);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
