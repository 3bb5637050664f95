package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.producer.follow.Harness.append;
import static postwarden.producer.follow.Harness.source;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;

/**
 * More happens in a folder than Java keeps to tell of it (512 events), so that it tells nothing but that, of no file, through the JDK's own
 * service. The queue of the kernel, when it is full (fs.inotify.max_queued_events), comes to the agent as the same word, for all folders.
 * What is asked without being told comes so seldom here that only what is told helps.
 */
@Timeout(60)
class OverflowTest {
    /** More than Java keeps for a folder. */
    private static final int MUCH = 1_000;

    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Duration BEAT = Duration.ofSeconds(5);

    private final Path logs;
    private final Path beside;
    private final WatchService kernel;
    private final WatchKey last;

    @AutoClose
    private final Harness agent;

    OverflowTest(@TempDir Path folder) throws IOException {
        logs = Files.createDirectory(folder.resolve("logs"));
        beside = Files.createDirectory(folder.resolve("beside"));
        kernel = FileSystems.getDefault().newWatchService();
        last = beside.register(kernel, StandardWatchEventKinds.ENTRY_CREATE);
        FollowParams params = new FollowParams(
                POLL, Duration.ofMinutes(1), Duration.ofMinutes(1), BEAT, BEAT, 4096, 5, 0, false, false);
        agent = new Harness(
                params,
                kernel,
                source(logs.resolve("*.log").toString(), Source.Start.BEGINNING, new HostRule.FromHeader()));
    }

    @BeforeEach
    void followOneLog() throws IOException {
        append(logs.resolve("mail.log"), line("first"));
        agent.settle();
        assertThat(agent.lines()).hasSize(1);
    }

    @Test
    void no_heartbeat_says_that_all_is_read_before_what_was_not_told_is() throws IOException, InterruptedException {
        // Given
        append(logs.resolve("mail.log"), line("second"));
        overflow();

        // When
        while (agent.of(Outgoing.Kind.HEARTBEAT).isEmpty()) {
            agent.step();
        }

        // Then
        assertThat(agent.metrics.overflows().count()).isEqualTo(1);
        List<Outgoing.Kind> kinds = agent.sent.stream().map(Outgoing::kind).toList();
        assertThat(kinds.lastIndexOf(Outgoing.Kind.LINE)).isLessThan(kinds.indexOf(Outgoing.Kind.HEARTBEAT));
        assertThat(agent.lines()).hasSize(2);
    }

    @Test
    void what_came_untold_is_found_and_read_at_the_next_look() throws IOException, InterruptedException {
        // Given
        append(logs.resolve("mail.log"), line("second"));
        overflow();
        append(logs.resolve("new.log"), line("third"));

        // When
        agent.clock.pass(Duration.ofMinutes(1));
        agent.settle();

        // Then
        assertThat(agent.lines()).hasSize(3);
    }

    /** Makes files until Java gave up telling of them, and waits until all of that has come from the kernel. */
    private void overflow() throws IOException, InterruptedException {
        for (int i = 0; i < MUCH; i++) {
            Files.createFile(logs.resolve("other." + i));
        }
        Files.createFile(beside.resolve("last"));
        List<WatchKey> told = new ArrayList<>();
        while (!told.contains(last)) {
            told.add(kernel.take());
        }
        // Given back as they were: what they have to tell is not asked for.
        told.forEach(WatchKey::reset);
    }

    private static String line(String text) {
        return "2026-11-21T08:00:00Z mx1 a: " + text + "\n";
    }
}
