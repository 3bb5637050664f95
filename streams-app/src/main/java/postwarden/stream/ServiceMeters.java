package postwarden.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import postwarden.detect.Fleet;

/**
 * What keeps the topology running.
 *
 * <p>{@code postwarden.ready}: 1 while it processes, 0 while it restores, rebalances or has stopped · {@code postwarden.thread.failures}:
 * stream threads that failed, and whose uncommitted work is done again · {@code postwarden.restores}, {@code postwarden.restored},
 * {@code postwarden.restoring}, {@code postwarden.restoring.records}: see {@link Restores} · {@code postwarden.rocks.memory} and
 * {@code postwarden.rocks.memory.limit}: bytes outside of Java's heap that the stores share · {@code postwarden.hosts} by {@code state}
 * (following, left_behind, ended): who is heard of, told by the first part of the watches alone, because each knows all.
 */
final class ServiceMeters {
    private final MeterRegistry registry;
    private final Counter failures;
    private final Restores restores;
    private volatile Fleet.@Nullable Roll hosts;

    ServiceMeters(MeterRegistry registry) {
        this.registry = registry;
        failures = registry.counter("postwarden.thread.failures");
        restores = new Restores(registry);
    }

    /** Shows a service from now on, in the place of one that did not start. */
    void show(Supplier<Boolean> isReady, RocksMemory memory) {
        gauge("postwarden.ready", "", () -> isReady.get() ? 1 : 0);
        gauge("postwarden.rocks.memory", "bytes", memory::used);
        gauge("postwarden.rocks.memory.limit", "bytes", memory::limit);
    }

    Restores restores() {
        return restores;
    }

    void threadFailed() {
        failures.increment();
    }

    /** Notes who is heard of. */
    void hosts(Fleet.Roll now) {
        boolean isFirst = hosts == null;
        hosts = now;
        if (isFirst) {
            host("following", Fleet.Roll::following);
            host("left_behind", Fleet.Roll::leftBehind);
            host("ended", Fleet.Roll::ended);
        }
    }

    /** Another instance tells it from now on. */
    void hostsGone() {
        hosts = null;
        registry.find("postwarden.hosts").meters().forEach(registry::remove);
    }

    private void host(String state, ToLongFunction<Fleet.Roll> count) {
        Gauge.builder("postwarden.hosts", () -> {
                    Fleet.Roll now = hosts;
                    return now == null ? 0 : count.applyAsLong(now);
                })
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }

    private void gauge(String name, String unit, Supplier<Number> value) {
        Meter before = registry.find(name).meter();
        if (before != null) {
            registry.remove(before);
        }
        Gauge.builder(name, value)
                .baseUnit(unit.isEmpty() ? null : unit)
                .strongReference(true)
                .register(registry);
    }
}
