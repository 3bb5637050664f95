package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Await;
import postwarden.e2e.metrics.Exposed;
import postwarden.local.FreePorts;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;

/** All brokers are away for long, while a daemon writes on and its log is turned. */
@Tag("faults")
class BrokersAwayTest {
    /** In seconds, 60 or more; 600 for a release, which is longer than any of Kafka's timeouts. */
    private static final int OUTAGE = Integer.getInteger("postwarden.outage", 120);

    private static final int BROKERS = 3;
    /** Some seconds of lines. */
    private static final long MUCH = 100_000;
    /** What the agent keeps unacknowledged: the bound of its memory, and of what it may repeat. */
    private static final int WINDOW = 4_000;
    /** So many lines that were written and not read, some ten seconds of them, show that reading stands. */
    private static final int UNREAD = 2_000;
    /** How old the shown lag may be: looks that take long are made once a minute, and waiting begins with one. */
    private static final int LATE_LAG_SECONDS = 75;
    /**
     * Of the process at most, in bytes: what an agent of a test has, and what TLS and the metrics port take, whose classes come out of no
     * archive here.
     */
    private static final long MOST_MEMORY = ProducerProcess.MOST_MEMORY + (16L << 20);
    /** Of the process, while nothing may be added to the window, in bytes: what compilers and collectors still take. */
    private static final long MOST_MEMORY_MORE = 8L << 20;
    /** How much later than its line a heartbeat may come on a busy machine that still has not read it. */
    private static final long SLACK_MICROS = 5_000_000;

    private final long seed = Long.getLong("postwarden.seed", System.nanoTime());
    private final String run = "BrokersAwayTest: -Dpostwarden.outage=" + OUTAGE + " -Dpostwarden.seed=" + seed;
    private final int port = FreePorts.one();
    private final WrittenLog log;
    /** How many bytes had been written by when, in microseconds since the epoch. */
    private final TreeMap<Long, Long> written = new TreeMap<>();

    @AutoClose
    private final SecureCluster cluster;

    @AutoClose
    private final Arrivals arrivals;

    @AutoClose
    private final ProducerProcess agent;

