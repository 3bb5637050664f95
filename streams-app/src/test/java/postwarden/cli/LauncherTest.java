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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code bin/postwarden} tells Java: of the terminal, which Java cannot see, and how to collect; as installed, with a Java that
 * only repeats it.
 */
class LauncherTest {
    private static final String SHENANDOAH = "-XX:+UseShenandoahGC";
    private static final String SHORT_PAUSES = "-XX:MaxGCPauseMillis=20";

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

    @Test
    void a_service_collects_beside_its_work_where_java_can() throws IOException, InterruptedException {
        // Given
        install();

        // When, Then
        assertThat(said("bin/postwarden run", Map.of())).contains(SHENANDOAH).doesNotContain(SHORT_PAUSES);
        assertThat(said("bin/postwarden scan", Map.of())).doesNotContain(SHENANDOAH, SHORT_PAUSES);
    }

    @Test
    void a_service_has_short_pauses_where_java_cannot() throws IOException, InterruptedException {
        // Given
        install(
                "case \"$*\" in *Shenandoah*) echo \"Error: Could not create the Java Virtual Machine.\"; exit 1;; esac");

        // When, Then
        assertThat(said("bin/postwarden run", Map.of()))
                .contains(SHORT_PAUSES)
                .doesNotContain(SHENANDOAH)
                .doesNotContain("Error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POSTWARDEN_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"})
    void who_names_a_collector_has_it_alone(String variable) throws IOException, InterruptedException {
        // Given
        install();

        // When, Then
        assertThat(said("bin/postwarden run", Map.of(variable, "-Xmx4g -XX:+UseParallelGC")))
                .doesNotContain(SHENANDOAH, SHORT_PAUSES);
        assertThat(said("bin/postwarden run", Map.of(variable, "-Xmx4g -XX:+UseStringDeduplication")))
                .contains(SHENANDOAH);
    }

    @Test
    void where_there_is_no_java_it_says_where_it_looked() throws IOException, InterruptedException {
        // Given
        install();

        // When, Then
        assertThat(said("bin/postwarden scan; echo $?", Map.of("JAVA_HOME", "/nowhere")))
                .isEqualTo(
                        "postwarden: no Java at /nowhere/bin/java; JAVA_HOME is /nowhere; Java 17 or later is needed\n2\n");
    }

    private void install() throws IOException {
        install("");
    }

    /** @param first what Java does before it repeats what it is told */
    private void install(String first) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.copy(Path.of("bin/postwarden"), home.resolve("bin/postwarden"));
        Path java = Files.createDirectories(home.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + first + "\necho \"$@\"\n");
        for (Path program : new Path[] {java, home.resolve("bin/postwarden")}) {
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private String said(String command, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command).directory(home.toFile());
        builder.environment().keySet().removeAll(Set.of("NO_COLOR", "TERM", "POSTWARDEN_JAVA_OPTS"));
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
