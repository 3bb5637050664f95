package postwarden.producer.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counters of what becomes of samples: each that a probe gave, whole, partial or unable, is acknowledged, skipped, lost, or on its way.
 *
 * @param acknowledged {@code producer.samples.acknowledged}: samples that the partition's leader has
 * @param skipped {@code producer.samples.skipped}: samples that found no room, or no broker to send to
 * @param lost {@code producer.samples.lost}: samples that were sent and not acknowledged, or that Kafka or the registry refused
 */
public record SampleMetrics(Counter acknowledged, Counter skipped, Counter lost) {
    /** Makes the counters in a registry. */
    public static SampleMetrics in(MeterRegistry meters) {
        return new SampleMetrics(
                meters.counter("producer.samples.acknowledged"),
                meters.counter("producer.samples.skipped"),
                meters.counter("producer.samples.lost"));
    }
}
