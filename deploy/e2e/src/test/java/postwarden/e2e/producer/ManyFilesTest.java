package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Cluster;

/** An agent of which one pattern names ten thousand files. */
@Tag("faults")
@Timeout(300)
class ManyFilesTest {
    private static final int MATCHED = 10_000;
    private static final int ACTIVE = 50;
    /** What ten thousand files may take beside the memory of an agent with one, in bytes. */
    private static final long MOST_MEMORY = 144L << 20;

    /** As long as {@code follow.sweep}, so that all is looked at as often as is asked for; behind one in which Java compiles. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private static final double MOST_OF_A_CORE = 0.01;

    private final Path folder;

    @AutoClose
    private final Cluster cluster;

    @AutoClose
    private final Arrivals arrivals;

    ManyFilesTest(@TempDir Path folder) throws ExecutionException, InterruptedException {
        this.folder = folder;
        cluster = Cluster.start(folder);
        arrivals = Arrivals.of(cluster);
    }

    @Test
    void ten_thousand_files_cost_little() throws IOException, ExecutionException, InterruptedException {
        // Given
        ManyLogs logs = ManyLogs.of(folder.resolve("logs"), MATCHED);
        long started = System.nanoTime();
        try (ProducerProcess agent = ProducerProcess.start(settings(logs))) {
            arrivals.await(logs.bytes());
            Duration first = Duration.ofNanos(System.nanoTime() - started);

            // When
            LockSupport.parkNanos(IDLE.toNanos());
            Duration before = agent.processorTime();
            LockSupport.parkNanos(IDLE.toNanos());
            Duration after = agent.processorTime();
            double busy = (double) after.minus(before).toMillis() / IDLE.toMillis();
            for (int i = 0; i < ACTIVE; i++) {
                logs.append(i * (MATCHED / ACTIVE), "another line");
            }
            arrivals.await(logs.bytes());

            // Then
            System.out.printf(
                    "ManyFilesTest: %d files read after %.1f s, idle %.2f %% of a core, at most %d MB, %d descriptors%n",
                    MATCHED, first.toMillis() / 1000.0, 100 * busy, agent.mostMemory() >> 20, agent.descriptors());
            assertThat(busy).isLessThan(MOST_OF_A_CORE);
            assertThat(agent.mostMemory()).isLessThanOrEqualTo(MOST_MEMORY);
        }
    }

    /** With the default pauses. */
    private ProducerProcess.Settings settings(ManyLogs logs) {
        return new ProducerProcess.Settings(
                folder,
                "[{ path = \"" + logs.pattern() + "\", host = mx1, zone = UTC }]",
                cluster.kafka(),
                "dev = true\nfollow { poll = 250 ms, scan = 1 s, linger = 5 s, heartbeat = 10 s }\ncheckpoint.every = 1 s");
    }
}
