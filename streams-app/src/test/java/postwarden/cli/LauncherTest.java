package postwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/postwarden} tells Java of the terminal, which Java cannot see; as installed, with a Java that only repeats it. */
class LauncherTest {
    private Path home;

    @BeforeEach
    void at(@TempDir Path given) {
        home = given;
    }

    @Test
    void colours_are_for_a_terminal_that_has_them_and_for_nobody_who_refused_them()
            throws IOException, InterruptedException {
        // Given
        install();

        // When, Then
        assertThat(said("sh -c 'bin/postwarden alerts'", Map.of())).contains("-Dpostwarden.colour=false");
        assertThat(said("script -qec bin/postwarden /dev/null", Map.of("TERM", "xterm")))
                .contains("-Dpostwarden.colour=true");
        assertThat(said("script -qec bin/postwarden /dev/null", Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .contains("-Dpostwarden.colour=false");
        assertThat(said("script -qec bin/postwarden /dev/null", Map.of("TERM", "dumb")))
                .contains("-Dpostwarden.colour=false");
    }

    private void install() throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.copy(Path.of("bin/postwarden"), home.resolve("bin/postwarden"));
        Path java = Files.createDirectories(home.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        for (Path program : new Path[] {java, home.resolve("bin/postwarden")}) {
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private String said(String command, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command).directory(home.toFile());
        builder.environment().keySet().removeAll(Set.of("NO_COLOR", "TERM"));
        builder.environment().put("JAVA_HOME", home.resolve("java").toString());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