    BrokersAwayTest(@TempDir Path folder)
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        System.out.println(run);
        log = new WrittenLog(folder.resolve("log/mail.log"), new Random(seed));
        log.append(1);
        cluster = SecureCluster.start(folder);
        arrivals = Arrivals.of(cluster.cluster());
        agent = ProducerProcess.start(ProducerProcess.Settings.of(
                        folder, log.path(), cluster.as(cluster.authority().client(SecureCluster.HOST)))
                .with("metrics { port = " + port + ", every = 1 s }"));
        arrivals.await(log);
    }

    /** What the agent had and said at a moment of the outage. */
    private record Sample(
            double seconds,
            long memory,
            double read,
            double inFlight,
            double lagBytes,
            double lagSeconds,
            double stalled) {
        @Override
        public String toString() {
            return "%.0f s: %d MB, %.0f lines read, %.0f records in flight, %.0f bytes and %.0f s behind, stalled for %.0f s"
                    .formatted(seconds, memory >> 20, read, inFlight, lagBytes, lagSeconds, stalled);
        }
    }

    @Test
    @Timeout(3_600)
    void reading_is_held_back_and_everything_comes_in_order_when_the_brokers_are_back()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        List<Sample> samples = new ArrayList<>();
        int writtenMeanwhile;
        long begun = System.nanoTime();
        try (Daemon daemon = Daemon.calm(log, new Random(seed))) {
            daemon.begin();
            arrivals.await(arrivals.poll() + MUCH);

            // When
            for (int node = 1; node <= BROKERS; node++) {
                cluster.brokers().kill(node);
            }
            begun = System.nanoTime();
            int before = log.lines();
            Await.until("reading stands", () -> {
                noteWritten();
                return log.lines() - sample(0).read() >= UNREAD;
            });
            for (double away = seconds(begun); away < OUTAGE; away = seconds(begun)) {
                samples.add(sample(away));
                noteWritten();
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
            writtenMeanwhile = log.lines() - before;
            for (int node = 1; node <= BROKERS; node++) {
                cluster.brokers().startAgain(node);
            }
            arrivals.await(arrivals.poll() + MUCH);
        }
        arrivals.await(log);
        double caughtUp = seconds(begun) - OUTAGE;
        awaitHeartbeatBehind(log.bytes());

        // Then
        long memory = agent.mostMemory();
        Exposed last = Exposed.at(port);
        String said = agent.said();
        agent.stop();
        arrivals.drain();
        Oracle oracle = Oracle.over(log.contents(), arrivals.records());
        Sample first = samples.get(0);
        Sample end = samples.get(samples.size() - 1);
        System.out.printf(
                "BrokersAwayTest: %d s away, %d lines written meanwhile of %d in %d files, %d repeated, at most %d MB, all there %.0f s"
                        + " behind the return, %d lines of log%n  first %s%n  last %s%n",
                OUTAGE,
                writtenMeanwhile,
                log.lines(),
                log.contents().size(),
                oracle.repeated(),
                memory >> 20,
                caughtUp,
                said.lines().count(),
                first,
                end);
        oracle.assertHolds(run, log.lines(), WINDOW);
        assertThat(memory).as(run).isLessThanOrEqualTo(MOST_MEMORY);
        assertThat(end.memory() - first.memory()).as(run).isLessThanOrEqualTo(MOST_MEMORY_MORE);
        assertThat(samples).as(run).allSatisfy(sample -> {
            assertThat(sample.inFlight()).isLessThanOrEqualTo(WINDOW);
            assertThat(sample.read()).as("reading stands").isEqualTo(first.read());
            assertThat(sample.stalled()).as("it is shown").isGreaterThan(sample.seconds() / 2);
        });
        assertThat(end.lagBytes()).as(run).isPositive();
        assertThat(end.lagSeconds()).as(run).isGreaterThan(OUTAGE - LATE_LAG_SECONDS);
        assertThat(said).as(run).contains("lines wait for Kafka, nothing is lost");
        assertThat(last.sum("producer_records_unaccounted")).as(run).isZero();
        assertThat(last.sum("producer_losses_total")).as(run).isZero();
        assertHeartbeatsTrue();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private Sample sample(double away) throws InterruptedException {
        Exposed now = Exposed.at(port);
        try {
            return new Sample(
                    away,
                    agent.memory(),
                    now.sum("producer_lines_total"),
                    now.sum("producer_records_in_flight"),
                    now.sum("producer_lag_bytes"),
                    now.samples().stream()
                            .filter(each -> each.name().equals("producer_lag_time_seconds"))
                            .mapToDouble(Exposed.Sample::value)
                            .max()
                            .orElse(0),
                    now.sum("producer_stalled_seconds"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void noteWritten() {
        long bytes = log.bytes();
        written.put(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()), bytes);
    }

    private void awaitHeartbeatBehind(long bytes) throws ExecutionException, InterruptedException {
        noteWritten();
        long now = written.lastKey();
        Await.until("a heartbeat behind " + bytes + " bytes", () -> {
            arrivals.poll();
            return arrivals.records().stream().anyMatch(record -> claims(record) > now);
        });
    }

    /** Up to when a heartbeat says that all is read; the lines' own stamps, which it has else, are of another day. */
    private static long claims(MailLine record) {
        Long time = record.getEventTimeMicros();
        return record.getKind() == MailLineKind.HEARTBEAT && time != null ? time : 0;
    }

    /** In front of a heartbeat that says that all is read stand all lines that had been written by then. */
    private void assertHeartbeatsTrue() {
        TreeMap<String, Long> ends = new TreeMap<>();
        long arrived = 0;
        for (MailLine record : arrivals.records()) {
            if (record.getKind() == MailLineKind.LINE) {
                long end = ends.getOrDefault(record.getFileId(), 0L);
                arrived += Math.max(0, record.getEndOffset() - Math.max(end, record.getStartOffset()));
                ends.merge(record.getFileId(), record.getEndOffset(), Math::max);
            }
            var by = written.floorEntry(claims(record) - SLACK_MICROS);
            assertThat(arrived)
                    .as("a heartbeat of " + record.getEventTimeMicros() + "; " + run)
                    .isGreaterThanOrEqualTo(by == null ? 0 : by.getValue());
        }
    }
}
