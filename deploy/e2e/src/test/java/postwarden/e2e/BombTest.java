package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are small on the wire and huge in memory: refused by the lines topic, or borne by a small service. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // one cluster for all tests
class BombTest {
    private static final int MIB = 1 << 20;
    /** What lz4 makes at most of one batch of 64 KiB is 16 MiB. */
    private static final int UNDER_THE_BOUND = 12 * MIB;
    /** Unpacked they are twice the service's heap. */
    private static final int BOMBS = 44;

    private final Path folder;

    @AutoClose
    private final Cluster cluster;

    BombTest(@TempDir Path folder) throws ExecutionException, InterruptedException {
        this.folder = folder;
        cluster = Cluster.start(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
    void the_lines_topic_refuses_what_unpacks_to_more_than_lz4_can_hold(String codec) throws InterruptedException {
        // When
        Throwable refused = send(codec, 24 * MIB, 1);

        // Then
        assertThat(refused).isInstanceOf(RecordTooLargeException.class);
    }

    @Tag("faults")
    @ParameterizedTest
    @CsvSource({"gzip, 50", "gzip, 400", "lz4, 20", "lz4, 400", "snappy, 50", "snappy, 400", "zstd, 50", "zstd, 400"})
    void the_lines_topic_refuses_far_more(String codec, int mebibytes) throws InterruptedException {
        // When
        Throwable refused = send(codec, mebibytes * MIB, 1);

        // Then
        assertThat(refused).isInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void a_service_of_256_megabytes_bears_what_is_not_refused()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        assertThat(send("lz4", UNDER_THE_BOUND, BOMBS)).isNull();
        Producing.text(cluster, "mail.lines", "host", "no record");

        // When
        try (ServiceProcess service = ServiceProcess.start(cluster, folder, "bombed", Map.of(), "256m")) {
            service.awaitDone();

            // Then
            List<ConsumerRecord<String, byte[]>> letters = AlertTopic.records(cluster, "mail.dead-letters");
            assertThat(letters).hasSize(BOMBS + 1);
            assertThat(letters).allMatch(letter -> letter.value().length <= 32_768);
            assertThat(letters)
                    .filteredOn(letter -> letter.headers().lastHeader("postwarden.cut") != null)
                    .hasSize(BOMBS);
            assertThat(service.said()).doesNotContain("OutOfMemoryError").doesNotContain("a stream thread failed");
        }
    }

    /** Sends records of zeros. @return why the last one was refused, or null */
    private @Nullable Throwable send(String codec, int bytes, int records) throws InterruptedException {
        Map<String, Object> settings = new HashMap<>(cluster.kafkaObjects());
        settings.put("compression.type", codec);
        settings.put("max.request.size", Integer.MAX_VALUE);
        settings.put("buffer.memory", 2L * bytes + MIB);
        settings.put("max.block.ms", 60_000);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int record = 0; record < records; record++) {
                producer.send(new ProducerRecord<>(
                                "mail.lines", record % Cluster.PARTITIONS, new byte[] {'h'}, new byte[bytes]))
                        .get();
            }
            return null;
        } catch (ExecutionException refused) {
            return refused.getCause();
        }
    }
}
