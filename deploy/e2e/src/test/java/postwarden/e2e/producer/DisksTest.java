package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
import postwarden.e2e.Child;
import postwarden.e2e.Cluster;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;

/** Disks that fail under the agent: reads with errors, power that is cut, a state directory without room. Takes root, which may mount. */
@Tag("faults")
@Timeout(600)
class DisksTest {
    private static final int LINES = 2_000;
    private static final int CUTS = Integer.getInteger("postwarden.cuts", 10);
    private static final int PORTION = 50;
    private static final long PAUSE_NANOS = 10_000_000;
    private static final int PORTIONS_A_LIFE = 200;
    /** One portion in so many is confirmed by the disk before the next is written. */
    private static final int CONFIRMED = 20;

    private final long seed = Long.getLong("postwarden.seed", System.nanoTime());
    private final String run = "DisksTest: -Dpostwarden.seed=" + seed;
    private final Random lot = new Random(seed);
    private final Path folder;

    @AutoClose
    private final Cluster cluster;

    @AutoClose
    private final Arrivals arrivals;

    DisksTest(@TempDir Path folder) throws ExecutionException, InterruptedException {
        System.out.println(run);
        this.folder = folder;
        cluster = Cluster.start(folder);
        arrivals = Arrivals.of(cluster);
    }

    @Test
    void a_disk_that_cannot_be_read_is_said_and_read_again_when_it_can()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        WrittenLog log = new WrittenLog(folder.resolve("shown/mail.log"), new Random(seed));
        log.append(LINES);
        Path broken = folder.resolve("broken");
        List<Child> served = new ArrayList<>();
        try (Mount mount = Mount.faulty(folder.resolve("disk"), folder.resolve("shown"), served);
                ProducerProcess agent = ProducerProcess.start(
                        ProducerProcess.Settings.of(folder, mount.file("mail.log"), cluster.kafka())
                                .with("dev = true"))) {
            arrivals.await(log);

            // When
            Files.writeString(broken, String.valueOf(log.bytes()));
            log.append(LINES);
            Await.until("it is said", () -> said(agent, "Input/output error"));
            arrivals.drain();
            long held = arrivals.poll();
            Files.delete(broken);
            arrivals.await(log);

            // Then
            assertThat(agent.isAlive()).as(run).isTrue();
            assertThat(held).as("nothing behind the error; " + run).isLessThan(log.bytes());
            Oracle.over(log.contents(), arrivals.records()).assertHolds(run, log.lines(), 0);
        } finally {
            served.forEach(Child::close);
        }
    }

    @Test
    void after_a_power_cut_everything_that_the_disk_still_has_arrives()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        Path disk = folder.resolve("disk");
        Path log = disk.resolve("mail.log");
        Set<String> written = new HashSet<>();
        Set<String> kept = new HashSet<>();
        int number = 0;

        // When
        for (int cut = 0; cut <= CUTS; cut++) {
            try (Mount mount = Mount.image(disk, folder.resolve("image"));
                    ProducerProcess agent = ProducerProcess.start(settings(log))) {
                kept.addAll(lines(log));
                int portions = cut < CUTS ? lot.nextInt(PORTIONS_A_LIFE) : 1;
                for (int portion = 0; portion < portions; portion++) {
                    number = append(log, number, written);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                if (cut < CUTS) {
                    mount.cutPower();
                    agent.kill();
                } else {
                    kept.addAll(lines(log));
                    awaitAll(kept);
                    assertThat(agent.said()).as(run).doesNotContain("no checkpoint can be read");
                }
            }
        }

        // Then
        Set<String> seen = texts();
        System.out.printf(
                "DisksTest: %d power cuts, %d lines written, %d kept by the disk, %d arrived, %d records of lines%n",
                CUTS, written.size(), kept.size(), seen.size(), lineRecords().size());
        assertThat(seen).as("missing; " + run).containsAll(kept);
        seen.removeAll(written);
        seen.removeAll(kept);
        assertThat(seen).as("forged; " + run).isEmpty();
    }

    /** With the state on the same disk. */
    private ProducerProcess.Settings settings(Path log) {
        return new ProducerProcess.Settings(
                folder,
                "[{ path = \"" + log + "\", host = mx1, zone = UTC }]",
                cluster.kafka(),
                "dev = true\ncheckpoint.directory = \"" + log.resolveSibling("state") + "\"");
    }

    /** A daemon asks the disk now and then to confirm what it logs. */
    private int append(Path log, int from, Set<String> written) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int number = from; number < from + PORTION; number++) {
            String line =
                    "2026-11-21T08:00:00Z mx1 postfix/smtpd[7]: connect from unknown[198.51.100.7] number " + number;
            written.add(line);
            text.append(line).append('\n');
        }
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            channel.write(StandardCharsets.US_ASCII.encode(text.toString()));
            if (lot.nextInt(CONFIRMED) == 0) {
                channel.force(true);
            }
        }
        return from + PORTION;
    }

    /** Whole ones: of the last one the disk may have half, which the daemon's next line then completes. */
    private static List<String> lines(Path log) throws IOException {
        String text = Files.exists(log) ? Files.readString(log) : "";
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private void awaitAll(Set<String> wanted) throws ExecutionException, InterruptedException {
        Await.until("all that the disk has arrives", () -> {
            arrivals.drain();
            return texts().containsAll(wanted);
        });
    }

    private Set<String> texts() {
        Set<String> texts = new HashSet<>();
        lineRecords()
                .forEach(record -> texts.add(StandardCharsets.US_ASCII
                        .decode(record.getText().duplicate())
                        .toString()));
        return texts;
    }

    private List<MailLine> lineRecords() {
        return arrivals.records().stream()
                .filter(record -> record.getKind() == MailLineKind.LINE)
                .toList();
    }

    private static boolean said(ProducerProcess agent, String words) {
        try {
            return agent.said().contains(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
