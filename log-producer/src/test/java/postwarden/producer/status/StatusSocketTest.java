package postwarden.producer.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusSocketTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void whoever_connects_is_told_all_of_it_however_many_files_there_are() throws IOException {
        // Given
        FileLag lag = new FileLag("/var/log/" + "m".repeat(200), "id", 5, 4, 1, 0);
        AgentStatus status = new AgentStatus(
                true,
                7,
                "mx1",
                "mail.lines",
                "",
                "",
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                8,
                Collections.nCopies(10_000, lag),
                Map.of("/a", "denied"));

        // When
        Optional<AgentStatus> told;
        try (StatusSocket socket = StatusSocket.open(folder, () -> status)) {
            assertThat(socket).isNotNull();
            told = StatusSocket.ask(folder);
        }

        // Then
        assertThat(told).contains(status);
        assertThat(StatusSocket.ask(folder)).isEmpty();
    }

    @Test
    void a_socket_that_a_killed_agent_left_says_nothing_and_is_in_nobodys_way() throws IOException {
        // Given
        Files.writeString(folder.resolve("status.sock"), "");
        AgentStatus status = new AgentStatus(
                true, 7, "mx1", "mail.lines", "", "", 0, 0, 0, 0, 0, 0, 0, 0, Collections.emptyList(), Map.of());

        // When
        Optional<AgentStatus> before = StatusSocket.ask(folder);

        // Then
        assertThat(before).isEmpty();
        try (StatusSocket socket = StatusSocket.open(folder, () -> status)) {
            assertThat(socket).isNotNull();
            assertThat(StatusSocket.ask(folder)).contains(status);
            assertThat(StatusSocket.ask(folder)).contains(status);
        }
    }
}
