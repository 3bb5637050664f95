package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BellTest {
    private static final Counter OVERFLOWS = new SimpleMeterRegistry().counter("overflows");

    @Test
    void only_folders_that_it_listens_to_on_file_systems_of_this_host_are_heard(@TempDir Path folder)
            throws IOException {
        // Given
        Path listened = Files.createDirectory(folder.resolve("listened"));
        Path other = Files.createDirectory(folder.resolve("other"));
        Path ofTheKernel = Path.of("/proc/self");
        try (Bell bell = Bell.install(OVERFLOWS)) {
            // When
            bell.listenTo(Set.of(listened, ofTheKernel));
            boolean heard = bell.hears(listened);
            boolean heardOther = bell.hears(other);
            boolean heardKernel = bell.hears(ofTheKernel);
            bell.listenTo(Set.of(other));

            // Then
            assertThat(heard).isEqualTo(Bell.isLocal(Files.getFileStore(folder)));
            assertThat(heardOther).isFalse();
            assertThat(heardKernel).isFalse();
            assertThat(bell.hears(listened)).isFalse();
        }
    }

    @Test
    void what_was_written_before_it_is_asked_is_told(@TempDir Path folder) throws IOException, InterruptedException {
        // Given
        Path log = Files.createFile(folder.resolve("mail.log"));
        try (Bell bell = Bell.install(OVERFLOWS)) {
            bell.listenTo(Set.of(folder));

            // When
            Files.writeString(log, "line\n");
            boolean rang = bell.await(30_000);

            // Then
            assertThat(rang).isTrue();
            assertThat(bell.touched()).containsExactly(log);
        }
    }
}
