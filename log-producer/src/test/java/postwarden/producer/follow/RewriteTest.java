package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;

/** A log that is truncated, copied and truncated, or written anew in place. */
class RewriteTest {
    @AutoClose
    private final WatchedLog mail;

    private final Harness agent;

    RewriteTest(@TempDir Path folder) {
        mail = new WatchedLog(folder);
        agent = mail.agent();
    }

    @Test
    void the_rest_is_found_in_the_copy_when_a_file_is_copied_and_truncated() throws IOException {
        // Given
        mail.write("one\n");
        agent.settle();
        mail.write("two\n");
        mail.copy("mail.log.1");
        mail.rewrite("");
        mail.write("x\n");

        // When
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrder("one", "two", "x");
        assertThat(agent.of(Outgoing.Kind.LOSS)).isEmpty();
    }

    @Test
    void a_truncation_past_which_the_file_grew_again_is_noticed_and_said() throws IOException {
        // Given
        mail.write("one\n");
        agent.settle();
        mail.rewrite("another beginning\nand more\n");

        // When
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("one", "another beginning", "and more");
        assertThat(agent.of(Outgoing.Kind.LOSS)).hasSize(1);
        assertThat(agent.of(Outgoing.Kind.LOSS).get(0).startOffset()).isEqualTo(4);
    }

    @Test
    void a_rewritten_file_is_noticed_even_when_the_bytes_in_front_of_the_position_are_the_same() throws IOException {
        // Given
        String end = "status=sent (250 2.0.0 Ok: queued as always)\n";
        mail.write("old one\n" + end);
        agent.settle();
        mail.rewrite("new one\n" + end + "new two\n");
        mail.rotate("mail.log.1");

        // When
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("old one", end.strip(), "new one", end.strip(), "new two");
    }

    @Test
    void a_content_that_was_copied_and_truncated_between_two_looks_is_found_in_its_copy() throws IOException {
        // Given
        mail.write("one\n");
        agent.settle();
        mail.rewrite("");
        agent.settle();
        mail.write("two\n");
        mail.copy("mail.log.1");
        mail.rewrite("three\n");

        // When
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void a_copy_that_is_not_truncated_yet_is_not_another_content() throws IOException {
        // Given
        mail.write("");
        agent.settle();
        mail.write("one\n");
        mail.copy("mail.log.1");

        // When
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("one");
    }

    @Test
    void a_rewritten_file_with_the_same_first_line_gets_an_identity_of_its_own() throws IOException {
        // Given
        mail.write("same\nold\n");
        agent.settle();
        mail.rewrite("same\n");
        agent.settle();
        mail.write("new\n");

        // When
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("same", "old", "same", "new");
        assertThat(agent.of(Outgoing.Kind.LINE).stream().map(Outgoing::fileId).distinct())
                .hasSize(2);
    }

    @Test
    void a_copy_that_lags_behind_what_was_read_is_not_another_content() throws IOException {
        // Given
        mail.write("one\n");
        agent.settle();
        mail.copy("mail.log.1");
        mail.write("two\n");

        // When
        agent.settle();
        mail.rewrite("three\n");
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("one", "two", "three");
    }

    @Test
    void a_copy_that_was_overtaken_and_is_seen_after_the_truncation_only_is_not_another_content() throws IOException {
        // Given
        mail.write("one\n");
        agent.settle();
        mail.copy("not seen yet");
        mail.write("two\n");
        agent.settle();
        Files.move(mail.beside("not seen yet"), mail.beside("mail.log.1"));
        mail.rewrite("three\n");

        // When
        agent.settle();

        // Then: what came between the copy and the truncation was read; whether that was all, nobody knows
        assertThat(agent.lines()).containsExactly("one", "two", "three");
        assertThat(agent.of(Outgoing.Kind.LOSS)).hasSize(1);
    }

    @Test
    void a_copy_that_was_overtaken_before_a_crash_is_not_another_content() throws IOException {
        // Given
        mail.write("one\n");
        agent.settle();
        mail.copy("not seen yet");
        mail.write("two\n");
        agent.settle();
        agent.acknowledgeAll();
        agent.checkpoint();
        agent.die();
        Files.move(mail.beside("not seen yet"), mail.beside("mail.log.1"));
        mail.rewrite("three\n");

        // When
        agent.revive();
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("one", "two", "three");
    }

    @Test
    void a_younger_content_that_begins_like_an_older_one_is_not_taken_for_its_copy() throws IOException {
        // Given
        mail.write("begun\nold one\nold two\n");
        agent.settle();
        mail.rotate("mail.log.2");
        mail.write("begun\nnew one\n");
        mail.rotate("mail.log.1");

        // When
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("begun", "old one", "old two", "begun", "new one");
    }

    @Test
    void what_is_cut_away_is_said_also_when_an_older_generation_is_known() throws IOException {
        // Given
        mail.write("one\n");
        agent.settle();
        mail.copy("mail.log.1");
        mail.rewrite("");
        agent.settle();
        mail.write("two\n");
        agent.settle();
        mail.write("never read\n");
        mail.rewrite("");
        mail.write("x\n");

        // When
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("one", "two", "x");
        assertThat(agent.of(Outgoing.Kind.LOSS))
                .singleElement()
                .satisfies(loss -> assertThat(loss.startOffset()).isEqualTo("two\n".length()));
    }
}
