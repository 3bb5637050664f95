package postwarden.producer.publish;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import postwarden.schema.MailLine;

/** Producers of Kafka that send nothing and answer what a test tells them to, with all that they were given. */
final class RecordedKafka {
    final List<MockProducer<String, InFlight>> producers = new ArrayList<>();
    final PublishMetrics metrics = PublishMetrics.in(new SimpleMeterRegistry());
    final List<String> acknowledged = new ArrayList<>();
    int refusals;
    int writings;

    KafkaOutlet outlet() {
        return new KafkaOutlet(params(), this::producer, metrics, Clock.systemUTC());
    }

    KafkaOutlet guarded(Admission admission) {
        return new KafkaOutlet(params(), set -> producer(), new Gate(admission), metrics, Clock.systemUTC());
    }

    static PublishParams params() {
        return new PublishParams(
                "mail.lines", Map.of(), 4, 65_536, Duration.ZERO, Duration.ofSeconds(10), Duration.ofMillis(100));
    }

    MockProducer<String, InFlight> producerOr(PublishParams set) {
        if (set.kafka().containsKey("ssl.keystore.location")) {
            throw new KafkaException("Failed to load SSL keystore");
        }
        return producer();
    }

    MockProducer<String, InFlight> producer() {
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

    void send(KafkaOutlet outlet, String text) {
        assertThat(outlet.send(SomeLines.line(text), () -> acknowledged.add(text)))
                .isTrue();
    }

    static List<String> texts(MockProducer<String, InFlight> producer) {
        return producer.history().stream()
                .map(record -> StandardCharsets.US_ASCII
                        .decode(written(record).getText())
                        .toString())
                .toList();
    }

    static MailLine written(ProducerRecord<String, InFlight> record) {
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
}
