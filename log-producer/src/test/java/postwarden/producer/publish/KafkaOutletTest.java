package postwarden.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postwarden.producer.publish.RecordedKafka.texts;
import static postwarden.producer.publish.RecordedKafka.written;
import static postwarden.producer.publish.SomeLines.line;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import postwarden.producer.Said;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;

class KafkaOutletTest {
    private final RecordedKafka kafka = new RecordedKafka();

    @Test
    void a_record_carries_what_the_line_and_its_header_say() {
        // Given
        KafkaOutlet outlet = kafka.outlet();

        // When
        outlet.send(line("connect from x"), () -> {});

        // Then
        ProducerRecord<String, InFlight> sent = kafka.producers.get(0).history().get(0);
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
        KafkaOutlet outlet = kafka.outlet();
        kafka.send(outlet, "a");
        kafka.send(outlet, "b");

        // When
        kafka.producers.get(0).completeNext();

        // Then
        assertThat(kafka.acknowledged).containsExactly("a");
        assertThat(outlet.inFlight()).isEqualTo(1);
        assertThat(kafka.metrics.acknowledged().count()).isEqualTo(1);
    }

    @Test
    void after_a_fatal_error_a_new_producer_gets_everything_unacknowledged_in_its_order() {
        // Given
        KafkaOutlet outlet = kafka.outlet();
        List.of("a", "b", "c", "d").forEach(text -> kafka.send(outlet, text));
        MockProducer<String, InFlight> failed = kafka.producers.get(0);
        failed.completeNext();
        failed.errorNext(new OutOfOrderSequenceException("the broker lost track"));
        failed.completeNext();

        // When
        outlet.tend();

        // Then
        assertThat(kafka.producers).hasSize(2);
        assertThat(failed.closed()).isTrue();
        assertThat(texts(kafka.producers.get(1))).containsExactly("b", "d");
        assertThat(kafka.acknowledged).containsExactly("a", "c");
        kafka.producers.get(1).completeNext();
        kafka.producers.get(1).completeNext();
        assertThat(kafka.acknowledged).containsExactly("a", "c", "b", "d");
        assertThat(kafka.metrics.rebuilt().count()).isEqualTo(1);
        assertThat(kafka.metrics.repeated().count()).isEqualTo(2);
        assertThat(kafka.metrics.handed().count())
                .as("each once, however often it was sent")
                .isEqualTo(4);
        assertThat(kafka.metrics.acknowledged().count()).isEqualTo(4);
        assertThat(kafka.writings).as("each once, however often it was sent").isEqualTo(4);
    }

    @Test
    void what_is_sent_again_no_longer_says_that_it_is_new() {
        // Given
        KafkaOutlet outlet = kafka.outlet();
        outlet.send(line("first"), () -> {});
        MailLine before = written(kafka.producers.get(0).history().get(0));
        kafka.producers.get(0).errorNext(new OutOfOrderSequenceException("the broker lost track"));

        // When
        outlet.tend();
        outlet.send(line("second"), () -> {});

        // Then
        MailLine again = written(kafka.producers.get(1).history().get(0));
        assertThat(before.getFresh()).isEqualTo(SomeLines.RUN);
        assertThat(again).isEqualTo(MailLine.newBuilder(before).setFresh(0).build());
        assertThat(written(kafka.producers.get(1).history().get(1)).getFresh()).isEqualTo(SomeLines.RUN);
    }

    @Test
    void what_is_sent_again_is_what_was_taken_whatever_became_of_the_readers_bytes() {
        // Given
        KafkaOutlet outlet = kafka.outlet();
        byte[] buffer = "-first-".getBytes(StandardCharsets.US_ASCII);
        outlet.send(line(ByteBuffer.wrap(buffer, 1, 5)), () -> {});
        Arrays.fill(buffer, (byte) 'x');
        kafka.producers.get(0).errorNext(new OutOfOrderSequenceException("the broker lost track"));

        // When
        outlet.tend();

        // Then
        assertThat(texts(kafka.producers.get(1))).containsExactly("first");
    }

    @Test
    void what_the_one_before_had_sent_after_all_is_acknowledged_once() {
        // Given
        KafkaOutlet outlet = kafka.outlet();
        List.of("a", "b").forEach(text -> kafka.send(outlet, text));
        outlet.reconnect(Map.of());
        outlet.tend();

        // When
        kafka.producers.get(0).completeNext();
        kafka.producers.get(1).completeNext();
        kafka.producers.get(1).completeNext();

        // Then
        assertThat(kafka.acknowledged).containsExactly("a", "b");
        assertThat(kafka.metrics.acknowledged().count()).isEqualTo(2);
        assertThat(outlet.inFlight()).isZero();
    }

