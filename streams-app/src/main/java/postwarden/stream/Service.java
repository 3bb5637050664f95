package postwarden.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running topology. */
public final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    /** How long a stop may take before Kafka's transactions are left to time out. */
    private static final Duration STOP = Duration.ofSeconds(30);

    private final KafkaStreams streams;
    private final TopicFormats formats;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final RocksMemory memory;
    private final Settings settings;
    private final Running running;
    private final Restoring restoring;
    private final Orphans orphans;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();

    private Service(
            KafkaStreams streams,
            TopicFormats formats,
            RocksMemory memory,
            Settings settings,
            Running running,
            Restoring restoring,
            Orphans orphans) {
        this.streams = streams;
        this.orphans = orphans;
        this.settings = settings;
        this.restoring = restoring;
        this.running = running;
        this.formats = formats;
        this.memory = memory;
    }

    /**
     * Starts the topology. Local state that cannot be opened, as after a full disk or a careless hand, is deleted and restored
     * from Kafka: it is a copy, and a service that ended there would end again at each start.
     */
    public static Service start(Settings settings, Running running, Meters meters) {
        return start(settings, running, meters, KafkaStreams::new);
    }

    /**
     * The same.
     *
     * @param runtime makes what runs it, with whatever clients it shall have
     */
    public static Service start(
            Settings settings, Running running, Meters meters, BiFunction<Topology, Properties, KafkaStreams> runtime) {
        try {
            return started(settings, running, meters, runtime);
        } catch (ProcessorStateException damaged) {
            LOG.atWarn()
                    .addKeyValue("reason", damaged.getMessage())
                    .log("local state cannot be opened; it is deleted and restored from Kafka");
            wipe(LocalState.of(running.stateDir(), running.applicationId()));
            return started(settings, running, meters, runtime);
        }
    }

    private static void wipe(LocalState state) {
        try {
            state.wipe();
        } catch (IOException refused) {
            throw new UncheckedIOException("the damaged state in " + state.folder() + " cannot be deleted", refused);
        }
    }

    private static Service started(
            Settings settings, Running running, Meters meters, BiFunction<Topology, Properties, KafkaStreams> runtime) {
        Service service = of(settings, running, meters, runtime);
        boolean begun = false;
        try {
            service.streams.start();
            begun = true;
            return service;
        } finally {
            if (!begun) {
                service.close();
            }
        }
    }

    private static Service of(
            Settings settings, Running running, Meters meters, BiFunction<Topology, Properties, KafkaStreams> runtime) {
        Properties properties = running.properties();
        Topics topics = settings.topics();
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, Quarantine.class);
        properties.put(Quarantine.DEAD_LETTERS, topics.deadLetters());
        properties.put(Quarantine.METERS, meters);
        properties.put("main.consumer.interceptor.classes", RecordBounds.class.getName());
        properties.put("main.consumer." + RecordBounds.TOPIC, topics.lines());
        properties.put("main.consumer." + Quarantine.METERS, meters);
        RocksMemory memory = new RocksMemory(running.stores());
        memory.into(properties);
        TopicFormats formats = TopicFormats.of(running.kafka());
        Topology topology = new MailTopology(settings, meters).build(properties, formats);
        KafkaStreams streams = runtime.apply(topology, properties);
        Service service = new Service(
                streams,
                formats,
                memory,
                settings,
                running,
                new Restoring(List.of(meters.service().restores())),
                Orphans.of(running));
        meters.service().show(service::isRunning, memory);
        streams.setGlobalStateRestoreListener(service.restoring);
        Restarts restarts = new Restarts(running.threads());
        streams.setUncaughtExceptionHandler(failure -> {
            meters.service().threadFailed();
            return service.replaces(failure, restarts)
                    ? StreamThreadExceptionResponse.REPLACE_THREAD
                    : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((now, before) -> {
            LOG.atInfo().addKeyValue("state", now).log("the service changed its state");
            if (now == KafkaStreams.State.NOT_RUNNING || now == KafkaStreams.State.ERROR) {
                service.stopped.countDown();
            }
            if (now == KafkaStreams.State.REBALANCING || now == KafkaStreams.State.RUNNING) {
                service.orphans.look();
            }
        });
        return service;
    }

    /** Whether it processes, and does not restore or rebalance. */
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** What runs it, for questions to its stores; not to be stopped by who asks. */
    public KafkaStreams streams() {
        return streams;
    }

    public Settings settings() {
        return settings;
    }

    public Running running() {
        return running;
    }

    /** What is being read from changelogs. */
    public Restoring restoring() {
        return restoring;
    }

    /**
     * Kafka's own meters: of the streams and of all their clients.
     *
     * @param every how often to look for new ones, which come with tasks and partitions
     */
    public AutoCloseable kafkaMeters(MeterRegistry registry, ScheduledExecutorService timer, Duration every) {
        KafkaStreamsMetrics meters = new KafkaStreamsMetrics(streams, List.of(), timer, every);
        meters.bindTo(registry);
        return meters;
    }

    /** Whether it has stopped, by itself or because it was told to. */
    public boolean hasStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits until it has stopped. @return why it gave up, where it was not told to stop */
    public Optional<String> awaitStop() throws InterruptedException {
        stopped.await();
        return Optional.ofNullable(fatal.get()).map(Service::words);
    }

    /** Whether a thread that failed is to be replaced; waits before it says so. The thread's work is not committed. */
    private boolean replaces(Throwable failure, Restarts restarts) {
        Optional<Duration> wait =
                failure instanceof VirtualMachineError ? Optional.empty() : restarts.after(System.nanoTime());
        if (wait.isEmpty()) {
            fatal.set(failure);
            LOG.atError()
                    .setCause(failure)
                    .log("a stream thread failed, and so did those before it; the service stops");
            return false;
        }
        LOG.atError()
                .setCause(failure)
                .addKeyValue("wait", wait.get())
                .log("a stream thread failed; another takes its place and its uncommitted work is done again");
        try {
            // Ends early when the service is closed; then the answer no longer matters.
            var unused = stopping.await(wait.get().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    /** What failed and the first cause of it, in one line. */
    private static String words(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String all = failure.getMessage() + (cause == failure ? "" : ": " + cause);
        return all.replaceAll("\\s+", " ");
    }

    /** Leaves the group as it stops, so that another instance takes over at once and not after the session's end. */
    @Override
    public void close() {
        stopping.countDown();
        boolean stoppedInTime = streams.close(CloseOptions.timeout(STOP)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        orphans.close();
        formats.close();
        if (stoppedInTime) {
            memory.close();
        }
    }
}
