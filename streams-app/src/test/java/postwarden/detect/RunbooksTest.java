package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.detect.sensor.HostSilence;

/** Who is woken by an alert finds a page about it, and the table of detectors leads there. */
class RunbooksTest {
    static Stream<String> ids() {
        return Stream.concat(Detectors.standard().stream().map(Detector::id), Stream.of(HostSilence.ID));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void every_detector_has_a_runbook_and_a_row_in_the_readme(String id) throws IOException {
        // When
        String runbook = Files.readString(Path.of("runbooks", id + ".md"));
        String readme = Files.readString(Path.of("..", "README.md"));

        // Then
        assertThat(runbook).startsWith("# " + id + "\n").contains("**Severity.**");
        assertThat(readme).contains("| `" + id + "` |").contains("(streams-app/runbooks/" + id + ".md)");
    }
}
