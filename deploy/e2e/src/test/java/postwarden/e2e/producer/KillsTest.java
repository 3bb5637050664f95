package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Child;

/** The agent killed with -9 at any moment of its life, while its log is written, renamed, copied and truncated, and packed. */
@Timeout(900)
class KillsTest {
    private static final int FEW = 3;
    private static final int MANY = 100;
    /** What a crash may repeat: two seconds of traffic, in lines. */
    private static final long REPEATED_A_KILL = 10_000;
    /** As long as a life may last behind its first line, and as long as it takes to get there. */
    private static final int LIFE_MILLIS = 600;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final long seed = Long.getLong("postwarden.seed", System.nanoTime());
    private final Random lot = new Random(seed);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_few_kills_lose_invent_and_change_nothing()
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        live(FEW);
    }

    @Test
    @Tag("faults")
    void a_hundred_kills_lose_invent_and_change_nothing()
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        live(Integer.getInteger("postwarden.kills", MANY));
    }

    private void live(int kills)
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        // Given
        String run = "KillsTest: -Dpostwarden.seed=" + seed;
        System.out.println(run);
        WrittenLog log = new WrittenLog(folder.resolve("log/mail.log"), new Random(seed));
        log.append(1);
        try (SecureCluster cluster = SecureCluster.start(folder);
                Arrivals arrivals = Arrivals.of(cluster.cluster())) {
            ProducerProcess.Settings settings = ProducerProcess.Settings.of(
                            folder, log.path(), cluster.as(cluster.authority().client(SecureCluster.HOST)))
                    .with("publish.records-in-flight = 2000");
            meet(settings, arrivals, log);

            // When
            long memory = killAll(kills, settings, arrivals, log);
            Child.Ended ended = readTheRest(settings, arrivals, log);

            // Then
            Oracle oracle = Oracle.over(log.contents(), arrivals.records());
            System.out.printf(
                    "KillsTest: %d kills, %d contents, %d lines, %d of them repeated, at most %d MB%n",
                    kills, log.contents().size(), log.lines(), oracle.repeated(), memory >> 20);
            oracle.assertHolds(run, log.lines(), kills * REPEATED_A_KILL);
            assertThat(ended.status()).as(run).isZero();
            assertThat(memory).as(run).isLessThanOrEqualTo(ProducerProcess.MOST_MEMORY);
        }
    }

    /** An agent that has never seen a log does not read its older generations: what happens to the log begins when it knows it. */
    private static void meet(ProducerProcess.Settings settings, Arrivals arrivals, WrittenLog log)
            throws IOException, ExecutionException, InterruptedException {
        try (ProducerProcess first = ProducerProcess.start(settings)) {
            arrivals.await(log);
            first.stop();
        }
    }

    /** Answers the most memory that any of them had, in bytes. */
    private long killAll(int kills, ProducerProcess.Settings settings, Arrivals arrivals, WrittenLog log)
            throws IOException, ExecutionException, InterruptedException {
        long memory = 0;
        try (Daemon daemon = Daemon.writingAndTurning(log, new Random(seed + 1))) {
            daemon.begin();
            for (int kill = 0; kill < kills; kill++) {
                try (ProducerProcess agent = ProducerProcess.start(settings)) {
                    if (lot.nextInt(4) > 0) {
                        arrivals.await(arrivals.poll() + 1);
                    }
                    // Not a wait for anything: the moment of its death is drawn.
                    LockSupport.parkNanos(
                            Duration.ofMillis(lot.nextInt(LIFE_MILLIS)).toNanos());
                    memory = Math.max(memory, agent.mostMemory());
                    agent.kill();
                }
            }
        }
        return memory;
    }

    private static Child.Ended readTheRest(ProducerProcess.Settings settings, Arrivals arrivals, WrittenLog log)
            throws IOException, ExecutionException, InterruptedException {
        try (ProducerProcess last = ProducerProcess.start(settings)) {
            arrivals.await(log);
            long asked = System.nanoTime();
            Child.Ended ended = last.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(LONGEST_STOP);
            arrivals.poll();
            return ended;
        }
    }
}
