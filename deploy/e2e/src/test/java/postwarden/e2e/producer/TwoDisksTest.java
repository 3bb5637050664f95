package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Cluster;
import postwarden.schema.MailLine;

/** Logs on disks of their own, which number their files alike, and a disk that goes and comes back. Takes root, which may mount. */
@Tag("faults")
@Timeout(300)
class TwoDisksTest {
    private static final int LINES = 200;
    private static final long SIZE = 1 << 20;

    private final long seed = Long.getLong("postwarden.seed", System.nanoTime());
    private final String run = "TwoDisksTest: -Dpostwarden.seed=" + seed;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void files_with_one_number_on_two_disks_are_two_files_and_stay_so_while_one_is_away()
            throws IOException, ExecutionException, InterruptedException {
        // Given: two file systems in memory, each with its first file
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");
        try (Cluster cluster = Cluster.start(folder);
                Arrivals arrivals = Arrivals.of(cluster);
                Mount first = Mount.small(one, SIZE)) {
            WrittenLog here = new WrittenLog(first.file("mail.log"), new Random(seed));
            here.append(LINES);
            WrittenLog there;
            long bytes;
            Path aside = folder.resolve("aside");
            String sources = "[{ path = \"%s\", host = mx1, zone = UTC }, { path = \"%s\", host = mx2, zone = UTC }]"
                    .formatted(first.file("mail.log"), other.resolve("mail.log"));
            try (Mount second = Mount.small(other, SIZE)) {
                there = new WrittenLog(second.file("mail.log"), new Random(seed));
                there.append(LINES);
                assertThat(inode(here)).as("both disks number alike").isEqualTo(inode(there));
                try (ProducerProcess agent = ProducerProcess.start(settings(sources, cluster))) {
                    bytes = here.bytes() + there.bytes();
                    arrivals.await(bytes);
                    agent.stop();
                }
                Files.copy(second.file("mail.log"), aside);
            }

            // When: the second disk is away while the agent runs, and comes back with what it had and more
            try (ProducerProcess agent = ProducerProcess.start(settings(sources, cluster))) {
                here.append(LINES);
                arrivals.await(here.bytes() + there.bytes());
                try (Mount second = Mount.small(other, SIZE)) {
                    Files.copy(aside, second.file("mail.log"));
                    there.append(LINES);
                    arrivals.await(here.bytes() + there.bytes());
                    agent.stop();
                    assertThat(inode(there)).isEqualTo(inode(here));
                }
            }

            // Then
            Oracle.over(here.contents(), of("mx1", arrivals)).assertHolds(run, here.lines(), 0);
            Oracle.over(there.contents(), of("mx2", arrivals)).assertHolds(run, there.lines(), 0);
        }
    }

    private ProducerProcess.Settings settings(String sources, Cluster cluster) {
        return new ProducerProcess.Settings(folder, sources, cluster.kafka(), "dev = true");
    }

    private static List<MailLine> of(String host, Arrivals arrivals) {
        return arrivals.records().stream()
                .filter(record -> record.getHost().equals(host))
                .toList();
    }

    private static Object inode(WrittenLog log) throws IOException {
        return Files.getAttribute(log.path(), "unix:ino");
    }
}
