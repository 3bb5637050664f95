package postwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shell completes, asked of a real bash. */
class CompletionTest {
    private Path folder;

    @BeforeEach
    void at(@TempDir Path given) {
        folder = given;
    }

    @Test
    void the_script_is_bash() throws IOException, InterruptedException {
        Path script = script("bash");

        assertThat(bash("bash -n " + script)).isEmpty();
    }

    @Test
    void zsh_gets_the_script_that_turns_on_its_emulation() throws IOException {
        assertThat(Files.readString(script("zsh"))).contains("ZSH_VERSION", "bashcompinit");
    }

    @ParameterizedTest
    @CsvSource({
        "postwarden al, alerts",
        "postwarden inc, incidents",
        "postwarden alerts --fo, --follow",
        "postwarden alerts --fo, --format",
        "postwarden alerts --format o, OCSF",
        "postwarden incidents --severity CR, CRITICAL",
        "postwarden policy a, add",
        "postwarden fe, feedback",
        "postwarden feedback x --verdict b, BENIGN",
        "postwarden completion b, BASH"
    })
    void a_word_is_completed(String typed, String completed) throws IOException, InterruptedException {
        // Given
        Path script = script("bash");
        String[] words = typed.split(" ");
        // The shell is told how the last word begins; candidates are compared without regard to case here.
        String last = words[words.length - 1];
        String asked = completed.startsWith(last) ? last : last.toUpperCase(Locale.ROOT);
        words[words.length - 1] = asked;

        // When
        String said = bash("source " + script + "; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; COMP_LINE='" + String.join(" ", words) + "'; COMP_POINT=${#COMP_LINE}; "
                + "_complete_postwarden; printf '%s\\n' \"${COMPREPLY[@]}\"");

        // Then
        assertThat(said.lines().map(String::strip)).contains(completed);
    }

    private Path script(String shell) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(Main.commandLine(to, to, Clock.systemUTC()).execute("completion", shell))
                .isZero();
        return Files.write(folder.resolve("completion." + shell), out.toByteArray());
    }

    private static String bash(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of("bash", "--norc", "-c", command))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
