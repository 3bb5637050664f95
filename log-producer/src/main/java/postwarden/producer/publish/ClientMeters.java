package postwarden.producer.publish;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of Kafka's own producer, of whichever takes the place of another. Where nobody looks there are none: some hundred
 * meters are more than an agent on a small host wants to carry for nothing. Safe from any thread.
 */
public final class ClientMeters implements AutoCloseable {
    private final Optional<MeterRegistry> meters;
    private final Duration every;
    private final Optional<ScheduledExecutorService> timer;
    private @Nullable KafkaClientMetrics shown;

    private ClientMeters(Optional<MeterRegistry> meters, Duration every) {
        this.meters = meters;
        this.every = every;
        timer = meters.map(some -> Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "look-for-kafka-meters");
            thread.setDaemon(true);
            return thread;
        }));
    }

    /**
     * Shows them in a registry.
     *
     * @param every how often to look for new ones, which come with brokers and partitions
     */
    public static ClientMeters in(MeterRegistry meters, Duration every) {
        return new ClientMeters(Optional.of(meters), every);
    }

    /** Shows none. */
    public static ClientMeters none() {
        return new ClientMeters(Optional.empty(), Duration.ZERO);
    }

    /** Shows this producer's from now on, and those of the one before no longer. @return the same producer */
    synchronized <P extends Producer<?, ?>> P of(P producer) {
        if (meters.isPresent() && timer.isPresent()) {
            forget();
            KafkaClientMetrics fresh = new KafkaClientMetrics(producer, List.of(), timer.get(), every);
            fresh.bindTo(meters.get());
            shown = fresh;
        }
        return producer;
    }

    @Override
    public synchronized void close() {
        forget();
        timer.ifPresent(ScheduledExecutorService::shutdownNow);
    }

    private void forget() {
        if (shown != null) {
            shown.close();
            shown = null;
        }
    }
}
