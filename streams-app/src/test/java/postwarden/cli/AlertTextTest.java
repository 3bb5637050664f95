package postwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.alertjson.TerminalSafe;
import postwarden.incident.Alert;
import postwarden.incident.AlertFixture;

class AlertTextTest {
    private final AlertText text = new AlertText(80, false);

    @Test
    void a_person_reads_what_was_agreed_upon() throws IOException {
        // When
        String blocks = String.join(
                "\n", AlertFixture.takeover().stream().map(text::block).toList());

        // Then
        assertThat(blocks).isEqualTo(resource("/alert/takeover.txt"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J\u001b]0;owned\u0007",
                "\u009b31m\u0085\u007f\u0000",
                "user\u202egpj.exe\u2066\u2028\u2029\ufeff",
                "line\r\nCRITICAL OPEN",
                "tab\there",
                "\ud800 alone \udc00"
            })
    void what_a_stranger_writes_moves_no_cursor_and_begins_no_line(String hostile) {
        // Given
        AlertText wide = new AlertText(1000, false);

        // When
        String block = wide.block(AlertFixture.hostile(hostile));

        // Then
        assertThat(block.lines().count())
                .isEqualTo(wide.block(AlertFixture.hostile("x")).lines().count());
        assertThat(block.replace("\n", "").codePoints()).allMatch(TerminalSafe::isSafe);
    }

    @Test
    void colours_come_only_when_asked_for() {
        // Given
        Alert alert = AlertFixture.takeover().get(0);

        // When
        String coloured = new AlertText(80, true).block(alert);

        // Then
        assertThat(coloured).startsWith("\u001b[1;31mHIGH OPEN distributed-brute-force\u001b[0m\n");
        assertThat(coloured.replace("\u001b[1;31m", "").replace("\u001b[0m", ""))
                .isEqualTo(text.block(alert));
    }

    @Test
    void prose_is_wrapped_and_log_lines_are_not() {
        // Given
        String line = "connect from " + "word ".repeat(20) + "9".repeat(100);

        // When
        List<String> lines = text.block(AlertFixture.hostile(line)).lines().toList();

        // Then
        assertThat(lines).anyMatch(each -> each.endsWith(line));
        assertThat(lines).filteredOn(each -> each.length() > 80).allMatch(each -> each.contains("999"));
    }

    @Test
    void a_width_that_nobody_has_is_refused() {
        assertThatThrownBy(() -> new AlertText(39, false)).hasMessage("width is 39, not between 40 and 1000");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = AlertTextTest.class.getResourceAsStream(name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
