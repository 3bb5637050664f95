package postwarden.producer.publish;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
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
    private final List<MockProducer<String, InFlight>> producers = new ArrayList<>();
    private final PublishMetrics metrics = PublishMetrics.in(new SimpleMeterRegistry());
    private final List<String> acknowledged = new ArrayList<>();
    private int refusals;
    private int writings;

    @Test
    void a_record_carries_what_the_line_and_its_header_say() {
        // Given
        KafkaOutlet outlet = outlet();

        // When
        outlet.send(line("connect from x"), () -> {});

        // Then
        ProducerRecord<String, InFlight> sent = producers.get(0).history().get(0);
        MailLine value = written(sent);
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
        MockProducer<String, InFlight> failed = producers.get(0);
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
        assertThat(metrics.handed().count())
                .as("each once, however often it was sent")
                .isEqualTo(4);
        assertThat(metrics.acknowledged().count()).isEqualTo(4);
        assertThat(writings).as("each once, however often it was sent").isEqualTo(4);
    }

    @Test
    void what_is_sent_again_is_what_was_taken_whatever_became_of_the_readers_bytes() {
        // Given
        KafkaOutlet outlet = outlet();
        byte[] buffer = "-first-".getBytes(StandardCharsets.US_ASCII);
        outlet.send(line(ByteBuffer.wrap(buffer, 1, 5)), () -> {});
        Arrays.fill(buffer, (byte) 'x');
        producers.get(0).errorNext(new OutOfOrderSequenceException("the broker lost track"));

        // When
        outlet.tend();

        // Then
        assertThat(texts(producers.get(1))).containsExactly("first");
    }

    @Test
    void what_the_one_before_had_sent_after_all_is_acknowledged_once() {
        // Given
        KafkaOutlet outlet = outlet();
        List.of("a", "b").forEach(text -> send(outlet, text));
        outlet.reconnect(Map.of());
        outlet.tend();

        // When
        producers.get(0).completeNext();
        producers.get(1).completeNext();
        producers.get(1).completeNext();

        // Then
        assertThat(acknowledged).containsExactly("a", "b");
        assertThat(metrics.acknowledged().count()).isEqualTo(2);
        assertThat(outlet.inFlight()).isZero();
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
        MockProducer<String, InFlight> producer = producers.get(0);
        producer.completeNext();
        producer.errorNext(new RecordTooLargeException("max.message.bytes"));
        producer.completeNext();

        // When
        outlet.tend();

        // Then
        assertThat(producers).hasSize(1);
        assertThat(acknowledged).containsExactly("a", "c");
        MailLine loss = written(producer.history().get(3));
        assertThat(loss.getHost()).isEqualTo("mx1");
        assertThat(loss.getFileId()).isEqualTo("id");
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
                .containsExactly("WARN lines wait for Kafka, nothing is lost"
                        + " why=a line cannot be encoded (SerializationException: the registry is away)");
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
    void with_other_settings_a_new_producer_takes_over_and_gets_what_is_unacknowledged() {
        // Given
        KafkaOutlet outlet = outlet();
        List.of("a", "b", "c").forEach(text -> send(outlet, text));
        producers.get(0).completeNext();

        // When
        outlet.reconnect(Map.of("bootstrap.servers", "other:9092"));
        send(outlet, "d");

        // Then
        assertThat(producers).hasSize(2);
        assertThat(producers.get(0).closed()).isTrue();
        // What Kafka's producer could not finish when it was closed is sent again, in its order.
        assertThat(texts(producers.get(1))).containsExactly("b", "c", "d");
        assertThat(acknowledged).containsExactly("a");
        assertThat(metrics.repeated().count()).isEqualTo(3);
    }

    @Test
    void settings_that_make_no_producer_change_nothing() {
        // Given
        KafkaOutlet outlet =
                new KafkaOutlet(params(), this::producerOr, new Gate(Admission.ANY), metrics, Clock.systemUTC());
        send(outlet, "a");

        // When
        assertThatThrownBy(() -> outlet.reconnect(Map.of("ssl.keystore.location", "/none")))
                // Then
                .isInstanceOf(KafkaException.class);
        send(outlet, "b");
        assertThat(producers).hasSize(1);
        assertThat(texts(producers.get(0))).containsExactly("a", "b");
    }

    @Test
    void no_line_passes_before_the_cluster_has_told_that_it_keeps_them() {
        // Given
        Deque<Admission.Answer> answers = new ArrayDeque<>(List.of(
                new Admission.Answer.Unknown("Kafka at k:1 cannot be reached (no answer)"),
                new Admission.Answer.Unknown("Kafka at k:1 cannot be reached (no answer)"),
                new Admission.Answer.Admitted(List.of())));
        KafkaOutlet outlet = guarded(kafka -> answers.remove());

        // When
        List<String> said = Said.by(Trouble.class, () -> send(outlet, "a"));

        // Then
        assertThat(answers).isEmpty();
        assertThat(texts(producers.get(0))).containsExactly("a");
        assertThat(said)
                .containsExactly(
                        "WARN lines wait for Kafka, nothing is lost why=Kafka at k:1 cannot be reached (no answer)");
        assertThat(metrics.blocked().count()).isPositive();
    }

    @Test
    void a_cluster_that_could_lose_lines_gets_none_and_the_agent_is_told_why() {
        // Given
        KafkaOutlet outlet = guarded(kafka -> new Admission.Answer.Refused(List.of("topic mail.lines: it has 1 copy")));

        // When
        outlet.send(line("a"), () -> {});

        // Then
        assertThat(outlet.refusal()).containsExactly("topic mail.lines: it has 1 copy");
        assertThat(producers.get(0).history()).isEmpty();
        assertThat(outlet.send(line("b"), () -> {})).isFalse();
    }

    @Test
    void another_cluster_that_could_lose_lines_is_not_connected_to() {
        // Given
        KafkaOutlet outlet = guarded(kafka -> kafka.isEmpty()
                ? new Admission.Answer.Admitted(List.of())
                : new Admission.Answer.Refused(List.of("it has 1 copy")));
        send(outlet, "a");

        // When
        assertThatThrownBy(() -> outlet.reconnect(Map.of("bootstrap.servers", "other:9092")))
                // Then
                .hasMessage("it has 1 copy");
        send(outlet, "b");
        assertThat(texts(producers.get(0))).containsExactly("a", "b");
    }

    @Test
    void with_tls_the_version_is_1_3_unless_the_operator_adds_one() {
        // Given
        Map<String, Object> plain = Map.of("bootstrap.servers", "b:1");
        Map<String, Object> ssl = Map.of("bootstrap.servers", "b:1", "security.protocol", "SASL_SSL");
        Map<String, Object> both = Map.of("security.protocol", "SSL", "ssl.enabled.protocols", "TLSv1.3,TLSv1.2");

        // When
        Map<String, Object> effective = KafkaSettings.effective(ssl);

        // Then
        assertThat(effective)
                .containsEntry("ssl.enabled.protocols", "TLSv1.3")
                .containsEntry("ssl.protocol", "TLSv1.3");
        assertThat(KafkaSettings.effective(plain)).doesNotContainKey("ssl.enabled.protocols");
        assertThat(KafkaSettings.effective(both)).containsEntry("ssl.enabled.protocols", "TLSv1.3,TLSv1.2");
        assertThat(KafkaSettings.openings(both)).isEmpty();
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
        return new KafkaOutlet(params(), this::producer, metrics, Clock.systemUTC());
    }

    private KafkaOutlet guarded(Admission admission) {
        return new KafkaOutlet(params(), set -> producer(), new Gate(admission), metrics, Clock.systemUTC());
    }

    private static PublishParams params() {
        return new PublishParams(
                "mail.lines", Map.of(), 4, 65_536, Duration.ZERO, Duration.ofSeconds(10), Duration.ofMillis(100));
    }

    private MockProducer<String, InFlight> producerOr(PublishParams set) {
        if (set.kafka().containsKey("ssl.keystore.location")) {
            throw new KafkaException("Failed to load SSL keystore");
        }
        return producer();
    }

    private MockProducer<String, InFlight> producer() {
        Serializer<IndexedRecord> values = (topic, line) -> {
            if (refusals > 0) {
                refusals--;
                throw new SerializationException("the registry is away");
            }
            writings++;
            return Avro.bytes(line);
        };
        MockProducer<String, InFlight> producer =
                new MockProducer<>(false, null, new StringSerializer(), new OnceSerializer(values));
        producers.add(producer);
        return producer;
    }

    private void send(KafkaOutlet outlet, String text) {
        assertThat(outlet.send(line(text), () -> acknowledged.add(text))).isTrue();
    }

    private static List<String> texts(MockProducer<String, InFlight> producer) {
        return producer.history().stream()
                .map(record -> StandardCharsets.US_ASCII
                        .decode(written(record).getText())
                        .toString())
                .toList();
    }

    private static MailLine written(ProducerRecord<String, InFlight> record) {
        return Avro.line(requireNonNull(record.value().bytes()));
    }

    /** Avro's bytes without anything before them. */
    private static final class Avro {
        private Avro() {}

        static byte[] bytes(IndexedRecord line) {
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
                new GenericDatumWriter<>(line.getSchema()).write(line, encoder);
                return bytes.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static MailLine line(byte[] bytes) {
            try {
                return new SpecificDatumReader<>(MailLine.class)
                        .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Outgoing line(String text) {
        return line(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Outgoing line(ByteBuffer text) {
        Header header = new Header("mx1", "postfix/smtpd", 7, 42, TimeQuality.ZONED, 0, "");
        return new Outgoing(
                Outgoing.Kind.LINE,
                "default",
                "agent",
                "mx1",
                header,
                43,
                text,
                "/var/log/mail.log",
                "id",
                0,
                text.remaining() + 1L,
                0,
                true,
                List.of(),
                "",
                true);
    }
}
