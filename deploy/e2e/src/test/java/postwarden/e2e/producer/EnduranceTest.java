package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Await;
import postwarden.e2e.Cluster;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;
import postwarden.stream.WireFormat;

/** An agent that works for long, and one that gets next to nothing of its processor. */
@Tag("faults")
class EnduranceTest {
    /** In minutes; two hours for a release. */
    private static final int SOAK = Integer.getInteger("postwarden.soak", 5);

    private static final int PORTION = 40;
    /** Some 4,000 lines a second. */
    private static final long PAUSE_NANOS = 10_000_000;

    private static final int LINES_A_FILE = 100_000;
    private static final int KEPT_FILES = 4;
    private static final int PORTIONS_A_SAMPLE = 200;
    private static final int BURNERS = 3;
    private static final int STARVED_SECONDS = 30;
    /** Two compilers and a collector that come and go. */
    private static final long MOST_THREADS_MORE = 4;

    private static final long MOST_DESCRIPTORS_MORE = 8;
    /** Of a process, between its second quarter and its last, in bytes: what the compiler still adds. */
    private static final long MOST_MEMORY_MORE = 8L << 20;

    private final long seed = Long.getLong("postwarden.seed", System.nanoTime());
    private final String run = "EnduranceTest: -Dpostwarden.seed=" + seed;
    private final Path folder;
    private final Path log;

    @AutoClose
    private final Cluster cluster;

    EnduranceTest(@TempDir Path folder) throws IOException, ExecutionException, InterruptedException {
        System.out.println(run);
        this.folder = folder;
        log = Files.createDirectories(folder.resolve("log")).resolve("mail.log");
        cluster = Cluster.start(folder);
    }

    /** What the process had at a moment. */
    private record Sample(long memory, long threads, int descriptors) {}

