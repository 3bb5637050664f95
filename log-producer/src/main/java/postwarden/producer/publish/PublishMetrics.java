package postwarden.producer.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counters of what happens on the way to Kafka. Records that were handed over are acknowledged or in flight.
 *
 * @param handed {@code producer.records}: records that were taken to be sent, each once
 * @param acknowledged {@code producer.records.acknowledged}: records that every in-sync replica has
 * @param retried {@code producer.send.retries}: records that could not be handed to Kafka at once (no broker, no registry, full)
 * @param rebuilt {@code producer.rebuilds}: how often Kafka's producer failed for good and was built anew
 * @param repeated {@code producer.records.repeated}: records sent again by a new producer
 * @param refused {@code producer.losses} with cause {@code refused}: lines that Kafka never takes, so that a LOSS record stands in
 *     their place
 * @param blocked {@code producer.blocked}: seconds for which reading waited for Kafka, to a tenth
 */
public record PublishMetrics(
        Counter handed,
        Counter acknowledged,
        Counter retried,
        Counter rebuilt,
        Counter repeated,
        Counter refused,
        Counter blocked) {
    /** Makes the counters in a registry. */
    public static PublishMetrics in(MeterRegistry meters) {
        return new PublishMetrics(
                meters.counter("producer.records"),
                meters.counter("producer.records.acknowledged"),
                meters.counter("producer.send.retries"),
                meters.counter("producer.rebuilds"),
                meters.counter("producer.records.repeated"),
                meters.counter("producer.losses", "cause", "refused"),
                Counter.builder("producer.blocked").baseUnit("seconds").register(meters));
    }
}
