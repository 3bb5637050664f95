package postwarden.local.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.local.broker.LocalBroker;
import postwarden.schema.MailLine;

/** Records through a real broker, with serdes that stand in the configuration by name only. */
@Timeout(60)
class RecordsOverBrokerTest {
    private static final String TOPIC = "mail.lines";

    @Test
    void a_line_goes_from_a_producer_to_a_consumer(@TempDir Path directory)
            throws ExecutionException, InterruptedException {
        try (LocalBroker broker = LocalBroker.start(directory.resolve("broker"));
                LocalRegistry registry = LocalRegistry.start(directory.resolve("registry"))) {
            // Given
            createTopic(broker.bootstrapServers());

            // When
            send(broker.bootstrapServers(), registry.url());
            List<MailLine> received = receive(broker.bootstrapServers(), registry.url());

            // Then
            assertThat(received).containsExactly(line());
        }
    }

    private static void send(String servers, String registry) {
        Map<String, Object> configuration = Map.of(
                "bootstrap.servers", servers,
                "schema.registry.url", registry,
                "auto.register.schemas", "true",
                "key.serializer", "org.apache.kafka.common.serialization.StringSerializer",
                "value.serializer", "postwarden.schema.wire.AvroSerializer");
        try (KafkaProducer<String, MailLine> producer = new KafkaProducer<>(configuration)) {
            var unused = producer.send(new ProducerRecord<>(TOPIC, "mx1", line()));
            producer.flush();
        }
    }

    private static List<MailLine> receive(String servers, String registry) {
        Map<String, Object> configuration = Map.of(
                "bootstrap.servers", servers,
                "schema.registry.url", registry,
                "specific.avro.reader", "true",
                "auto.offset.reset", "earliest",
                "key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer",
                "value.deserializer", "postwarden.schema.wire.AvroDeserializer");
        List<MailLine> received = new ArrayList<>();
        try (KafkaConsumer<String, MailLine> consumer = new KafkaConsumer<>(configuration)) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            while (received.isEmpty()) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> received.add(record.value()));
            }
        }
        return received;
    }

    private static void createTopic(String servers) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.of((short) 1))))
                    .all()
                    .get();
        }
    }

    private static MailLine line() {
        return MailLine.newBuilder()
                .setReporter("mx1")
                .setHost("mx1")
                .setReadTimeMicros(1L)
                .setText(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .setFile("/var/log/mail.log")
                .setFileId("1-2")
                .setStartOffset(0L)
                .setEndOffset(4L)
                .build();
    }
}
