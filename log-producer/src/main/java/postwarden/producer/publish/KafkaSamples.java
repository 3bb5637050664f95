package postwarden.producer.publish;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import postwarden.schema.MailSample;

/**
 * Sends samples to Kafka at most once: through a producer of their own with a small buffer, so that nothing that happens to them
 * (a full buffer, a topic that is missing or forbidden, a schema that nobody registered) is felt by the lines.
 */
public final class KafkaSamples implements SampleOutlet, AutoCloseable {
    /** Unacknowledged samples: several minutes of an agent that takes all of them, and at 4 KiB each within the buffer. */
    private static final int MOST_IN_FLIGHT = 256;

    private final SampleTarget target;
    private final SampleMetrics metrics;
    private final Producer<String, MailSample> producer;
    private final Trouble trouble;
    private final AtomicInteger inFlight = new AtomicInteger();

    /**
     * Connects nothing yet: Kafka's producer finds its brokers in the background.
     *
     * @throws KafkaException when the settings make no producer
     */
    public static KafkaSamples connect(SampleTarget target, SampleMetrics metrics, Clock clock) {
        return new KafkaSamples(target, new KafkaProducer<>(KafkaSettings.forSamples(target.kafka())), metrics, clock);
    }

    KafkaSamples(SampleTarget target, Producer<String, MailSample> producer, SampleMetrics metrics, Clock clock) {
        this.target = target;
        this.producer = producer;
        this.metrics = metrics;
        this.trouble =
                new Trouble(clock, "samples are skipped meanwhile, lines are not touched", "samples arrive again");
    }

    @Override
    public void send(Sample sample) {
        if (inFlight.incrementAndGet() > MOST_IN_FLIGHT) {
            inFlight.decrementAndGet();
            skip("more than " + MOST_IN_FLIGHT + " samples are unacknowledged");
            return;
        }
        ProducerRecord<String, MailSample> record =
                new ProducerRecord<>(target.topic(), target.host(), MailSamples.of(sample, target));
        try {
            // The callback says what became of it, the future says nothing more.
            var unused = producer.send(record, (metadata, error) -> completed(error));
        } catch (InterruptException stopping) {
            // The thread stays interrupted: Kafka's client sees to that.
            inFlight.decrementAndGet();
            metrics.lost().increment();
        } catch (KafkaException | IllegalStateException e) {
            // Not encoded, or closed while it waited: no callback comes.
            inFlight.decrementAndGet();
            lose(e);
        }
    }

    /** Lets go at once: what is on its way is about a moment that nobody will ask for. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    private void completed(@Nullable Exception error) {
        inFlight.decrementAndGet();
        if (error == null) {
            metrics.acknowledged().increment();
            trouble.over();
        } else if (error instanceof TimeoutException) {
            skip(Trouble.words(error));
        } else {
            lose(error);
        }
    }

    private void skip(String why) {
        metrics.skipped().increment();
        trouble.is("no sample can be sent to " + target.topic() + " (" + why + ")");
    }

    private void lose(Exception error) {
        metrics.lost().increment();
        trouble.is("no sample can be sent to " + target.topic() + " (" + Trouble.words(error) + ")");
    }
}
