package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Child;
import postwarden.e2e.Cluster;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;

/** An agent that may have fewer descriptors than there are logs. */
@Tag("faults")
@Timeout(300)
class DescriptorsTest {
    private static final int LOGS = 400;
    private static final int LIMIT = 200;

    private final Path folder;

    @AutoClose
    private final Cluster cluster;

    @AutoClose
    private final Arrivals arrivals;

    private final List<String> written = new ArrayList<>();
    private long bytes;

    DescriptorsTest(@TempDir Path folder) throws IOException, ExecutionException, InterruptedException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("logs"));
        cluster = Cluster.start(folder);
        arrivals = Arrivals.of(cluster);
    }

    @Test
    void each_line_of_more_logs_than_descriptors_arrives_once_also_of_those_that_rotate()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        appendToAll("at first");
        try (ProducerProcess agent = ProducerProcess.start(settings(), limited())) {
            arrivals.await(bytes);

            // When
            appendToAll("before the rotation");
            rotateOneInFour();
            appendToAll("behind the rotation");
            arrivals.await(bytes);
            appendToAll("at last");
            arrivals.await(bytes);
            int descriptors = agent.descriptors();
            long memory = agent.mostMemory();
            Child.Ended ended = agent.stop();

            // Then
            System.out.printf(
                    "DescriptorsTest: %d logs, %d descriptors of at most %d, %d lines, at most %d MB%n",
                    LOGS, descriptors, LIMIT, written.size(), memory >> 20);
            assertThat(ended.status()).isZero();
            assertThat(descriptors).isLessThan(LIMIT);
            assertThat(agent.said()).contains("more logs than descriptors").doesNotContain("Too many open files");
        }
        arrivals.poll();
        assertThat(texts()).containsExactlyInAnyOrderElementsOf(written);
        assertThat(arrivals.records()).noneMatch(record -> record.getKind() == MailLineKind.LOSS);
    }

    /** As where something else takes what was left to it: the agent finds that there are fewer than it was told only when none is left. */
    @Test
    void logs_are_let_go_of_when_there_are_fewer_descriptors_than_was_thought()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        appendToAll("at first");
        try (ProducerProcess agent =
                ProducerProcess.start(settings().with("dev = true\nfollow.open = 1000"), limited())) {
            arrivals.await(bytes);

            // When
            appendToAll("then");
            rotateOneInFour();
            appendToAll("at last");
            arrivals.await(bytes);
            int descriptors = agent.descriptors();
            Child.Ended ended = agent.stop();

            // Then
            System.out.printf("DescriptorsTest: %d descriptors of at most %d, and 1000 promised%n", descriptors, LIMIT);
            assertThat(ended.status()).isZero();
            assertThat(descriptors).isLessThan(LIMIT);
            assertThat(agent.said()).contains("more logs than descriptors");
        }
        arrivals.poll();
        assertThat(texts()).containsExactlyInAnyOrderElementsOf(written);
        assertThat(arrivals.records()).noneMatch(record -> record.getKind() == MailLineKind.LOSS);
    }

    private ProducerProcess.Settings settings() {
        return new ProducerProcess.Settings(
                folder,
                "[{ path = \"" + folder + "/logs/*.log\", host = mx1, zone = UTC }]",
                cluster.kafka(),
                "dev = true");
    }

    private static List<String> limited() {
        return List.of("sh", "-c", "ulimit -n " + LIMIT + "; exec \"$@\"", "sh");
    }

    private List<String> texts() {
        return arrivals.records().stream()
                .filter(record -> record.getKind() == MailLineKind.LINE)
                .map(MailLine::getText)
                .map(text -> StandardCharsets.US_ASCII.decode(text.duplicate()).toString())
                .toList();
    }

    private void rotateOneInFour() throws IOException {
        for (int i = 0; i < LOGS; i += 4) {
            Files.move(path(i), path(i).resolveSibling(i + ".log.1"));
        }
    }

    private void appendToAll(String text) throws IOException {
        for (int i = 0; i < LOGS; i++) {
            String line = "2026-11-21T08:00:00Z mx1 postfix/smtpd[7]: " + i + ' ' + text;
            byte[] ended = (line + "\n").getBytes(StandardCharsets.US_ASCII);
            Files.write(path(i), ended, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            written.add(line);
            bytes += ended.length;
        }
    }

    private Path path(int log) {
        return folder.resolve("logs").resolve(log + ".log");
    }
}