    @Test
    void a_record_that_cannot_be_encoded_yet_is_tried_again_in_its_place() {
        // Given
        KafkaOutlet outlet = kafka.outlet();
        kafka.refusals = 2;

        // When
        kafka.send(outlet, "a");
        kafka.send(outlet, "b");

        // Then
        assertThat(texts(kafka.producers.get(0))).containsExactly("a", "b");
        assertThat(kafka.metrics.retried().count()).isEqualTo(2);
    }

    @Test
    void a_line_that_kafka_never_takes_is_said_to_be_lost_and_the_others_go_on() {
        // Given
        KafkaOutlet outlet = kafka.outlet();
        List.of("a", "huge", "c").forEach(text -> kafka.send(outlet, text));
        MockProducer<String, InFlight> producer = kafka.producers.get(0);
        producer.completeNext();
        producer.errorNext(new RecordTooLargeException("max.message.bytes"));
        producer.completeNext();

        // When
        outlet.tend();

        // Then
        assertThat(kafka.producers).hasSize(1);
        assertThat(kafka.acknowledged).containsExactly("a", "c");
        MailLine loss = written(producer.history().get(3));
        assertThat(loss.getHost()).isEqualTo("mx1");
        assertThat(loss.getFileId()).isEqualTo("id");
        assertThat(loss.getKind()).isEqualTo(MailLineKind.LOSS);
        assertThat(loss.getEndOffset()).isEqualTo(5);
        assertThat(loss.getText().remaining()).isZero();
        assertThat(loss.getNote())
                .isEqualTo("Kafka does not take bytes 0 to 5 of /var/log/mail.log"
                        + " (RecordTooLargeException: max.message.bytes)");
        assertThat(kafka.metrics.refused().count()).isEqualTo(1);
        producer.completeNext();
        assertThat(kafka.acknowledged).containsExactly("a", "c", "huge");
        assertThat(outlet.inFlight()).isZero();
    }

    @Test
    void a_registry_that_is_away_is_said_in_one_line_however_often_it_is_tried() {
        // Given
        KafkaOutlet outlet = kafka.outlet();
        kafka.refusals = 3;

        // When
        List<String> said = Said.by(Trouble.class, () -> kafka.send(outlet, "a"));

        // Then
        assertThat(said)
                .containsExactly("WARN lines wait for Kafka, nothing is lost"
                        + " why=a line cannot be encoded (SerializationException: the registry is away)");
    }

    @Test
    void a_stopping_agent_takes_no_more_records_and_does_not_wait_for_room() {
        // Given
        KafkaOutlet outlet = kafka.outlet();
        kafka.send(outlet, "a");
        kafka.send(outlet, "b");
        kafka.send(outlet, "c");
        kafka.send(outlet, "d");
        outlet.stop();

        // When
        boolean taken = outlet.send(line("e"), () -> {});

        // Then
        assertThat(taken).isFalse();
        assertThat(texts(kafka.producers.get(0))).containsExactly("a", "b", "c", "d");
    }

    @Test
    void with_other_settings_a_new_producer_takes_over_and_gets_what_is_unacknowledged() {
        // Given
        KafkaOutlet outlet = kafka.outlet();
        List.of("a", "b", "c").forEach(text -> kafka.send(outlet, text));
        kafka.producers.get(0).completeNext();

        // When
        outlet.reconnect(Map.of("bootstrap.servers", "other:9092"));
        kafka.send(outlet, "d");

        // Then
        assertThat(kafka.producers).hasSize(2);
        assertThat(kafka.producers.get(0).closed()).isTrue();
        // What Kafka's producer could not finish when it was closed is sent again, in its order.
        assertThat(texts(kafka.producers.get(1))).containsExactly("b", "c", "d");
        assertThat(kafka.acknowledged).containsExactly("a");
        assertThat(kafka.metrics.repeated().count()).isEqualTo(3);
    }

    @Test
    void settings_that_make_no_producer_change_nothing() {
        // Given
        KafkaOutlet outlet = new KafkaOutlet(
                RecordedKafka.params(), kafka::producerOr, new Gate(Admission.ANY), kafka.metrics, Clock.systemUTC());
        kafka.send(outlet, "a");

        // When
        assertThatThrownBy(() -> outlet.reconnect(Map.of("ssl.keystore.location", "/none")))
                // Then
                .isInstanceOf(KafkaException.class);
        kafka.send(outlet, "b");
        assertThat(kafka.producers).hasSize(1);
        assertThat(texts(kafka.producers.get(0))).containsExactly("a", "b");
    }
}
