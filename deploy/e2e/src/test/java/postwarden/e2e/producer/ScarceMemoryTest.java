package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All that takes memory at once: ten thousand files, a line as long as the heap, and no broker that takes anything. */
@Tag("faults")
@Timeout(600)
class ScarceMemoryTest {
    private static final int BROKERS = 3;
    private static final int MATCHED = 10_000;
    private static final int BUSY = 50;
    private static final int LINES_EACH = 200;
    private static final int LONG = 64 << 20;
    /** Of the process, in bytes. */
    private static final long MOST_MEMORY = 192L << 20;

    private static final Duration AWAY = Duration.ofSeconds(45);

    private final ManyLogs logs;
    private final ProducerProcess.Settings settings;

    @AutoClose
    private final SecureCluster cluster;

    @AutoClose
    private final Arrivals arrivals;

    ScarceMemoryTest(@TempDir Path folder)
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        logs = ManyLogs.of(folder.resolve("logs"), MATCHED);
        cluster = SecureCluster.start(folder);
        arrivals = Arrivals.of(cluster.cluster());
        settings = new ProducerProcess.Settings(
                folder,
                "[{ path = \"" + logs.pattern() + "\", host = mx1, zone = UTC }]",
                cluster.as(cluster.authority().client(SecureCluster.HOST)),
                "follow { poll = 250 ms, scan = 1 s, linger = 5 s, heartbeat = 10 s }\ncheckpoint.every = 1 s");
    }

    @Test
    void the_heap_is_enough_and_each_byte_arrives() throws IOException, ExecutionException, InterruptedException {
        try (ProducerProcess agent = ProducerProcess.start(settings)) {
            // Given
            arrivals.await(logs.bytes());
            for (int node = 1; node <= BROKERS; node++) {
                cluster.brokers().kill(node);
            }

            // When
            logs.write(0, line());
            for (int i = 0; i < BUSY * LINES_EACH; i++) {
                logs.append(i % BUSY * (MATCHED / BUSY), "line " + i);
            }
            LockSupport.parkNanos(AWAY.toNanos());
            long away = agent.mostMemory();
            for (int node = 1; node <= BROKERS; node++) {
                cluster.brokers().startAgain(node);
            }
            arrivals.await(logs.bytes());

            // Then
            System.out.printf(
                    "ScarceMemoryTest: at most %d MB while brokers were away, %d in all%n",
                    away >> 20, agent.mostMemory() >> 20);
            assertThat(arrivals.poll()).isEqualTo(logs.bytes());
            assertThat(agent.isAlive()).isTrue();
            assertThat(agent.said()).doesNotContain("OutOfMemory");
            assertThat(agent.mostMemory()).isLessThanOrEqualTo(MOST_MEMORY);
        }
    }

    private static byte[] line() {
        byte[] line = new byte[LONG];
        Arrays.fill(line, (byte) 'x');
        line[LONG - 1] = '\n';
        return line;
    }
}
