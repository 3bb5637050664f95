package postwarden.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.policy.Allowance;

/** An operator's decisions in a file: what they say, and every mistake at once. */
class PolicyFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void what_is_not_said_is_anything() throws Exception {
        List<Allowance> read = PolicyFile.load(
                write(
                        "policies = [{id = a, entity = \"192.0.2.0/24\", owner = x, reason = y, until = \"2027-01-01T00:00:00Z\"}]"));

        assertThat(read).singleElement().satisfies(allowance -> {
            assertThat(allowance.tenant()).isEqualTo("default");
            assertThat(allowance.detector().isAnything()).isTrue();
            assertThat(allowance.entity().matches("192.0.2.9")).isTrue();
        });
    }

    @Test
    void every_mistake_is_said_at_once() throws IOException {
        Path file = write("""
                policies = [
                  {id = a, entity = "10.0.0.0/99", owner = x, reason = y, until = "2027-01-01T00:00:00Z"}
                  {id = b, entity = "10.0.0.1", owner = x, reason = y, until = tomorrow}
                  {id = c, entity = "10.0.0.1", owner = x, until = "2027-01-01T00:00:00Z", colour = red}
                ]
                """);

        ConfigRefused refused = catchThrowableOfType(ConfigRefused.class, () -> PolicyFile.load(file));

        assertThat(refused.errors())
                .anyMatch(error -> error.startsWith("policies[0]") && error.contains("10.0.0.0/99"))
                .anyMatch(error -> error.startsWith("policies[1]") && error.contains("until must be an instant"))
                .anyMatch(error -> error.contains("colour"))
                .anyMatch(error -> error.startsWith("policies[2]") && error.contains("reason"));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("policies.conf"), text);
    }
}
