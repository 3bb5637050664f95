package postwarden.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import postwarden.producer.Said;
import postwarden.schema.MailSample;
import postwarden.schema.SampleGroup;
import postwarden.schema.SampleKind;
import postwarden.schema.SampleState;

/** Samples on their way to Kafka, and those that are let go. */
@Timeout(30)
class KafkaSamplesTest {
    private static final SampleTarget TARGET = new SampleTarget("mail.samples", "acme", "agent7", "mx1", Map.of());
    private static final Sample SAMPLE = new Sample(
            Sample.Kind.DISK,
            "sda1",
            Sample.State.PARTIAL,
            "half",
            42,
            10_000_000,
            17,
            Map.of("busyShare", 0.5),
            Map.of("server", new Sample.Group(Map.of("a", Map.of("x", 1.0)), 3, Map.of("x", 9.0), true)));

    private final SampleMetrics metrics = SampleMetrics.in(new SimpleMeterRegistry());
    private final MockProducer<String, MailSample> kafka =
            new MockProducer<>(false, null, new StringSerializer(), new HostSerializer());
    private final KafkaSamples samples = new KafkaSamples(TARGET, kafka, metrics, Clock.systemUTC());

    /** Writes the host only, and cannot write one called broken: these tests have no registry. */
    private static final class HostSerializer implements Serializer<MailSample> {
        @Override
        public byte[] serialize(String topic, MailSample sample) {
            if (sample.getAbout().equals("broken")) {
                throw new SerializationException("nobody registered it");
            }
            return sample.getHost().getBytes(StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_record_carries_the_sample_and_whose_it_is_under_the_hosts_key() {
        // When
        samples.send(SAMPLE);

        // Then
        ProducerRecord<String, MailSample> sent = kafka.history().get(0);
        assertThat(sent.topic()).isEqualTo("mail.samples");
        assertThat(sent.key()).isEqualTo("mx1");
        assertThat(sent.value().getKind()).isEqualTo(SampleKind.DISK);
        assertThat(sent.value().getState()).isEqualTo(SampleState.PARTIAL);
        assertThat(sent.value().getNote()).isEqualTo("half");
        assertThat(sent.value().getTenant()).isEqualTo("acme");
        assertThat(sent.value().getReporter()).isEqualTo("agent7");
        assertThat(sent.value().getIntervalMicros()).isEqualTo(10_000_000);
        assertThat(sent.value().getGroups())
                .containsEntry("server", new SampleGroup(Map.of("a", Map.of("x", 1.0)), 3L, Map.of("x", 9.0), true));
    }

    @Test
    void what_finds_no_room_is_skipped_counted_and_never_offered_again() {
        // When
        IntStream.range(0, 300).forEach(number -> samples.send(SAMPLE));
        while (kafka.completeNext()) {
            assertThat(kafka.closed()).isFalse();
        }
        samples.send(SAMPLE);

        // Then
        assertThat(metrics.skipped().count()).isEqualTo(300 - 256);
        assertThat(metrics.acknowledged().count()).isEqualTo(256);
        assertThat(kafka.history()).hasSize(257);
    }

    @Test
    void a_topic_that_is_forbidden_is_said_once_and_its_end_too() {
        // When
        List<String> said = Said.by(Trouble.class, () -> {
            for (int i = 0; i < 3; i++) {
                samples.send(SAMPLE);
                kafka.errorNext(new TopicAuthorizationException("mail.samples"));
            }
            samples.send(SAMPLE);
            kafka.completeNext();
        });

        // Then
        assertThat(said)
                .containsExactly(
                        "WARN samples are skipped meanwhile, lines are not touched why=no sample can be sent to mail.samples"
                                + " (TopicAuthorizationException: mail.samples)",
                        "INFO samples arrive again");
        assertThat(metrics.lost().count()).isEqualTo(3);
    }

    @Test
    void a_sample_that_cannot_be_encoded_is_lost_alone() {
        // When
        samples.send(new Sample(Sample.Kind.DISK, "broken", Sample.State.WHOLE, "", 1, 0, 0, Map.of(), Map.of()));
        samples.send(SAMPLE);

        // Then
        assertThat(metrics.lost().count()).isEqualTo(1);
        assertThat(kafka.history()).hasSize(1);
    }

    @Test
    void settings_of_the_lines_that_samples_must_not_have_are_replaced_and_kafka_accepts_the_whole() {
        // Given
        Map<String, Object> operators = Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "acks", "all",
                "enable.idempotence", "true",
                "delivery.timeout.ms", "2147483647",
                "buffer.memory", "67108864",
                "client.id", "mine",
                "schema.registry.url", "mock://samples");

        // When
        Map<String, Object> settings = KafkaSettings.forSamples(operators);

        // Then
        assertThat(settings)
                .containsEntry("acks", "1")
                .containsEntry("retries", "0")
                .containsEntry("enable.idempotence", "false")
                .containsEntry("buffer.memory", "1048576")
                .containsEntry("client.id", "mine-samples")
                .containsEntry("compression.type", "lz4");
        try (KafkaProducer<String, MailSample> producer = new KafkaProducer<>(settings)) {
            assertThat(producer.metrics()).isNotEmpty();
        }
    }

    @Test
    void without_a_broker_a_sample_is_skipped_within_two_seconds() {
        // Given
        SampleTarget nowhere = new SampleTarget(
                "mail.samples",
                "default",
                "agent7",
                "mx1",
                Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "mock://nowhere"));
        try (KafkaSamples unsent = KafkaSamples.connect(nowhere, metrics, Clock.systemUTC())) {
            long before = System.nanoTime();

            // When
            unsent.send(SAMPLE);

            // Then
            assertThat(metrics.skipped().count()).isEqualTo(1);
            assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
        }
    }
}
