package postwarden.producer;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import postwarden.producer.publish.KafkaSamples;
import postwarden.producer.publish.SampleMetrics;
import postwarden.producer.publish.SampleTarget;
import postwarden.producer.sample.SampleParams;
import postwarden.producer.sample.Sampler;

/** What an agent measures beside reading logs, from the probes to Kafka. Shares nothing with the lines but the meters. */
final class Measurement implements AutoCloseable {
    private final SampleParams params;
    private final KafkaSamples outlet;
    private final MeterRegistry meters;
    private final Clock clock;
    private @Nullable Sampler sampler;

    private Measurement(SampleParams params, KafkaSamples outlet, MeterRegistry meters, Clock clock) {
        this.params = params;
        this.outlet = outlet;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Connects what the configuration asks for; starts nothing yet.
     *
     * @param kafka settings for Kafka's producer, the same as for lines
     * @return empty when nothing is to be measured
     * @throws KafkaException when the settings make no producer
     */
    static Optional<Measurement> of(AgentConfig config, Map<String, Object> kafka, MeterRegistry meters, Clock clock) {
        SampleParams params = config.samples();
        if (params.probes().isEmpty()) {
            return Optional.empty();
        }
        SampleTarget target =
                new SampleTarget(params.topic(), params.tenant(), config.reporter(), params.host(), kafka);
        KafkaSamples outlet = KafkaSamples.connect(target, SampleMetrics.in(meters), clock);
        return Optional.of(new Measurement(params, outlet, meters, clock));
    }

    void start() {
        sampler = Sampler.start(params, outlet, meters, clock);
    }

    @Override
    public void close() {
        if (sampler != null) {
            sampler.close();
        }
        outlet.close();
    }
}