    @Test
    @Timeout(10_800)
    void hours_of_lines_cost_no_more_than_minutes() throws IOException, ExecutionException, InterruptedException {
        // Given
        List<Sample> samples = new ArrayList<>();
        int written = 0;
        try (Seen seen = new Seen(cluster);
                ProducerProcess agent = ProducerProcess.start(settings())) {
            // When
            long end = System.nanoTime() + Duration.ofMinutes(SOAK).toNanos();
            for (int portion = 0; System.nanoTime() < end; portion++) {
                written = append(written);
                if (portion % PORTIONS_A_SAMPLE == 0) {
                    seen.poll();
                    samples.add(new Sample(agent.memory(), agent.threads(), agent.descriptors()));
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            seen.awaitAll(written);

            // Then
            assertThat(seen.forged).as(run).isEmpty();
            assertThat(seen.repeated).as(run).isZero();
        }
        Sample early = worst(samples.subList(samples.size() / 4, samples.size() / 2));
        Sample late = worst(samples.subList(3 * samples.size() / 4, samples.size()));
        System.out.printf(
                "EnduranceTest: %d min, %d lines; second quarter %s, last quarter %s%n", SOAK, written, early, late);
        assertThat(late.memory() - early.memory()).as(run).isLessThanOrEqualTo(MOST_MEMORY_MORE);
        assertThat(late.threads() - early.threads()).as(run).isLessThanOrEqualTo(MOST_THREADS_MORE);
        assertThat(late.descriptors() - early.descriptors()).as(run).isLessThanOrEqualTo((int) MOST_DESCRIPTORS_MORE);
    }

    @Test
    @Timeout(600)
    void an_agent_that_others_starve_catches_up() throws IOException, ExecutionException, InterruptedException {
        // Given
        List<Process> burners = new ArrayList<>();
        int written = 0;
        try (Seen seen = new Seen(cluster);
                ProducerProcess agent = ProducerProcess.start(settings(), List.of("taskset", "-c", "0"))) {
            written = append(written);
            seen.awaitAll(written);

            // When
            for (int i = 0; i < BURNERS; i++) {
                burners.add(new ProcessBuilder("taskset", "-c", "0", "sh", "-c", "while :; do :; done").start());
            }
            long end = System.nanoTime() + Duration.ofSeconds(STARVED_SECONDS).toNanos();
            while (System.nanoTime() < end) {
                written = append(written);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            burners.forEach(Process::destroyForcibly);
            seen.awaitAll(written);

            // Then
            System.out.printf("EnduranceTest: starved for %d s, %d lines%n", STARVED_SECONDS, written);
            assertThat(seen.forged).as(run).isEmpty();
            assertThat(seen.repeated).as("sent once; " + run).isZero();
            assertThat(agent.said()).as(run).doesNotContain("Kafka's producer failed");
        } finally {
            burners.forEach(Process::destroyForcibly);
        }
    }

    private ProducerProcess.Settings settings() {
        return new ProducerProcess.Settings(
                folder,
                "[{ path = \"" + log + "\", host = mx1, zone = UTC }]",
                cluster.kafka(),
                "dev = true\nfollow { poll = 250 ms, scan = 1 s, linger = 5 s, heartbeat = 10 s }\ncheckpoint.every = 1 s");
    }

    private static Sample worst(List<Sample> samples) {
        return samples.stream()
                .reduce((one, other) -> new Sample(
                        Math.max(one.memory(), other.memory()),
                        Math.max(one.threads(), other.threads()),
                        Math.max(one.descriptors(), other.descriptors())))
                .orElseThrow();
    }

    /** Appends lines, and turns the log when it is long enough: of its generations a few stay. */
    private int append(int from) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int number = from; number < from + PORTION; number++) {
            text.append(line(number)).append('\n');
        }
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        int next = from + PORTION;
        if (next / LINES_A_FILE > from / LINES_A_FILE) {
            Files.deleteIfExists(generation(KEPT_FILES));
            for (int i = KEPT_FILES - 1; i >= 1; i--) {
                if (Files.exists(generation(i))) {
                    Files.move(generation(i), generation(i + 1));
                }
            }
            Files.move(log, generation(1));
        }
        return next;
    }

    private Path generation(int number) {
        return log.resolveSibling("mail.log." + number);
    }

    /** Of lengths that the seed draws. */
    private String line(int number) {
        int length = new Random(seed + number).nextInt(100);
        return "2026-11-21T08:00:00Z mx1 postfix/smtpd[7]: " + "x".repeat(length) + " number " + number;
    }

    /** Which numbers have come, without keeping their lines: there are millions. */
    private final class Seen implements AutoCloseable {
        private final KafkaConsumer<String, byte[]> consumer;
        private final Deserializer<MailLine> values;
        private final BitSet numbers = new BitSet();
        private final List<String> forged = new ArrayList<>();
        private long repeated;

        Seen(Cluster cluster) throws ExecutionException, InterruptedException {
            Map<String, Object> config = new HashMap<>(cluster.kafka());
            config.put("auto.offset.reset", "earliest");
            consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
            consumer.assign(cluster.ends("mail.lines").keySet());
            values = WireFormat.deserializer(cluster.kafka(), MailLine.class);
        }

        int poll() {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                MailLine line = values.deserialize(record.topic(), record.value());
                if (line.getKind() == MailLineKind.LINE) {
                    take(line.getText());
                }
            }
            return numbers.cardinality();
        }

        private void take(ByteBuffer bytes) {
            String text = StandardCharsets.US_ASCII.decode(bytes.duplicate()).toString();
            int number = Integer.parseInt(text.substring(text.lastIndexOf(' ') + 1));
            if (!line(number).equals(text)) {
                forged.add(text);
            }
            repeated += numbers.get(number) ? 1 : 0;
            numbers.set(number);
        }

        /** As long as more comes it waits on. */
        void awaitAll(int wanted) throws ExecutionException, InterruptedException {
            int before;
            do {
                before = poll();
                int known = before;
                Await.until(
                        "of " + wanted + " lines more than " + known + "; " + run,
                        () -> poll() > known || known >= wanted);
            } while (before < wanted);
        }

        @Override
        public void close() {
            consumer.close();
            values.close();
        }
    }
}
