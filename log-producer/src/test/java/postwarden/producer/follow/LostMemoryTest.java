package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.producer.follow.Harness.append;
import static postwarden.producer.follow.Harness.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;

/** An agent that is told to begin at the end of files: at its first start only, and never because it forgot. */
class LostMemoryTest {
    @AutoClose
    private final WatchedLog mail;

    private final Harness agent;

    LostMemoryTest(@TempDir Path folder) {
        mail = new WatchedLog(folder);
        agent = mail.agent(source(mail.beside("*.log").toString(), Source.Start.END, new HostRule.Self("agent")));
    }

    @Test
    void a_file_that_appeared_while_the_agent_was_down_is_read_from_its_beginning() throws IOException {
        // Given
        mail.write("old\n");
        agent.settle();
        agent.restart();
        append(mail.beside("new.log"), "one\n");
        mail.write("two\n");

        // When
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void a_file_that_was_empty_at_the_first_start_is_read_from_its_beginning_at_the_next() throws IOException {
        // Given
        append(mail.beside("mail.err.log"), "");
        agent.settle();
        agent.restart();
        append(mail.beside("mail.err.log"), "one\n");

        // When
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("one");
    }

    @Test
    void checkpoints_that_cannot_be_read_are_no_first_start() throws IOException {
        // Given
        mail.write("old\n");
        agent.settle();
        agent.acknowledgeAll();
        agent.die();
        mail.write("new\n");

        // When
        agent.reviveWithoutMemory();
        agent.settle();

        // Then
        assertThat(agent.lines()).contains("new");
    }

    @Test
    void what_was_rotated_away_unread_before_the_memory_was_lost_is_read_and_what_is_older_is_history()
            throws IOException {
        // Given
        append(mail.beside("mail.log.3"), "long ago\n");
        changed("mail.log.3", Harness.REMEMBERED.plusMinutes(1));
        mail.write("skipped\n");
        agent.settle();
        mail.write("first\n");
        agent.settle();
        agent.acknowledgeAll();
        agent.die();
        mail.write("unread\n");
        Files.move(mail.log(), mail.beside("mail.log.2"));
        changed("mail.log.2", Duration.ofMinutes(59));
        append(mail.beside("mail.log.1"), "came and went\n");
        changed("mail.log.1", Duration.ofMinutes(1));
        mail.write("now\n");

        // When
        agent.reviveWithoutMemory();
        agent.settle();
        agent.restart();
        agent.settle();

        // Then
        assertThat(agent.lines())
                .containsExactlyInAnyOrder("first", "skipped", "first", "unread", "came and went", "now");
        assertThat(agent.of(Outgoing.Kind.LINE).stream()
                        .filter(line -> Harness.text(line).equals("first"))
                        .map(Outgoing::fileId)
                        .distinct())
                .as("readers drop what comes again")
                .hasSize(1);
    }

    private void changed(String name, Duration ago) throws IOException {
        Files.setLastModifiedTime(
                mail.beside(name), FileTime.from(agent.clock.instant().minus(ago)));
    }
}
