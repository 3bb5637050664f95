package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.producer.follow.Harness.append;
import static postwarden.producer.follow.Harness.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Symbolic links: whoever may write into a folder of logs must not choose which files the agent reads. */
class LinksTest {
    @AutoClose
    private final WatchedLog mail;

    LinksTest(@TempDir Path folder) {
        mail = new WatchedLog(folder);
    }

    @Test
    void a_link_is_refused_and_said() throws IOException {
        // Given
        append(mail.beside("secret"), "a line that is none of its business\n");
        Files.createSymbolicLink(mail.log(), mail.beside("secret"));

        // When
        mail.agent().settle();

        // Then
        assertThat(mail.agent().lines()).isEmpty();
        assertThat(mail.agent().metrics.unreadable().count()).isEqualTo(1);
    }

    @Test
    void a_file_that_becomes_a_link_is_read_to_its_end_and_the_link_is_refused() throws IOException {
        // Given
        append(mail.beside("secret"), "a line that is none of its business\n");
        mail.write("one\n");
        mail.agent().settle();
        mail.write("two\n");

        // When
        Files.delete(mail.log());
        Files.createSymbolicLink(mail.log(), mail.beside("secret"));
        mail.agent().settle();

        // Then
        assertThat(mail.agent().lines()).containsExactly("one", "two");
    }

    @Test
    void a_link_that_is_asked_for_is_followed_to_wherever_it_leads() throws IOException {
        // Given
        append(mail.beside("first"), "one\n");
        append(mail.beside("second"), "two\n");
        Files.createSymbolicLink(mail.log(), mail.beside("first"));
        Harness linked = mail.following(source(mail.log()));
        linked.settle();

        // When
        Files.delete(mail.log());
        Files.createSymbolicLink(mail.log(), mail.beside("second"));
        linked.settle();

        // Then
        assertThat(linked.lines()).containsExactly("one", "two");
    }
}
