package postwarden.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import postwarden.producer.Said;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.TimeQuality;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;

class KafkaOutletTest {
    private final List<MockProducer<String, MailLine>> producers = new ArrayList<>();
    private final PublishMetrics metrics = PublishMetrics.in(new SimpleMeterRegistry());
    private final List<String> acknowledged = new ArrayList<>();
    private int refusals;

    @Test
    void a_record_carries_what_the_line_and_its_header_say() {
        // Given
        KafkaOutlet outlet = outlet();

        // When
        outlet.send(line("connect from x"), () -> {});

        // Then
        ProducerRecord<String, MailLine> sent = producers.get(0).history().get(0);
        MailLine value = sent.value();
        assertThat(sent.topic()).isEqualTo("mail.lines");
        assertThat(sent.key()).isEqualTo("mx1");
        assertThat(value.getKind()).isEqualTo(MailLineKind.LINE);
        assertThat(value.getProgram()).isEqualTo("postfix/smtpd");
        assertThat(value.getPid()).isEqualTo(7);
        assertThat(value.getEventTimeMicros()).isEqualTo(42L);
        assertThat(value.getTimeQuality()).isEqualTo(postwarden.schema.TimeQuality.ZONED);
        assertThat(value.getUnparsed()).isNull();
        assertThat(value.getNote()).isNull();
        assertThat(StandardCharsets.US_ASCII.decode(value.getText()).toString()).isEqualTo("connect from x");
    }

    @Test
    void an_acknowledgement_is_passed_on_once_and_only_when_it_came() {
        // Given
        KafkaOutlet outlet = outlet();
        send(outlet, "a");
        send(outlet, "b");

        // When
        producers.get(0).completeNext();

        // Then
        assertThat(acknowledged).containsExactly("a");
        assertThat(outlet.inFlight()).isEqualTo(1);
        assertThat(metrics.acknowledged().count()).isEqualTo(1);
    }

    @Test
    void after_a_fatal_error_a_new_producer_gets_everything_unacknowledged_in_its_order() {
        // Given
        KafkaOutlet outlet = outlet();
        List.of("a", "b", "c", "d").forEach(text -> send(outlet, text));
        MockProducer<String, MailLine> failed = producers.get(0);
        failed.completeNext();
        failed.errorNext(new OutOfOrderSequenceException("the broker lost track"));
        failed.completeNext();

        // When
        outlet.tend();

        // Then
        assertThat(producers).hasSize(2);
        assertThat(failed.closed()).isTrue();
        assertThat(texts(producers.get(1))).containsExactly("b", "d");
        assertThat(acknowledged).containsExactly("a", "c");
        producers.get(1).completeNext();
        producers.get(1).completeNext();
        assertThat(acknowledged).containsExactly("a", "c", "b", "d");
        assertThat(metrics.rebuilt().count()).isEqualTo(1);
        assertThat(metrics.repeated().count()).isEqualTo(2);
    }

    @Test
    void a_record_that_cannot_be_encoded_yet_is_tried_again_in_its_place() {
        // Given
        KafkaOutlet outlet = outlet();
        refusals = 2;

        // When
        send(outlet, "a");
        send(outlet, "b");

        // Then
        assertThat(texts(producers.get(0))).containsExactly("a", "b");
        assertThat(metrics.retried().count()).isEqualTo(2);
    }

