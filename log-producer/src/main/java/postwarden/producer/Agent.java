package postwarden.producer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.checkpoint.Checkpoint;
import postwarden.producer.checkpoint.CheckpointParams;
import postwarden.producer.checkpoint.CheckpointStore;
import postwarden.producer.checkpoint.Origin;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.checkpoint.StateLock;
import postwarden.producer.follow.Feed;
import postwarden.producer.follow.FollowMetrics;
import postwarden.producer.follow.Follower;
import postwarden.producer.follow.Source;
import postwarden.producer.preflight.ClusterAdmission;
import postwarden.producer.publish.Admission;
import postwarden.producer.publish.ClientMeters;
import postwarden.producer.publish.KafkaOutlet;
import postwarden.producer.publish.KafkaSettings;
import postwarden.producer.publish.PublishMetrics;
import postwarden.producer.publish.PublishParams;
import postwarden.producer.receive.Leftovers;

/**
 * A running agent: one thread reads and hands over, one keeps the checkpoint, Kafka's sends; what is measured beside has threads and
 * a producer of its own.
 *
 * <p>With {@code once} it ends by itself when everything is read and acknowledged; else it runs until {@link #close}.
 */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final FollowMetrics followMetrics = FollowMetrics.in(meters);
    private final PublishMetrics publishMetrics = PublishMetrics.in(meters);
    private final Counter checkpointFailures = meters.counter("producer.checkpoint.failures");
    private final ClientMeters clientMeters;
    private final StateLock lock;
    private final Keeper keeper;
    private final KafkaOutlet outlet;
    private final Optional<Measurement> measurement;
    private final Follower follower;
    private final Watch watch;
    private final ReadLoop loop;
    private final Thread reader;
    private final Map<String, Object> kafkaOverrides;
    private volatile AgentConfig config;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean completed = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Starts an agent that reads standard input, if its sources say so, from this process.
     *
     * @param config what it is told
     * @param kafkaOverrides settings of Kafka's producer that go over the configured ones
     * @param clock what time it is
     * @throws IOException when the state directory is held by another agent or cannot be used
     * @throws KafkaException when the settings make no producer
     */
    public static Agent start(AgentConfig config, Map<String, Object> kafkaOverrides, Clock clock) throws IOException {
        return start(config, kafkaOverrides, clock, System.in);
    }

    /**
     * Starts an agent with a standard input of its own.
     *
     * @param config what it is told
     * @param kafkaOverrides settings of Kafka's producer that go over the configured ones
     * @param clock what time it is
     * @param standardInput read when a source says so
     * @throws IOException when the state directory is held by another agent or cannot be used
     * @throws KafkaException when the settings make no producer
     */
    public static Agent start(
            AgentConfig config, Map<String, Object> kafkaOverrides, Clock clock, InputStream standardInput)
            throws IOException {
        StateLock lock = StateLock.take(config.checkpoint().directory());
        try {
            Agent agent = new Agent(config, kafkaOverrides, lock, clock, standardInput);
            agent.keeper.start();
            // Before the reader, which ends them.
            agent.measurement.ifPresent(Measurement::start);
            agent.watch.start();
            agent.reader.start();
            return agent;
        } catch (IOException | KafkaException e) {
            lock.close();
            throw e;
        }
    }

    private Agent(
            AgentConfig config,
            Map<String, Object> kafkaOverrides,
            StateLock lock,
            Clock clock,
            InputStream standardInput)
            throws IOException {
        this.config = config;
        this.kafkaOverrides = Map.copyOf(kafkaOverrides);
        this.lock = lock;
        CheckpointParams checkpoint = config.checkpoint();
        Path directory = checkpoint.directory();
        CheckpointStore store = new CheckpointStore(directory);
        Checkpoint loaded = store.load();
        Origin origin = Origin.of(directory);
        Registry registry = new Registry(
                loaded, store.isEmpty(), origin.exact(store.generation()), store.lostSince(checkpoint.forgetAfter()));
        keeper = new Keeper(registry, store, origin, checkpoint, checkpointFailures, clock);
        PublishParams publish =
                config.publish().with(overridden(config.publish().kafka(), kafkaOverrides));
        boolean dev = config.operation().dev();
        Admission admission = dev ? Admission.ANY : new ClusterAdmission(publish.topic(), false);
        clientMeters = config.operation().metrics().isShown()
                ? ClientMeters.in(meters, config.operation().metrics().every())
                : ClientMeters.none();
        outlet = KafkaOutlet.connect(publish, admission, publishMetrics, clientMeters, clock);
        measurement = Measurement.of(config, publish.kafka(), meters, clock);
        follower = new Follower(
                config.follow(),
                config.sources(),
                config.reporter(),
                registry,
                outlet,
                standardInput,
                config.redaction(),
                followMetrics,
                clock);
        loop = new ReadLoop(follower, outlet, keeper, config.follow().once());
        watch = new Watch(config, this::counters, registry, store.loaded(), follower, outlet, keeper, meters, clock);
        reader = new Thread(this::read, "read-logs");
    }

    private static Map<String, Object> overridden(Map<String, Object> kafka, Map<String, Object> overrides) {
        Map<String, Object> all = new HashMap<>(kafka);
        all.putAll(overrides);
        return all;
    }

    /**
     * Goes on as another configuration says, as far as that is possible without a new start: other sources, other settings for Kafka, and
     * new certificates or passwords under the same settings. Takes effect soon after; no line is lost or sent twice by it, but that what
     * Kafka had not acknowledged is sent again where the connection is made anew. Safe from any thread.
     *
     * @throws KafkaException when the settings make no producer; then nothing changes
     */
    public synchronized Reload reload(AgentConfig fresh) {
        AgentConfig before = config;
        Map<String, Object> kafka = fresh.publish().kafka();
        boolean reconnect = !kafka.equals(before.publish().kafka()) || KafkaSettings.hasCredentials(kafka);
        if (reconnect) {
            outlet.reconnect(overridden(kafka, kafkaOverrides));
        }
        Changes changes = Changes.between(before, fresh);
        if (!changes.sources().equals(before.sources())) {
            loop.follow(changes.sources());
        }
        config = changes.inForce();
        return changes.reload(reconnect);
    }

    /** Why the cluster is not given lines, so that the agent has ended or will; empty while that is not so. */
    public List<String> refusal() {
        return outlet.refusal();
    }

    /**
     * Waits until the agent has ended, by itself or by {@link #close}.
     *
     * @return whether it read everything that it was told to, and all of that is acknowledged
     * @throws InterruptedException when this thread is interrupted while it waits
     */
    public boolean awaitEnd() throws InterruptedException {
        ended.await();
        return completed.get();
    }

    /** What it has done so far. */
    public Counters counters() {
        return new Counters(
                (long) followMetrics.lines().count(),
                (long) followMetrics.bytes().count(),
                (long) publishMetrics.acknowledged().count(),
                (long) followMetrics.unparsed().count(),
                (long) meters.find("producer.losses").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum(),
                outlet.inFlight());
    }

    /** Every meter of the agent. */
    public MeterRegistry meters() {
        return meters;
    }

    /** Stops reading, gives what is on its way the configured time to be acknowledged, and writes a last checkpoint. */
    @Override
    public void close() {
        loop.stop();
        follower.wake();
        outlet.stop();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was taken from senders must not lie on the disk unseen because its source was renamed or removed. */
    private void sayLeftovers() {
        Set<Path> used = config.sources().stream()
                .map(Source::feed)
                .flatMap(feed -> feed instanceof Feed.Syslog syslog ? Stream.of(syslog.spool()) : Stream.empty())
                .collect(Collectors.toSet());
        try {
            Leftovers.of(Feed.spools(config.checkpoint().directory()), used)
                    .forEach((spool, bytes) -> LOG.atWarn()
                            .addKeyValue("spool", spool)
                            .addKeyValue("bytes", bytes)
                            .log(
                                    "what was received is sent by no source; let a source listen there as before until it is, or"
                                            + " delete it"));
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("directory", config.checkpoint().directory())
                    .addKeyValue("why", e.getMessage())
                    .log("the spools cannot be looked at");
        }
    }

    private void read() {
        sayLeftovers();
        LOG.atInfo()
                .addKeyValue("reporter", config.reporter())
                .addKeyValue("sources", config.sources().size())
                .log("reading");
        try {
            completed.set(loop.run());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void end() {
        if (closed.compareAndSet(false, true)) {
            follower.close();
            outlet.close();
            clientMeters.close();
            keeper.drained(outlet.inFlight() == 0);
            keeper.close();
            measurement.ifPresent(Measurement::close);
            watch.close();
            try {
                lock.close();
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("directory", config.checkpoint().directory())
                        .addKeyValue("why", e.getMessage())
                        .log("the lock on the state directory cannot be let go");
            }
            Counters done = counters();
            LOG.atInfo()
                    .addKeyValue("lines", done.lines())
                    .addKeyValue("bytes", done.bytes())
                    .addKeyValue("acknowledged", done.acknowledged())
                    .addKeyValue("unparsed", done.unparsedHeaders())
                    .addKeyValue("losses", done.losses())
                    .addKeyValue("unacknowledged", done.inFlight())
                    .log("ended");
            ended.countDown();
        }
    }
}
