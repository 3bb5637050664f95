package postwarden.producer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.checkpoint.CheckpointStore.Loaded;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.follow.Follower;
import postwarden.producer.metrics.LagMeters;
import postwarden.producer.metrics.MetricsPort;
import postwarden.producer.metrics.ProcessMeters;
import postwarden.producer.metrics.Textfile;
import postwarden.producer.publish.KafkaOutlet;
import postwarden.producer.status.AgentStatus;
import postwarden.producer.status.FileLag;
import postwarden.producer.status.LagWatch;
import postwarden.producer.status.StatusSocket;

/**
 * Looks at a running agent from outside, on a thread of its own, and shows what it sees: as meters, and as status to whoever asks. What
 * cannot be shown stops no reading: it is said, and tried again.
 */
final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final double MILLIS_A_SECOND = 1000;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** The part of the time that may go into looking at files, as one in so many. */
    private static final int SHARE = 1000;

    private final AgentConfig config;
    private final Supplier<Counters> counters;
    private final Registry registry;
    private final Loaded found;
    private final Follower follower;
    private final KafkaOutlet outlet;
    private final Keeper keeper;
    private final PrometheusMeterRegistry meters;
    private final LagWatch lags;
    private final LagMeters lagMeters;
    private final Optional<Textfile> textfile;
    private final Clock clock;
    private final Counter textfileFailures;
    private final Instant started;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "watch");
    private @Nullable MetricsPort port;
    private @Nullable StatusSocket socket;
    private @Nullable ProcessMeters process;
    private boolean saidPort;
    private long lines;
    private volatile Instant lastLine;

    Watch(
            AgentConfig config,
            Supplier<Counters> counters,
            Registry registry,
            Loaded found,
            Follower follower,
            KafkaOutlet outlet,
            Keeper keeper,
            PrometheusMeterRegistry meters,
            Clock clock) {
        this.config = config;
        this.counters = counters;
        this.registry = registry;
        this.found = found;
        this.follower = follower;
        this.outlet = outlet;
        this.keeper = keeper;
        this.meters = meters;
        this.textfileFailures = meters.counter("producer.textfile.failures");
        this.lags = new LagWatch(clock);
        this.lagMeters = new LagMeters(meters, config.operation().metrics().files());
        this.textfile = config.operation().metrics().textfile().map(file -> new Textfile(file, meters::scrape));
        this.clock = clock;
        this.started = clock.instant();
        this.lastLine = started;
    }

    void start() {
        gauges();
        if (config.operation().metrics().isShown()) {
            process = ProcessMeters.of(meters, "producer", Watch.class);
        }
        openPort();
        openSocket();
        thread.setDaemon(true);
        thread.start();
    }

    /** The agent as it is now. */
    AgentStatus status() {
        List<FileLag> files = lags();
        Counters done = counters.get();
        return new AgentStatus(
                true,
                ProcessHandle.current().pid(),
                config.reporter(),
                config.publish().topic(),
                started.toString(),
                outlet.trouble(),
                done.lines(),
                done.acknowledged(),
                done.inFlight(),
                outlet.stalled().toSeconds(),
                done.losses(),
                keeper.ageMillis() / 1000,
                files.stream().mapToLong(FileLag::lagBytes).sum(),
                files.stream().mapToLong(FileLag::lagSeconds).max().orElse(0),
                files,
                follower.unreadable());
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (socket != null) {
            socket.close();
        }
        if (port != null) {
            port.close();
        }
        textfile.ifPresent(Textfile::close);
        if (process != null) {
            process.close();
        }
    }

    /** As often as is configured, but with thousands of files no more than a thousandth of the time goes into it. */
    private void run() {
        long pause = config.operation().metrics().every().toMillis();
        long longest = Math.max(pause, LONGEST_PAUSE.toMillis());
        long took;
        try {
            do {
                long began = System.nanoTime();
                lagMeters.show(lags());
                took = (System.nanoTime() - began) / 1_000_000;
                noteLines();
                if (textfile.isPresent() && !textfile.get().write()) {
                    textfileFailures.increment();
                }
                openPort();
            } while (!stop.await(Math.min(longest, Math.max(pause, took * SHARE)), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looked at now and then instead of noted by each line: a line that came is as old as the pause between two looks, at most. */
    private void noteLines() {
        long now = counters.get().lines();
        if (now != lines) {
            lines = now;
            lastLine = clock.instant();
        }
    }

    private List<FileLag> lags() {
        return lags.look(follower.open(), file -> registry.acknowledgedOffset(file.fileId(), file.position()));
    }

    private void gauges() {
        gauge("producer.records.in.flight", () -> outlet.inFlight());
        gauge("producer.files.open", () -> follower.open().size());
        gauge("producer.paths.unreadable", () -> follower.unreadable().size());
        seconds("producer.stalled", () -> outlet.stalled().toMillis() / MILLIS_A_SECOND);
        seconds("producer.checkpoint.age", () -> keeper.ageMillis() / MILLIS_A_SECOND);
        gauge("producer.records.unaccounted", this::unaccounted);
        damaged("older", found.generation() > 0 ? found.damaged() : 0);
        damaged("nothing", found.generation() > 0 ? 0 : found.damaged());
        seconds(
                "producer.idle",
                () -> Duration.between(lastLine, clock.instant()).toSeconds());
        seconds("producer.started", () -> started.getEpochSecond());
    }

    /** Records that were handed over are acknowledged or in flight; for a moment one is neither. */
    private double unaccounted() {
        double handed = meters.counter("producer.records").count();
        double acknowledged = meters.counter("producer.records.acknowledged").count();
        return handed - acknowledged - outlet.inFlight();
    }

    private void gauge(String name, Supplier<Number> value) {
        Gauge.builder(name, value).strongReference(true).register(meters);
    }

    /** No counter: one that is born with its number never increases, so nobody would be told. */
    private void damaged(String left, int generations) {
        Gauge.builder("producer.checkpoint.damaged", () -> generations)
                .tag("left", left)
                .strongReference(true)
                .register(meters);
    }

    private void seconds(String name, Supplier<Number> value) {
        Gauge.builder(name, value).baseUnit("seconds").strongReference(true).register(meters);
    }

    /** Another process may have the port; lines are more than numbers about them, so it is tried again later. */
    private void openPort() {
        int wanted = config.operation().metrics().port();
        if (wanted == 0 || port != null) {
            return;
        }
        try {
            port = MetricsPort.open(wanted, meters::scrape);
        } catch (IOException e) {
            if (!saidPort) {
                LOG.atError().addKeyValue("why", e.getMessage()).log("no metrics are shown; trying again");
            }
            saidPort = true;
        }
    }

    private void openSocket() {
        if (!config.operation().status()) {
            return;
        }
        try {
            socket = StatusSocket.open(config.checkpoint().directory(), this::status);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.atWarn()
                    .addKeyValue("directory", config.checkpoint().directory())
                    .addKeyValue("why", e.toString())
                    .log("`status` will tell what the checkpoint says: no socket can be made in the state directory");
        }
    }
}
