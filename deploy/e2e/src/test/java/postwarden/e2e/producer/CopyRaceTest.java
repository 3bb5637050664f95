package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Await;
import postwarden.e2e.Cluster;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;

/**
 * A log that is copied and truncated while its daemon writes on, as logrotate's copytruncate does, again and again. What is written between
 * the two steps may be lost, and nothing else; what is in a copy, or was read in time, comes once and under one identity.
 */
@Tag("faults")
@Timeout(900)
class CopyRaceTest {
    private static final int ROUNDS = Integer.getInteger("postwarden.rounds", 200);
    private static final int PORTION = 50;
    /** Some 5,000 lines a second. */
    private static final long PAUSE_NANOS = 10_000_000;

    private static final int LONGEST_ROUND_MILLIS = 150;
    private static final int LONGEST_COPY_MILLIS = 60;

    private final long seed = Long.getLong("postwarden.seed", System.nanoTime());
    private final String run = "CopyRaceTest: -Dpostwarden.seed=" + seed;
    private final Random lot = new Random(seed);
    private final Path folder;
    private final Path log;

    @AutoClose
    private final Cluster cluster;

    @AutoClose
    private final Arrivals arrivals;

    private final Set<String> written = new HashSet<>();
    private volatile boolean stopped;

    CopyRaceTest(@TempDir Path folder) throws IOException, ExecutionException, InterruptedException {
        System.out.println(run);
        this.folder = folder;
        log = Files.createDirectories(folder.resolve("log")).resolve("mail.log");
        cluster = Cluster.start(folder);
        arrivals = Arrivals.of(cluster);
    }

    @Test
    void only_what_is_written_between_copy_and_truncation_may_be_missing()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        append(0, 1);
        ProducerProcess.Settings settings =
                ProducerProcess.Settings.of(folder, log, cluster.kafka()).with("dev = true");
        try (ProducerProcess agent = ProducerProcess.start(settings)) {
            Await.until("the agent reads", () -> arrivals.poll() > 0);

            // When
            Thread daemon = new Thread(this::write, "daemon");
            daemon.start();
            for (int round = 1; round <= ROUNDS; round++) {
                LockSupport.parkNanos(
                        Duration.ofMillis(lot.nextInt(LONGEST_ROUND_MILLIS)).toNanos());
                Files.copy(log, log.resolveSibling("mail.log." + round));
                // A copy of a large log takes as long.
                LockSupport.parkNanos(
                        Duration.ofMillis(lot.nextInt(LONGEST_COPY_MILLIS)).toNanos());
                Files.newOutputStream(log, StandardOpenOption.TRUNCATE_EXISTING).close();
            }
            stopped = true;
            daemon.join();
            Set<String> kept = kept();
            Await.until("all that a file holds has arrived", () -> {
                arrivals.drain();
                return texts().containsAll(kept);
            });
            agent.stop();
            arrivals.drain();

            // Then
            judge(kept);
        }
    }

    private void judge(Set<String> kept) {
        Set<String> seen = texts();
        Set<String> between = minus(written, kept);
        Set<String> lost = minus(written, seen);
        long losses = arrivals.records().stream()
                .filter(record -> record.getKind() == MailLineKind.LOSS)
                .count();
        System.out.printf(
                "CopyRaceTest: %d rounds, %d lines, %d of them between copy and truncation, %d of those lost, %d LOSS records%n",
                ROUNDS, written.size(), between.size(), lost.size(), losses);
        assertThat(minus(seen, written)).as("forged; " + run).isEmpty();
        assertThat(minus(lost, between)).as("missing; " + run).isEmpty();
        assertThat(underTwoIdentities()).as("under two identities; " + run).isEmpty();
    }

    /** What stands in the copies and in the log: the last line of a copy may be cut, as it was then written or copied. */
    private Set<String> kept() throws IOException {
        Set<String> kept = new HashSet<>();
        try (var files = Files.list(log.resolveSibling(""))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file, StandardCharsets.US_ASCII);
                kept.addAll(
                        List.of(text.substring(0, text.lastIndexOf('\n') + 1).split("\n")));
            }
        }
        kept.remove("");
        return kept;
    }

    private Set<String> texts() {
        Set<String> texts = new HashSet<>();
        lines().forEach(record -> texts.add(text(record)));
        return texts;
    }

    private List<String> underTwoIdentities() {
        Map<String, String> places = new HashMap<>();
        List<String> twice = new ArrayList<>();
        for (MailLine record : lines()) {
            String place = record.getFileId() + '@' + record.getStartOffset();
            String before = places.putIfAbsent(text(record), place);
            if (before != null && !before.equals(place)) {
                twice.add(text(record));
            }
        }
        return twice;
    }

    private List<MailLine> lines() {
        return arrivals.records().stream()
                .filter(record -> record.getKind() == MailLineKind.LINE)
                .toList();
    }

    private static String text(MailLine record) {
        return StandardCharsets.US_ASCII.decode(record.getText().duplicate()).toString();
    }

    private static Set<String> minus(Set<String> some, Set<String> others) {
        Set<String> rest = new HashSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private void write() {
        try {
            for (int number = 1; !stopped; number += PORTION) {
                append(number, PORTION);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(int first, int count) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int number = first; number < first + count; number++) {
            String line =
                    "2026-11-21T08:00:00Z mx1 postfix/smtpd[7]: connect from unknown[198.51.100.7] number " + number;
            written.add(line);
            lines.append(line).append('\n');
        }
        try (OutputStream out = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
        }
    }
}
