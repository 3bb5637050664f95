package postwarden.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators have called incidents, counted from what the command line exports. */
class VerdictsTest {
    @Test
    void the_last_record_of_an_incident_counts_whatever_the_order(@TempDir Path folder) throws IOException {
        // Given
        Path file = file(
                folder,
                alert("a", 1, "connection-flood", ""),
                alert("a", 3, "connection-flood", "false"),
                alert("a", 2, "connection-flood", "true"),
                alert("b", 1, "connection-flood", ""),
                "",
                "{\"items\":[" + alert("c", 4, "retry-storm", "benign") + "," + alert("d", 2, "retry-storm", "true")
                        + "],\"total\":2}");

        // When
        Verdicts verdicts = Verdicts.read(file);

        // Then
        assertThat(verdicts.byDetector())
                .containsEntry("connection-flood", new Verdicts.Counts(0, 0, 1, 1))
                .containsEntry("retry-storm", new Verdicts.Counts(1, 1, 0, 0));
        assertThat(verdicts.all()).isEqualTo(new Verdicts.Counts(1, 1, 1, 1));
        assertThat(printed(verdicts))
                .contains("| connection-flood | 0 | 0 | 1 | 1 | 0.000 | 0.000 to 0.793 | 0.000 | 0.000 to 0.793 |")
                .contains("| retry-storm | 1 | 1 | 0 | 0 | 1.000 | 0.342 to 1.000 | 0.500 | 0.095 to 0.905 |");
    }

    @Test
    void what_is_no_alert_is_named_by_its_line(@TempDir Path folder) throws IOException {
        Path broken = file(folder, alert("a", 1, "connection-flood", ""), "{\"incidentId\":5}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Verdicts.read(broken))
                .withMessage(broken + ":2 is no alert: it has no incidentId and detector");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Verdicts.read(file(folder, "HIGH OPEN")))
                .withMessageEndingWith(":1 is no JSON");
    }

    @Test
    void the_interval_is_wilsons() {
        // Known values: 8 of 10, and 0 of 20.
        assertThat(new Share(8, 10).least()).isCloseTo(0.4902, within(1e-4));
        assertThat(new Share(8, 10).most()).isCloseTo(0.9433, within(1e-4));
        assertThat(new Share(0, 20).least()).isZero();
        assertThat(new Share(0, 20).most()).isCloseTo(0.1611, within(1e-4));
        assertThat(new Share(0, 0).value()).isNaN();
    }

    private static String printed(Verdicts verdicts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Markdown(new PrintStream(bytes, true, StandardCharsets.UTF_8)).verdicts(verdicts);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String alert(String id, int sequence, String detector, String verdict) {
        String feedback = verdict.isEmpty()
                ? "null"
                : "{\"acknowledged\":null,\"assigned\":null,\"verdict\":{\"value\":\"" + verdict + "\"}}";
        return "{\"incidentId\":\"" + id + "\",\"tenant\":\"default\",\"sequence\":" + sequence + ",\"detector\":\""
                + detector + "\",\"feedback\":" + feedback + "}";
    }

    private static Path file(Path folder, String... lines) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "told", ".jsonl"), String.join("\n", lines));
    }
}
