package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be put aside is not skipped, and what is wrong inside ends the service instead of failing for ever. */
@Timeout(400)
class PutAsideTest {
    private static final int FAILED = 1;
    /** Enough for the marker that ends a transaction, of some 80 bytes, without which Kafka itself hangs; and for no record. */
    private static final String TOO_SMALL = "100";

    private static final String FAILURE = "a stream thread failed; another takes its place";
    /** Shorter than Kafka's minutes, so that what is away is missed soon. */
    private static final Map<String, String> IMPATIENT = Map.of(
            "producer.max.block.ms",
            "2000",
            "producer.delivery.timeout.ms",
            "4000",
            "producer.request.timeout.ms",
            "3000",
            "task.timeout.ms",
            "3000");

    @TempDir
    private Path folder = Path.of("");

    @ConcurrentTest
    void nothing_is_committed_past_a_record_that_the_dead_letters_refuse()
            throws IOException, ExecutionException, InterruptedException {
        heldUntil(
                cluster -> cluster.alter("mail.dead-letters", "max.message.bytes", TOO_SMALL),
                cluster -> cluster.alter("mail.dead-letters", "max.message.bytes", "1048588"));
    }

    @Tag("faults")
    @Test
    void nothing_is_committed_past_a_record_while_there_are_no_dead_letters()
            throws IOException, ExecutionException, InterruptedException {
        heldUntil(
                cluster -> cluster.deleteTopic("mail.dead-letters"),
                cluster -> cluster.createTopic("mail.dead-letters"));
    }

    @ConcurrentTest
    void what_cannot_be_read_between_two_stages_is_put_aside()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess service = ServiceProcess.start(cluster, folder, "inside")) {
            Await.until("it has made its topics", () -> cluster.topicNames().contains("inside-reports-repartition"));

            // When
            Producing.text(cluster, "inside-tallies-repartition", "key", "\177 no tally");
            Producing.text(cluster, "inside-reports-repartition", "default", "\177 no report");
            Await.until(
                    "both are put aside",
                    () -> AlertTopic.records(cluster, "mail.dead-letters").size() == 2);

            // Then
            assertThat(AlertTopic.records(cluster, "mail.dead-letters"))
                    .allSatisfy(letter -> {
                        assertThat(letter.value()).startsWith('\177', ' ');
                        assertThat(header(letter, "postwarden.cause")).isNotEmpty();
                        assertThat(header(letter, "postwarden.offset")).isEqualTo("0");
                    })
                    .extracting(letter -> header(letter, "postwarden.topic"))
                    .containsExactlyInAnyOrder("inside-tallies-repartition", "inside-reports-repartition");
            assertThat(service.said()).doesNotContain(FAILURE);
        }
    }

    @Tag("faults")
    @Test
    void an_alert_that_its_topic_refuses_ends_the_service_and_is_there_after_the_repair()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        try (Cluster cluster = Cluster.start(folder)) {
            cluster.alter("mail.alerts", "max.message.bytes", TOO_SMALL);
            Producing.once(
                    cluster,
                    new TreeMap<>(Recordings.unpack(folder).subMap("mx1", "mx1\0")),
                    folder.resolve("producer"),
                    "mail.lines");

            // When
            try (ServiceProcess service = ServiceProcess.start(cluster, folder, "mute")) {
                Await.until("it has tried five times", () -> count(service, FAILURE) == 5);
                int status = service.awaitEnd();

                // Then
                assertThat(status).isEqualTo(FAILED);
                assertThat(lastWords(service)).contains("mail.alerts").contains("RecordTooLargeException");
                assertThat(AlertTopic.records(cluster, "mail.incidents")).isEmpty();
                cluster.alter("mail.alerts", "max.message.bytes", "1048588");
                service.startAgain();
                service.awaitDone();
                Truths.the_flooder_is_named_and_no_other_client(AlertTopic.alerts(cluster));
            }
        }
    }

    @Tag("faults")
    @Test
    void a_state_that_cannot_be_read_ends_the_service_with_its_cause()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess service = ServiceProcess.start(cluster, folder, "damaged")) {
            Await.until("it has made its topics", () -> cluster.topicNames().contains("damaged-fleet-v1-changelog"));
            service.kill();
            for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
                Producing.text(cluster, "damaged-clocks-v1-changelog", partition, "default/mx1", "\177 no clock");
            }
            Producing.once(
                    cluster,
                    new TreeMap<>(Recordings.unpack(folder).subMap("mx1", "mx1\0")),
                    folder.resolve("producer"),
                    "mail.lines");

            // When
            service.startAgain();
            Await.until("it has tried five times", () -> count(service, FAILURE) == 5);
            int status = service.awaitEnd();

            // Then
            assertThat(status).isEqualTo(FAILED);
            assertThat(lastWords(service)).contains("mail.lines").contains("IllegalArgumentException");
            assertThat(service.committedLines()).isZero();
        }
    }

    @FunctionalInterface
    private interface Change {
        void of(Cluster cluster) throws ExecutionException, InterruptedException;
    }

    /** A poisoned record stands in the way as long as it cannot be put aside, and not longer. */
    private void heldUntil(Change broken, Change mended) throws IOException, ExecutionException, InterruptedException {
        // Given
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess service = ServiceProcess.start(cluster, folder, "held", IMPATIENT)) {
            Await.until("it has made its topics", () -> cluster.topicNames().contains("held-reports-repartition"));
            broken.of(cluster);

            // When
            Producing.text(cluster, "mail.lines", 0, "bad", "a record that no producer sent, of many bytes, and more");
            Producing.text(cluster, "mail.lines", 0, "bad", "and the next");
            Await.until("it has failed and tried again", () -> count(service, FAILURE) >= 2);

            // Then
            assertThat(service.committedLines()).isZero();
            mended.of(cluster);
            Await.until("it goes on", () -> service.committedLines() >= 2);
            assertThat(AlertTopic.records(cluster, "mail.dead-letters")).hasSize(2);
        }
    }

    private static String lastWords(ServiceProcess service) throws IOException {
        List<String> last = service.said()
                .lines()
                .filter(line -> line.startsWith("postwarden run: stopped, because each new attempt failed: "))
                .toList();
        assertThat(last).hasSize(1);
        return last.get(0);
    }

    private static long count(ServiceProcess service, String words) {
        try {
            return service.said().lines().filter(line -> line.contains(words)).count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