    @Test
    void a_line_that_kafka_never_takes_is_said_to_be_lost_and_the_others_go_on() {
        // Given
        KafkaOutlet outlet = outlet();
        List.of("a", "huge", "c").forEach(text -> send(outlet, text));
        MockProducer<String, MailLine> producer = producers.get(0);
        producer.completeNext();
        producer.errorNext(new RecordTooLargeException("max.message.bytes"));
        producer.completeNext();

        // When
        outlet.tend();

        // Then
        assertThat(producers).hasSize(1);
        assertThat(acknowledged).containsExactly("a", "c");
        MailLine loss = producer.history().get(3).value();
        assertThat(loss.getKind()).isEqualTo(MailLineKind.LOSS);
        assertThat(loss.getEndOffset()).isEqualTo(5);
        assertThat(loss.getText().remaining()).isZero();
        assertThat(loss.getNote())
                .isEqualTo("Kafka does not take bytes 0 to 5 of /var/log/mail.log"
                        + " (RecordTooLargeException: max.message.bytes)");
        assertThat(metrics.refused().count()).isEqualTo(1);
        producer.completeNext();
        assertThat(acknowledged).containsExactly("a", "c", "huge");
        assertThat(outlet.inFlight()).isZero();
    }

    @Test
    void a_registry_that_is_away_is_said_in_one_line_however_often_it_is_tried() {
        // Given
        KafkaOutlet outlet = outlet();
        refusals = 3;

        // When
        List<String> said = Said.by(Trouble.class, () -> send(outlet, "a"));

        // Then
        assertThat(said)
                .containsExactly("WARN a line cannot be encoded (SerializationException: the registry is away);"
                        + " waiting, nothing is lost");
    }

    @Test
    void a_stopping_agent_takes_no_more_records_and_does_not_wait_for_room() {
        // Given
        KafkaOutlet outlet = outlet();
        send(outlet, "a");
        send(outlet, "b");
        send(outlet, "c");
        send(outlet, "d");
        outlet.stop();

        // When
        boolean taken = outlet.send(line("e"), () -> {});

        // Then
        assertThat(taken).isFalse();
        assertThat(texts(producers.get(0))).containsExactly("a", "b", "c", "d");
    }

    @Test
    void settings_that_could_lose_lines_are_refused_all_at_once() {
        // Given
        Map<String, Object> kafka = Map.of(
                "acks", "1",
                "enable.idempotence", "false",
                "delivery.timeout.ms", "120000",
                "transactional.id", "x",
                "max.in.flight.requests.per.connection", "6");

        // When
        List<String> problems = KafkaSettings.problems(kafka);

        // Then
        assertThat(problems).hasSize(6);
        assertThat(problems).anyMatch(problem -> problem.startsWith("kafka.acks = 1 is refused"));
        assertThat(KafkaSettings.problems(Map.of("bootstrap.servers", "b:1", "acks", "-1")))
                .isEmpty();
    }

    private KafkaOutlet outlet() {
        PublishParams params = new PublishParams(
                "mail.lines", Map.of(), 4, 65_536, Duration.ZERO, Duration.ofSeconds(10), Duration.ofMillis(100));
        return new KafkaOutlet(params, this::producer, metrics, Clock.systemUTC());
    }

    private MockProducer<String, MailLine> producer() {
        Serializer<MailLine> values = (topic, line) -> {
            if (refusals > 0) {
                refusals--;
                throw new SerializationException("the registry is away");
            }
            return line.getText().array();
        };
        MockProducer<String, MailLine> producer = new MockProducer<>(false, null, new StringSerializer(), values);
        producers.add(producer);
        return producer;
    }

    private void send(KafkaOutlet outlet, String text) {
        assertThat(outlet.send(line(text), () -> acknowledged.add(text))).isTrue();
    }

    private static List<String> texts(MockProducer<String, MailLine> producer) {
        return producer.history().stream()
                .map(record -> new String(record.value().getText().array(), StandardCharsets.US_ASCII))
                .toList();
    }

    private static Outgoing line(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Header header = new Header("mx1", "postfix/smtpd", 7, 42, TimeQuality.ZONED, 0, "");
        return new Outgoing(
                Outgoing.Kind.LINE,
                "default",
                "agent",
                "mx1",
                header,
                43,
                ByteBuffer.wrap(bytes),
                "/var/log/mail.log",
                "id",
                0,
                bytes.length + 1L,
                0,
                true,
                List.of(),
                "");
    }
}
