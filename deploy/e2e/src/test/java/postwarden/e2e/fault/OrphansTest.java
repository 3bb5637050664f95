package postwarden.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Await;
import postwarden.local.broker.LocalBroker;
import postwarden.stream.Orphans;

/** Whose open transactions are ended, on a real broker: the dead's, and nobody else's. */
@Timeout(60)
class OrphansTest {
    private static final String TOPIC = "lines";
    private static final String PROTOCOL = "classic";
    private static final String DEAD = "-11111111-1111-4111-8111-111111111111-";
    private static final String ALIVE = "-22222222-2222-4222-8222-222222222222-";

    @Test
    void transactions_of_those_who_are_no_members_are_aborted_and_no_others(@TempDir Path folder)
            throws ExecutionException, InterruptedException {
        try (LocalBroker broker = LocalBroker.start(folder);
                Admin admin = Admin.create(clients(broker));
                Producer<byte[], byte[]> dead = writing(broker, "app" + DEAD + "1");
                Producer<byte[], byte[]> alive = writing(broker, "app" + ALIVE + "1");
                Producer<byte[], byte[]> namesake = writing(broker, "app-2" + DEAD + "1");
                Consumer<byte[], byte[]> member = member(broker, "app" + ALIVE + "StreamThread-1-consumer")) {
            // Given
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
            member.subscribe(List.of(TOPIC));
            Await.until("the member has its partition", () -> {
                member.poll(Duration.ofMillis(100));
                return !member.assignment().isEmpty();
            });
            begin(dead);
            begin(alive);
            begin(namesake);

            // When
            var ended = Orphans.end(admin, "app", PROTOCOL);

            // Then
            assertThat(ended).containsExactly("app" + DEAD + "1");
            assertThatThrownBy(dead::commitTransaction).isInstanceOf(ProducerFencedException.class);
            alive.commitTransaction();
            namesake.commitTransaction();
            assertThat(Orphans.end(admin, "app", PROTOCOL)).isEmpty();
        }
    }

    @Test
    void where_nobody_can_say_who_is_dead_nothing_is_ended(@TempDir Path folder)
            throws ExecutionException, InterruptedException {
        try (LocalBroker broker = LocalBroker.start(folder);
                Admin admin = Admin.create(clients(broker));
                Producer<byte[], byte[]> open = writing(broker, "app" + DEAD + "1");
                Consumer<byte[], byte[]> named = member(broker, "a-name-that-an-operator-chose")) {
            // Given
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
            begin(open);

            // When
            var ofNoGroup = Orphans.end(admin, "app", PROTOCOL);
            named.subscribe(List.of(TOPIC));
            Await.until("the member has its partition", () -> {
                named.poll(Duration.ofMillis(100));
                return !named.assignment().isEmpty();
            });
            var ofUnknown = Orphans.end(admin, "app", PROTOCOL);

            // Then
            assertThat(ofNoGroup).isEmpty();
            assertThat(ofUnknown).isEmpty();
            open.commitTransaction();
        }
    }

    private static void begin(Producer<byte[], byte[]> producer) throws ExecutionException, InterruptedException {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, "a line".getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    private static Map<String, Object> clients(LocalBroker broker) {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private static Producer<byte[], byte[]> writing(LocalBroker broker, String transactionalId) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", transactionalId),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static Consumer<byte[], byte[]> member(LocalBroker broker, String clientId) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", "app", "client.id", clientId),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
