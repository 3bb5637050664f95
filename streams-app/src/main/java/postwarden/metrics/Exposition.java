package postwarden.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.metrics.MetricsPort;
import postwarden.producer.metrics.ProcessMeters;
import postwarden.stream.Service;

/**
 * The registry of a service's meters, and the port that shows it. A port that another process has stops no service, as that may be the
 * one that this is to replace: it is said, and tried again.
 */
public final class Exposition implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Exposition.class);
    private static final String STORES = "kafka.stream.state.";
    /**
     * Of some eighty meters of each store of each task, those that an operator can act on; all of them would be five thousand series
     * for one partition. What the stores take together is {@code postwarden.rocks.memory}.
     */
    private static final Set<String> OF_STORES = Set.of(
            STORES + "background.errors",
            STORES + "estimate.num.keys",
            STORES + "live.sst.files.size",
            STORES + "num.open.iterators",
            STORES + "number.file.errors",
            STORES + "write.stall.duration.total");
    /** Belongs to no store. */
    private static final String UPDATER = STORES + "updater.";

    private final MetricsParams params;
    private final String token;
    private final Optional<SSLContext> tls;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "look-for-meters");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ProcessMeters process;
    private @Nullable MetricsPort port;
    private boolean said;

    private Exposition(MetricsParams params) {
        this.params = params;
        this.token = params.token();
        this.tls = params.context();
    }

    /**
     * Opens the port, if one is wanted; else there is the registry alone.
     *
     * @throws IllegalArgumentException saying what is wrong with a file of the token, the certificate or the key
     */
    public static Exposition open(MetricsParams params) {
        Exposition shown = new Exposition(params);
        shown.registry.config().meterFilter(MeterFilter.deny(Exposition::isTooMuch));
        if (params.port() != 0) {
            shown.process = ProcessMeters.of(shown.registry, "postwarden", Exposition.class);
            shown.open();
            long pause = params.every().toMillis();
            var unused = shown.timer.scheduleWithFixedDelay(shown::open, pause, pause, TimeUnit.MILLISECONDS);
        }
        return shown;
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** Shows what Kafka measures in this service too, where there is a port to show it. */
    public void follow(Service service) {
        if (params.port() != 0) {
            // They end with the process, as the service does.
            var unused = service.kafkaMeters(registry, timer, params.every());
        }
    }

    private static boolean isTooMuch(Meter.Id meter) {
        String name = meter.getName();
        return name.startsWith(STORES) && !name.startsWith(UPDATER) && !OF_STORES.contains(name);
    }

    /** What Prometheus reads. */
    String text() {
        return registry.scrape();
    }

    @Override
    public synchronized void close() {
        timer.shutdownNow();
        if (port != null) {
            port.close();
        }
        if (process != null) {
            process.close();
        }
    }

    private synchronized void open() {
        if (port != null || timer.isShutdown()) {
            return;
        }
        try {
            port = MetricsPort.open(
                    params.resolved(),
                    params.port(),
                    new MetricsPort.Guard(token, tls, params.wantsCertificates()),
                    this::text);
        } catch (IOException e) {
            if (!said) {
                LOG.atError()
                        .addKeyValue("address", params.address())
                        .addKeyValue("why", e.getMessage())
                        .log("no metrics are shown; trying again");
            }
            said = true;
        }
    }
}
