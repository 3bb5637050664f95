package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.incident.Alert;
import postwarden.schema.MailLine;

/** Records and files as no well-behaved host would send them: put aside with their cause, and the rest goes on. */
@Timeout(300)
class BadInputTest {
    private static final int HUGE_LINE = 10_000_000;
    private static final int NULS = 1_000_000;
    private static final int LARGEST_TEXT = 32_768;

    @TempDir
    private static Path folder = Path.of("");

    private static @Nullable Cluster cluster;
    private static Map<String, Poison> sent = Map.of();
    private static List<ConsumerRecord<String, byte[]>> deadLetters = List.of();
    private static List<Alert> alerts = List.of();
    private static List<MailLine> lines = List.of();
    private static String said = "";

    @BeforeAll
    static void send_all_that_is_bad_and_then_a_flood() throws IOException, ExecutionException, InterruptedException {
        cluster = Cluster.start(folder);
        sent = Poison.set(cluster);
        try (ServiceProcess service = ServiceProcess.start(cluster, folder, "bad-input", Map.of(), "256m")) {
            send(cluster, sent);
            Producing.once(cluster, logs(), folder.resolve("producer"), "mail.lines");
            service.awaitDone();
            said = service.said();
        }
        deadLetters = AlertTopic.records(cluster, "mail.dead-letters");
        alerts = AlertTopic.alerts(cluster);
        lines = readable(cluster);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void every_record_that_cannot_be_read_is_put_aside_as_it_came() {
        assertThat(deadLetters).hasSameSizeAs(sent.values());
        for (Map.Entry<String, Poison> bad : sent.entrySet()) {
            Bytes value = bad.getValue().value();
            byte[] expected = value == null ? new byte[0] : value.get();
            assertThat(deadLetters)
                    .as(bad.getKey())
                    .filteredOn(letter -> Arrays.equals(letter.value(), expected))
                    .isNotEmpty()
                    .anySatisfy(letter -> assertThat(header(letter, "postwarden.cause"))
                            .contains(bad.getValue().cause()));
        }
    }

    @Test
    void headers_are_kept_beside_the_cause() {
        // A header of its own for each of cause, topic, partition and offset.
        assertThat(deadLetters)
                .filteredOn(letter -> letter.headers().toArray().length == 1_000 + 4)
                .hasSize(1);
        assertThat(deadLetters)
                .filteredOn(letter -> header(letter, "long").length() > 30_000)
                .hasSize(1);
    }

    @Test
    void no_thread_fails() {
        assertThat(said).doesNotContain("a stream thread failed").doesNotContain("OutOfMemoryError");
    }

    @Test
    void a_dead_letter_says_where_it_came_from() {
        assertThat(deadLetters).isNotEmpty().allSatisfy(letter -> {
            assertThat(header(letter, "postwarden.topic")).isEqualTo("mail.lines");
            assertThat(header(letter, "postwarden.partition")).matches("[0-3]");
            assertThat(header(letter, "postwarden.offset")).matches("[0-9]+");
        });
    }

    @Test
    void the_flood_behind_it_is_found() {
        Truths.the_flooder_is_named_and_no_other_client(alerts);
        Truths.nobody_else_is_blamed(alerts);
    }

    @Test
    void a_line_of_ten_megabytes_arrives_in_pieces() {
        List<MailLine> pieces = ofHost("huge");
        long at = 0;
        for (MailLine piece : pieces) {
            assertThat(piece.getStartOffset()).isEqualTo(at);
            assertThat(piece.getText().remaining()).isLessThanOrEqualTo(LARGEST_TEXT);
            at = piece.getEndOffset();
        }
        assertThat(at).isEqualTo(HUGE_LINE + 1);
        assertThat(pieces.get(pieces.size() - 1).getLastFragment()).isTrue();
    }

    @Test
    void a_file_of_nul_bytes_arrives_as_lines_without_a_header() {
        assertThat(ofHost("nuls")).isNotEmpty();
        assertThat(ofHost("nuls").get(0).getUnparsed()).isNotNull();
    }

    @Test
    void a_producer_reads_what_can_be_read_and_names_what_cannot()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        Cluster running = Objects.requireNonNull(cluster);
        Path directory = Files.createDirectory(folder.resolve("directory.log"));
        Path good = Files.writeString(folder.resolve("good.log"), "2026-11-21T08:00:00Z good postfix/smtpd[1]: x\n");
        Path config = Files.writeString(folder.resolve("once.conf"), """
                sources = [{ path = "%s" }, { path = "%s" }]
                checkpoint.directory = "%s"
                dev = true
                kafka { bootstrap.servers = "%s", schema.registry.url = "%s" }
                """.formatted(
                        directory,
                        good,
                        folder.resolve("once-state"),
                        running.kafka().get("bootstrap.servers"),
                        running.kafka().get("schema.registry.url")));

        // When
        Child.Ended ended =
                Child.run(folder, "postwarden.producer.Main", "run", "--once", "--config", config.toString());

        // Then
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out() + ended.err()).contains(directory.toString()).doesNotContain("\tat ");
        assertThat(readable(running)).extracting(MailLine::getHost).contains("good");
    }

    private static SortedMap<String, Path> logs() throws IOException {
        SortedMap<String, Path> logs = new TreeMap<>(Recordings.unpack(folder).subMap("mx1", "mx1\0"));
        byte[] huge = new byte[HUGE_LINE + 1];
        Arrays.fill(huge, (byte) 'x');
        byte[] start = "2026-11-21T08:20:00Z huge postfix/smtpd[1]: ".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, huge, 0, start.length);
        huge[HUGE_LINE] = '\n';
        logs.put("huge", Files.write(folder.resolve("huge.log"), huge));
        logs.put("nuls", Files.write(folder.resolve("nuls.log"), new byte[NULS]));
        return logs;
    }

    private static void send(Cluster cluster, Map<String, Poison> records)
            throws ExecutionException, InterruptedException {
        Map<String, Object> settings = cluster.kafkaObjects();
        settings.put("compression.type", "lz4");
        try (KafkaProducer<String, Bytes> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new BytesSerializer())) {
            for (Poison record : records.values()) {
                producer.send(record.record()).get();
            }
        }
    }

    private static List<MailLine> readable(Cluster cluster) throws ExecutionException, InterruptedException {
        return LineTopic.of(
                AlertTopic.records(cluster, "mail.lines").stream()
                        .filter(record -> record.key() != null && !record.key().startsWith("bad"))
                        .toList(),
                cluster);
    }

    private static List<MailLine> ofHost(String host) {
        return lines.stream().filter(line -> line.getHost().equals(host)).toList();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
