package postwarden.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_short_evaluation_finds_strong_floods_and_says_so(@TempDir Path folder) throws Exception {
        // Given
        Path json = folder.resolve("numbers.json");

        // When
        int status = run(
                "--hosts",
                "2",
                "--hours",
                "1",
                "--quiet",
                "10",
                "--clean-hours",
                "0.2",
                "--only",
                "connection-flood",
                "--min-recall",
                "0.5",
                "--min-precision",
                "0.5",
                "--json",
                json.toString());

        // Then
        assertThat(text(err)).contains(" 0 not recognised");
        assertThat(text(out)).contains("| connection-flood |", "| fail2ban 5/10m |", "## A clean fleet", "All hold.");
        assertThat(Files.readString(json)).contains("\"detector\":\"connection-flood\"");
        assertThat(status).isZero();
    }

    @Test
    void a_gate_that_does_not_hold_is_named_and_decides_the_status() {
        // Given
        List<String> arguments = List.of(
                "--hosts",
                "2",
                "--hours",
                "1",
                "--quiet",
                "10",
                "--clean-hours",
                "0",
                "--no-peers",
                "--only",
                "connection-flood",
                "--min-recall",
                "1.1");

        // When
        int status = run(arguments.toArray(String[]::new));

        // Then
        assertThat(text(out)).contains("connection-flood: recall 1.000, below 1.100");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void lines_can_be_printed_with_their_labels_beside_them() {
        // Given
        String[] arguments = {"--lines", "--hosts", "1", "--hours", "1", "--quiet", "5", "--only", "brute-force"};

        // When
        int status = run(arguments);

        // Then
        assertThat(text(out).lines()).hasSizeGreaterThan(500).allMatch(line -> line.startsWith("2026-11-16T0"));
        assertThat(text(err)).contains("Label[kind=brute-force");
        assertThat(status).isZero();
    }

    @Test
    void a_kind_that_does_not_exist_is_one_clear_error() {
        // Given
        String kind = "flood";

        // When
        int status = run("--only", kind);

        // Then
        assertThat(text(err)).startsWith("evaluate: nothing is named [flood]; there are [");
        assertThat(status).isEqualTo(2);
    }

    private int run(String... arguments) {
        return new CommandLine(new EvaluateCommand(print(out), print(err))).execute(arguments);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
