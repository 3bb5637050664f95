package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.producer.follow.Harness.append;
import static postwarden.producer.follow.Harness.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;

/** What is given to be read: whole and partial lines, several names of one file, standard input, and what cannot be read. */
class InputsTest {
    @AutoClose
    private final WatchedLog mail;

    private final Harness agent;

    InputsTest(@TempDir Path folder) {
        mail = new WatchedLog(folder);
        agent = mail.agent();
    }

    @Test
    void a_partial_line_waits_for_its_end() throws IOException {
        // Given
        mail.write("one\ntw");
        agent.settle();
        mail.write("o\n");

        // When
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("one", "two");
    }

    @Test
    void two_names_of_one_file_are_read_once() throws IOException {
        // Given
        mail.write("one\n");
        Files.createLink(mail.beside("mail.link"), mail.log());
        Files.createSymbolicLink(mail.beside("mail.symlink"), mail.log());
        Harness all = mail.following(source(mail.beside("mail.*")));

        // When
        all.settle();

        // Then
        assertThat(all.lines()).containsExactly("one");
    }

    @Test
    void standard_input_is_read_to_its_end() throws IOException {
        // Given
        Harness piped = mail.agent(source("-", Source.Start.BEGINNING, new HostRule.Self("agent")));
        piped.standardInput(new ByteArrayInputStream("one\ntwo".getBytes(StandardCharsets.US_ASCII)));

        // When
        while (!piped.exhausted()) {
            piped.step();
        }
        piped.end();

        // Then
        assertThat(piped.lines()).containsExactly("one", "two");
        assertThat(piped.of(Outgoing.Kind.LINE))
                .allMatch(record -> record.file().equals("-"));
    }

    @Test
    void what_cannot_be_read_is_said_once_and_the_rest_goes_on() throws IOException {
        // Given
        Files.createDirectory(mail.beside("dir.log"));
        append(mail.beside("zero.log"), "\0".repeat(50_000));
        append(mail.beside("good.log"), "one\n");
        append(mail.beside("old.log.1.xz"), "not really compressed\n");
        Path pattern = mail.beside("*.log*");
        Harness many = mail.agent(source(pattern), source(mail.beside("missing")));

        // When
        many.settle();
        many.settle();

        // Then
        assertThat(many.lines()).contains("one");
        assertThat(many.metrics.unreadable().count()).isEqualTo(3);
    }
}
