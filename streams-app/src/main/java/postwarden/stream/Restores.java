package postwarden.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * What is being restored from the changelogs: {@code postwarden.restores} counts stores that began, {@code postwarden.restored} their
 * records; {@code postwarden.restoring} is how many stores are at it now, {@code postwarden.restoring.records} what they have before
 * them. Told by Kafka Streams' threads, asked by any.
 */
final class Restores implements StateRestoreListener {
    private final Counter begun;
    private final Counter restored;
    /** Records that a partition of a changelog has left. */
    private final Map<TopicPartition, Long> left = new ConcurrentHashMap<>();

    Restores(MeterRegistry registry) {
        begun = registry.counter("postwarden.restores");
        restored = registry.counter("postwarden.restored");
        Gauge.builder("postwarden.restoring", left, Map::size).register(registry);
        Gauge.builder("postwarden.restoring.records", this::records)
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
        begun.increment();
        left.put(changelog, Math.max(0, to - from));
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long through, long records) {
        restored.increment((double) records);
        left.computeIfPresent(changelog, (which, before) -> Math.max(0, before - records));
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long all) {
        left.remove(changelog);
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long all) {
        left.remove(changelog);
    }

    private double records() {
        return left.values().stream().mapToLong(Long::longValue).sum();
    }
}
