package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;

/** Of which lines an agent says that they were never sent before: of none that may have been. */
class FreshTest {
    @AutoClose
    private final WatchedLog mail;

    private final Harness agent;

    FreshTest(@TempDir Path folder) {
        mail = new WatchedLog(folder);
        agent = mail.agent();
    }

    @Test
    void what_stood_there_at_the_first_start_may_have_been_sent_by_a_run_of_which_nothing_is_left() throws IOException {
        // Given
        mail.write("old\n");
        agent.settle();

        // When
        mail.write("new\n");
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("old", "new");
        assertThat(fresh()).containsExactly("new");
    }

    @Test
    void behind_a_crash_only_what_is_written_after_the_start_is_new() throws IOException {
        // Given: a line that was sent and not acknowledged, and one that was written while nobody ran
        mail.write("a\n");
        agent.settle();
        agent.acknowledgeAll();
        agent.checkpoint();
        mail.write("b\n");
        agent.settle();
        agent.die();
        mail.write("c\n");
        agent.sent.clear();

        // When
        agent.revive();
        agent.settle();
        mail.write("d\n");
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("b", "c", "d");
        assertThat(fresh()).containsExactly("d");
    }

    @Test
    void behind_a_stop_in_good_order_all_is_new() throws IOException {
        // Given
        mail.write("a\n");
        agent.settle();
        agent.stop();
        mail.write("b\n");

        // When
        agent.reviveExactly();
        agent.settle();

        // Then
        assertThat(fresh()).containsExactly("b");
    }

    @Test
    void the_second_crash_behind_a_good_stop_is_a_crash() throws IOException {
        // Given
        mail.write("a\n");
        agent.settle();
        agent.stop();
        agent.reviveExactly();
        mail.write("b\n");
        agent.settle();
        agent.sent.clear();

        // When
        agent.crash();
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("b");
        assertThat(fresh()).isEmpty();
    }

    /** A run that is stopped before it has come to where the one before it was killed. */
    @Test
    void a_good_stop_says_nothing_of_what_a_killed_run_sent_before_it() throws IOException {
        // Given
        mail.write("a\n");
        agent.settle();
        agent.acknowledgeAll();
        agent.checkpoint();
        mail.write("b\n");
        agent.settle();
        agent.crash();
        agent.stop();
        agent.sent.clear();

        // When
        agent.reviveExactly();
        agent.settle();
        mail.write("c\n");
        agent.settle();

        // Then
        assertThat(agent.lines()).containsExactly("b", "c");
        assertThat(fresh()).containsExactly("c");
    }

    @Test
    void a_rotation_is_read_on_and_its_successor_is_new_from_its_first_look_on() throws IOException {
        // Given
        mail.write("a\n");
        agent.settle();
        mail.write("b\n");
        mail.rotate("mail.log.1");
        mail.write("c\n");

        // When
        agent.settle();
        mail.write("d\n");
        agent.settle();

        // Then: whether the second file was there before nobody can tell
        assertThat(fresh()).containsExactly("b", "d");
    }

    @Test
    void words_of_the_agent_are_not_new() throws IOException {
        mail.write("a\n");
        agent.settle();

        assertThat(agent.sent.stream().filter(record -> record.fresh() != Outgoing.NOT_FRESH))
                .isEmpty();
    }

    private List<String> fresh() {
        return agent.sent.stream()
                .filter(record -> record.fresh() != Outgoing.NOT_FRESH)
                .map(Harness::text)
                .toList();
    }
}
