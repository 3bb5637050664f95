package postwarden.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.local.FreePorts;

/** The broker keeps what it was given, over a restart and on other ports. */
@Timeout(120)
class LocalBrokerTest {
    private static final TopicPartition PARTITION = new TopicPartition("mail.lines", 0);

    @Test
    void what_was_committed_is_read_again_after_a_restart(@TempDir Path directory)
            throws ExecutionException, InterruptedException {
        // Given
        String before;
        try (LocalBroker broker = LocalBroker.start(directory)) {
            before = broker.bootstrapServers();
            createTopic(before);
            commit(before, "first");
        }

        // When
        List<String> read;
        String after;
        try (LocalBroker broker = LocalBroker.start(directory)) {
            after = broker.bootstrapServers();
            commit(after, "second");
            read = readCommitted(after, 2);
        }

        // Then
        assertThat(read).containsExactly("first", "second");
        assertThat(List.of(before, after)).allMatch(address -> address.startsWith("127.0.0.1:"));
    }

    @Test
    void two_brokers_live_side_by_side_in_one_process(@TempDir Path directory)
            throws ExecutionException, InterruptedException {
        // Given
        Path other = directory.resolve("other");

        // When
        List<String> read;
        try (LocalBroker one = LocalBroker.start(directory.resolve("one"));
                LocalBroker two = LocalBroker.start(other)) {
            createTopic(one.bootstrapServers());
            createTopic(two.bootstrapServers());
            commit(one.bootstrapServers(), "for one");
            commit(two.bootstrapServers(), "for two");
            read = readCommitted(two.bootstrapServers(), 1);
        }

        // Then
        assertThat(read).containsExactly("for two");
    }

    /** A broker binds its port seconds after it was told: one that clients are given may have been taken by then. */
    @Test
    void no_client_is_given_the_port_that_a_broker_is_about_to_bind(@TempDir Path directory) throws IOException {
        // Given
        Path kernel = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
        assumeThat(kernel).exists();
        int firstOfClients = Integer.parseInt(Files.readAllLines(kernel).get(0).split("\\s+")[0]);

        // When
        String told;
        try (LocalBroker broker = LocalBroker.start(directory)) {
            told = broker.bootstrapServers();
        }

        // Then
        assertThat(Integer.parseInt(told.replace("127.0.0.1:", ""))).isLessThan(firstOfClients);
        assertThat(FreePorts.some(500)).doesNotHaveDuplicates().allMatch(port -> port < firstOfClients);
    }

    private static void createTopic(String servers) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), Optional.of(1), Optional.of((short) 1))))
                    .all()
                    .get();
        }
    }

    private static void commit(String servers, String value) {
        Map<String, Object> configuration = Map.of("bootstrap.servers", servers, "transactional.id", "test");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(configuration, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused = producer.send(new ProducerRecord<>(PARTITION.topic(), value));
            producer.commitTransaction();
        }
    }

    private static List<String> readCommitted(String servers, int wanted) {
        Map<String, Object> configuration = Map.of(
                "bootstrap.servers", servers, "isolation.level", "read_committed", "auto.offset.reset", "earliest");
        List<String> read = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            while (read.size() < wanted) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> read.add(record.value()));
            }
        }
        return read;
    }
}
