package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;

/** A power cut, or a snapshot of a running machine, takes lines back that were sent and that the checkpoint, which was on the disk, has. */
class TakenBackTest {
    /** Each of them, in bytes. */
    private static final int LINE = "2026-11-21T08:00:00Z mx1 a: one\n".length();

    @AutoClose
    private final WatchedLog mail;

    private final Harness agent;

    TakenBackTest(@TempDir Path folder) {
        mail = new WatchedLog(folder);
        agent = mail.agent();
    }

    @Test
    void a_log_that_is_shorter_than_what_was_sent_of_it_is_a_content_of_its_own() throws IOException {
        // Given
        mail.write("2026-11-21T08:00:00Z mx1 a: one\n2026-11-21T08:00:01Z mx1 a: two\n");
        agent.settle();
        agent.stop();
        takeBack(LINE);

        // When
        agent.reviveExactly();
        agent.settle();
        mail.write("2026-11-21T08:10:00Z mx1 a: six\n");
        agent.settle();

        // Then
        assertThat(placesOfSeveralLines()).isEmpty();
        assertThat(agent.lines()).contains("2026-11-21T08:10:00Z mx1 a: six");
    }

    @Test
    void a_log_that_has_grown_past_that_with_other_lines_loses_none_of_them() throws IOException {
        // Given
        mail.write("2026-11-21T08:00:00Z mx1 a: one\n2026-11-21T08:00:01Z mx1 a: two\n");
        agent.settle();
        agent.stop();
        takeBack(LINE);
        mail.write("2026-11-21T08:10:00Z mx1 a: six\n2026-11-21T08:10:01Z mx1 a: ten\n");

        // When
        agent.reviveExactly();
        agent.settle();

        // Then
        assertThat(placesOfSeveralLines()).isEmpty();
        assertThat(agent.lines()).contains("2026-11-21T08:10:00Z mx1 a: six", "2026-11-21T08:10:01Z mx1 a: ten");
    }

    private void takeBack(int bytes) throws IOException {
        try (FileChannel log = FileChannel.open(mail.log(), StandardOpenOption.WRITE)) {
            log.truncate(log.size() - bytes);
        }
    }

    /** A reader would keep the first and drop the others. */
    private List<Set<String>> placesOfSeveralLines() {
        return agent.of(Outgoing.Kind.LINE).stream()
                .collect(Collectors.groupingBy(
                        line -> line.fileId() + '@' + line.startOffset(),
                        Collectors.mapping(Harness::text, Collectors.toSet())))
                .values()
                .stream()
                .filter(lines -> lines.size() > 1)
                .toList();
    }
}
