package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.producer.follow.Harness.append;
import static postwarden.producer.follow.Harness.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;

/** Where an agent begins to read: the first time, after an orderly stop and after a crash. */
class StartTest {
    @AutoClose
    private final WatchedLog mail;

    private final Harness agent;

    StartTest(@TempDir Path folder) {
        mail = new WatchedLog(folder);
        agent = mail.agent();
    }

    @Test
    void a_file_may_be_begun_at_its_end_but_later_files_are_read_from_their_beginning() throws IOException {
        // Given
        mail.write("old\nhal");
        Harness late = mail.agent(source(mail.log().toString(), Source.Start.END, new HostRule.Self("agent")));
        late.settle();
        mail.write("f\nnew\n");
        late.settle();
        mail.rotate("mail.log.1");
        mail.write("next\n");

        // When
        late.settle();

        // Then
        assertThat(late.lines()).containsExactly("half", "new", "next");
    }

    @Test
    void rotations_while_the_agent_is_down_lose_nothing_and_old_generations_are_left_alone() throws IOException {
        // Given
        Path ancient = mail.beside("mail.log.9");
        append(ancient, "ancient\n");
        Files.setLastModifiedTime(ancient, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        mail.write("a\n");
        agent.settle();
        agent.acknowledgeAll();
        agent.checkpoint();
        mail.write("a2\n");
        mail.rotate("mail.log.2");
        append(mail.beside("mail.log.1"), "b\n");
        mail.write("c\n");

        // When
        agent.crash();
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrder("a", "a2", "b", "c");
    }

    @Test
    void a_log_that_is_rotated_away_after_the_first_look_is_read_after_a_crash() throws IOException {
        // Given
        mail.write("one\n");
        agent.step();
        agent.die();
        mail.write("two\n");
        mail.rotate("mail.log.1");
        mail.write("three\n");

        // When
        agent.revive();
        agent.settle();

        // Then
        assertThat(new LinkedHashSet<>(agent.lines())).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void a_file_that_was_replaced_while_the_agent_was_down_is_read_from_its_beginning() throws IOException {
        // Given
        mail.write("old one\nold two\n");
        agent.settle();
        agent.restart();
        Files.delete(mail.log());
        mail.write("a new file that is longer than the old\nmore\n");

        // When
        agent.settle();

        // Then
        assertThat(agent.lines())
                .containsExactly("old one", "old two", "a new file that is longer than the old", "more");
    }

    @Test
    void identities_survive_the_loss_of_the_checkpoint() throws IOException {
        // Given
        mail.write("first line\nsecond\n");
        agent.settle();

        // When
        agent.crash();
        mail.write("third\n");
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("first line", "second", "first line", "second", "third");
        assertThat(agent.of(Outgoing.Kind.LINE).stream().map(Outgoing::fileId).distinct())
                .hasSize(1);
    }

    @Test
    void fragments_that_come_again_say_whose_line_they_are_as_they_did() throws IOException {
        // Given
        mail.write("2026-11-21T08:00:00Z mx7 postfix/smtpd[7]: " + "x".repeat(100_000) + "\n");
        agent.settle();
        agent.acknowledgeLines(1);

        // When
        agent.crash();
        agent.settle();

        // Then
        Map<Long, List<Outgoing>> fragments =
                agent.of(Outgoing.Kind.LINE).stream().collect(Collectors.groupingBy(Outgoing::startOffset));
        assertThat(fragments).hasSize(4);
        assertThat(fragments.values()).allSatisfy(same -> {
            assertThat(same.stream().map(Outgoing::header).distinct()).hasSize(1);
            assertThat(same.stream().map(Outgoing::host)).containsOnly("mx7");
        });
        assertThat(agent.lines()).hasSize(4 + 3);
    }

    @Test
    void reading_goes_on_in_the_middle_of_a_line_that_never_ends() throws IOException {
        // Given
        mail.write("x".repeat(100_000));
        agent.settle();
        agent.restart();
        mail.write("\nafter\n");

        // When
        agent.settle();

        // Then
        assertThat(String.join("", agent.lines())).isEqualTo("x".repeat(100_000) + "after");
        assertThat(agent.of(Outgoing.Kind.LINE).stream().map(Outgoing::fragment))
                .containsExactly(0, 1, 2, 3, 0);
    }
}
