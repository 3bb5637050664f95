package postwarden.producer.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import java.util.Optional;

/**
 * What a process of ours is made of: {@code NAME.build} with its version and Java's, memory, collections, threads, processors and open
 * files. Nothing that node_exporter names in the same way, such as {@code process_start_time_seconds}: it would refuse the whole textfile.
 */
public final class ProcessMeters implements AutoCloseable {
    /** A checkout runs from folders, which have no manifest. */
    private static final String UNPACKAGED = "unpackaged";

    private final JvmGcMetrics collections = new JvmGcMetrics();

    private ProcessMeters() {}

    /**
     * Shows them.
     *
     * @param name of the program, as its own meters begin
     * @param program a class of it, whose jar names the version
     */
    public static ProcessMeters of(MeterRegistry meters, String name, Class<?> program) {
        String version = Optional.ofNullable(program.getPackage().getImplementationVersion())
                .orElse(UNPACKAGED);
        Gauge.builder(name + ".build.info", () -> 1)
                .tags("version", version, "java", Runtime.version().toString())
                .strongReference(true)
                .register(meters);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new FileDescriptorMetrics().bindTo(meters);
        ProcessMeters shown = new ProcessMeters();
        shown.collections.bindTo(meters);
        return shown;
    }

    @Override
    public void close() {
        collections.close();
    }
}
