package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Cluster;
import postwarden.producer.file.LineSplitter;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;

/** One line that is as long as the agent's whole heap. */
@Tag("faults")
@Timeout(300)
class LongLineTest {
    private static final int LONG = 64 << 20;
    /** Who sends as fast as it can takes more than an agent at rest; one that held the line would not have the heap for it. */
    private static final long MEMORY = 192L << 20;

    private static final String BEGINNING = "2026-11-21T08:00:00Z mx1 postfix/smtpd[7]: ";
    private static final String NEXT = "2026-11-21T08:00:01Z mx1 postfix/smtpd[7]: connect from unknown[198.51.100.7]";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_line_of_64_mebibytes_arrives_in_fragments_and_the_next_one_whole()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        byte[] line = line();
        Path log = folder.resolve("mail.log");
        Files.write(log, line);
        Files.writeString(log, "\n" + NEXT + "\n", StandardOpenOption.APPEND);

        // When
        List<MailLine> records;
        long memory;
        try (Cluster cluster = Cluster.start(folder);
                Arrivals arrivals = Arrivals.of(cluster);
                ProducerProcess agent = ProducerProcess.start(ProducerProcess.Settings.of(folder, log, cluster.kafka())
                        .with("dev = true"))) {
            arrivals.await(Files.size(log));
            memory = agent.mostMemory();
            records = arrivals.records().stream()
                    .filter(record -> record.getKind() == MailLineKind.LINE)
                    .toList();
        }

        // Then
        System.out.printf("LongLineTest: %d records, at most %d MB%n", records.size(), memory >> 20);
        List<MailLine> fragments = records.subList(0, records.size() - 1);
        assertThat(fragments).hasSize((LONG + LineSplitter.LONGEST_PIECE - 1) / LineSplitter.LONGEST_PIECE);
        ByteArrayOutputStream arrived = new ByteArrayOutputStream(LONG);
        for (int i = 0; i < fragments.size(); i++) {
            MailLine fragment = fragments.get(i);
            assertThat(fragment.getFragment()).isEqualTo(i);
            assertThat(fragment.getStartOffset()).isEqualTo(arrived.size());
            assertThat(fragment.getLastFragment()).isEqualTo(i == fragments.size() - 1);
            arrived.writeBytes(bytes(fragment.getText()));
        }
        assertThat(arrived.toByteArray()).isEqualTo(line);
        MailLine next = records.get(records.size() - 1);
        assertThat(new String(bytes(next.getText()), StandardCharsets.US_ASCII)).isEqualTo(NEXT);
        assertThat(next.getStartOffset()).isEqualTo(LONG + 1);
        assertThat(memory).isLessThanOrEqualTo(MEMORY);
    }

    /** Of any bytes but the one that ends it, which are no secrets that would be cut. */
    private static byte[] line() {
        byte[] line = new byte[LONG];
        new Random(LONG).nextBytes(line);
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == '\n' ? 0 : line[i];
        }
        byte[] beginning = BEGINNING.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(beginning, 0, line, 0, beginning.length);
        return line;
    }

    private static byte[] bytes(ByteBuffer text) {
        byte[] bytes = new byte[text.remaining()];
        text.duplicate().get(bytes);
        return bytes;
    }
}
