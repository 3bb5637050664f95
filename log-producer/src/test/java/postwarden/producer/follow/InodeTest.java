package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;

/**
 * Half a line that was rotated away, and a log that got its inode, began alike and was rotated too while nobody looked. A file system
 * gives inodes as it likes, so the one file stands for both: known as one that was changed before it was made.
 */
class InodeTest {
    @AutoClose
    private final WatchedLog mail;

    private final Harness agent;

    InodeTest(@TempDir Path folder) {
        mail = new WatchedLog(folder);
        agent = mail.agent();
    }

    @Test
    void a_rotated_log_that_was_made_after_half_a_line_was_written_is_not_its_continuation() throws IOException {
        // Given
        halfALine("a[1]: 2", Instant.now().minus(Duration.ofHours(1)));
        mail.rotate("mail.log.1");
        settleForLong();
        agent.acknowledgeAll();
        agent.checkpoint();
        agent.die();
        Files.writeString(mail.beside("mail.log.1"), "a[1]: 23\nnext\n");
        Files.setLastModifiedTime(
                mail.beside("mail.log.1"), FileTime.from(Instant.now().plusSeconds(5)));

        // When
        agent.revive();
        settleForLong();

        // Then
        assertThat(agent.lines()).containsExactly("a[1]: 2", "a[1]: 23", "next");
        assertThat(agent.of(Outgoing.Kind.LINE))
                .extracting(line -> line.fileId() + '@' + line.startOffset())
                .doesNotHaveDuplicates();
    }

    @Test
    void the_rest_of_half_a_line_that_comes_after_its_rotation_is_its_continuation() throws IOException {
        // Given
        halfALine("a[1]: 2", Instant.now().plusSeconds(5));
        mail.rotate("mail.log.1");
        agent.step();
        agent.checkpoint();
        agent.die();
        Harness.append(mail.beside("mail.log.1"), "3\nnext\n");
        Files.setLastModifiedTime(
                mail.beside("mail.log.1"), FileTime.from(Instant.now().plusSeconds(6)));

        // When
        agent.revive();
        settleForLong();

        // Then
        assertThat(agent.lines()).containsExactly("a[1]: 23", "next");
    }

    private void halfALine(String text, Instant changed) throws IOException {
        mail.write(text);
        Files.setLastModifiedTime(mail.log(), FileTime.from(changed));
        agent.settle();
    }

    /** So that what is rotated and quiet is read to its end. */
    private void settleForLong() {
        for (int i = 0; i < 12; i++) {
            agent.settle();
        }
    }
}
