package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.producer.follow.Harness.append;
import static postwarden.producer.follow.Harness.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.Said;

/** What an operator reads about a path that cannot be followed: one line, once. */
class ComplaintsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_folder_is_not_read() throws IOException {
        Path path = Files.createDirectory(folder.resolve("mail.log"));
        assertThatOneLineSays(path, "path=" + path + " why=not a regular file");
    }

    @Test
    void a_path_where_nothing_stands_is_waited_for() throws IOException {
        Path path = folder.resolve("mail.log");
        assertThatOneLineSays(path, "path=" + path + " why=no such file");
    }

    @Test
    void a_pattern_that_matches_nothing_is_waited_for() throws IOException {
        Path path = folder.resolve("*.log");
        assertThatOneLineSays(path, "path=" + path + " why=no file matches yet");
    }

    @Test
    void a_compressed_file_is_not_followed() throws IOException {
        Path path = folder.resolve("mail.log.2.gz");
        append(path, "not really compressed\n");
        assertThatOneLineSays(path, "path=" + path + " why=compressed; only what rotation makes of a log is unpacked");
    }

    @Test
    void a_link_that_leads_nowhere_is_said() throws IOException {
        Path path = folder.resolve("mail.log");
        Files.createSymbolicLink(path, path);
        assertThatOneLineSays(
                new Harness(4096, true, source(path)),
                "path=" + path
                        + " why=Too many levels of symbolic links or unable to access attributes of symbolic link");
    }

    @Test
    void a_link_that_nobody_asked_to_be_followed_is_said() throws IOException {
        Path path = folder.resolve("mail.log");
        Files.createSymbolicLink(path, path);
        assertThatOneLineSays(path, "path=" + path + " why=a symbolic link (follow.links)");
    }

    @Test
    void what_is_wrong_is_known_after_the_first_look_and_forgotten_when_it_is_mended() throws IOException {
        // Given
        Path path = folder.resolve("mail.log");
        Harness agent = new Harness(4096, source(path));
        agent.step();
        assertThat(agent.unreadable()).containsEntry(path.toString(), "no such file");

        // When
        append(path, "2026-11-21T08:00:00Z mx1 a: one\n");
        agent.settle();

        // Then
        assertThat(agent.unreadable()).isEmpty();
        agent.close();
    }

    /** The one who builds may be root, who may read everything, so this asks for the words only. */
    @Test
    void a_file_that_may_not_be_read_is_said() {
        assertThat(Lookout.words(new AccessDeniedException("/var/log/mail.log")))
                .isEqualTo("permission denied");
    }

    private static void assertThatOneLineSays(Path path, String words) throws IOException {
        assertThatOneLineSays(new Harness(4096, source(path)), words);
    }

    private static void assertThatOneLineSays(Harness agent, String words) {
        // When
        var said = Said.by(Complaints.class, () -> {
            agent.settle();
            agent.settle();
        });

        // Then
        assertThat(said).containsExactly("WARN a path is not read " + words);
        assertThat(agent.metrics.unreadable().count()).isEqualTo(1);
        assertThat(agent.unreadable()).hasSize(1);
        agent.close();
    }
}
