package postwarden.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator may hand over as a configuration, and write into it: each mistake is one line in words. */
class ConfigFileTest {
    private static final String KAFKA =
            "kafka { bootstrap.servers = \"broker:9092\", schema.registry.url = \"http://registry:8081\" }\n";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_directory_is_no_configuration() {
        assertThat(errors(folder)).containsExactly("it is a directory");
    }

    @Test
    void a_missing_file_is_no_configuration() {
        assertThat(errors(folder.resolve("missing"))).containsExactly("there is no such file");
    }

    @Test
    void a_device_is_no_configuration() {
        assertThat(errors(Path.of("/dev/null"))).containsExactly("it is no regular file");
    }

    @Test
    void other_bytes_than_utf_8_are_not_taken_for_other_characters() throws IOException {
        byte[] latin = (KAFKA + "service.application-id = müller\n").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(errors(Files.write(folder.resolve("latin.conf"), latin))).containsExactly("it is not text in UTF-8");
    }

    @Test
    void bytes_of_nothing_are_no_configuration() throws IOException {
        assertThat(errors(Files.write(folder.resolve("nul.conf"), new byte[100])))
                .containsExactly("it holds NUL bytes: is it a configuration?");
    }

    @Test
    void a_log_is_no_configuration() throws IOException {
        assertThat(errors(Files.writeString(folder.resolve("mail.log"), "#\n".repeat(1 << 20))))
                .containsExactly("it has more than 1048576 bytes: is it a configuration?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "service.threads = 1.5 | must be a whole number, not 1.5",
                "detectors.connection-flood.connects-per-minute = NaN | must be a whole number, not NaN",
                "watch.crowd.max-keys = 5 | crowd.max-keys must be",
                "intake.lateness = -1s | intake.lateness must be 0 s to 10 min",
                "service.application-id = \"a\\nb\" | not 'a b'",
                "kafka.acks = [1, 2] | kafka.acks must be one text",
                "kafka.bootstrap.servers = \" \" | kafka.bootstrap.servers is missing",
                "topics.lines = \"a b\" | topics.lines must be 1 to 180 of",
                "topics.lines = \"..\" | topics.lines must be 1 to 180 of",
                "topics.alerts = mail.lines | topics.lines must be another topic than topics.alerts",
                "topics.alerts = mail_lines | topics.lines must be another topic than topics.alerts",
                "desk = | line 3: Expecting a value",
            })
    void a_mistake_is_one_line_that_names_it(String line, String error) throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.conf"), KAFKA + line + "\n");

        assertThat(errors(file)).singleElement().asString().contains(error).doesNotContain("\n", "wrong.conf");
    }

    @Test
    void a_section_that_is_a_number_says_so() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.conf"), "kafka = 5\n");

        assertThat(errors(file)).first().asString().startsWith("kafka must hold keys: line 1: ");
    }

    private static List<String> errors(Path file) {
        ConfigRefused refused = catchThrowableOfType(ConfigRefused.class, () -> AppConfig.load(file));
        return Objects.requireNonNull(refused, "it was taken").errors();
    }
}
