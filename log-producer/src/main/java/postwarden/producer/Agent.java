package postwarden.producer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.checkpoint.CheckpointParams;
import postwarden.producer.checkpoint.CheckpointStore;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.checkpoint.StateLock;
import postwarden.producer.follow.FollowMetrics;
import postwarden.producer.follow.Follower;
import postwarden.producer.publish.KafkaOutlet;
import postwarden.producer.publish.PublishMetrics;
import postwarden.producer.publish.PublishParams;

/**
 * A running agent: one thread reads and hands over, one keeps the checkpoint, Kafka's sends.
 *
 * <p>With {@code once} it ends by itself when everything is read and acknowledged; else it runs until {@link #close}.
 */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final AgentConfig config;
    private final Clock clock;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final FollowMetrics followMetrics = FollowMetrics.in(meters);
    private final PublishMetrics publishMetrics = PublishMetrics.in(meters);
    private final Counter checkpointFailures = meters.counter("producer.checkpoint.failures");
    private final StateLock lock;
    private final Keeper keeper;
    private final KafkaOutlet outlet;
    private final Follower follower;
    private final Thread reader;
    private final CountDownLatch stop = new CountDownLatch(1);
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
        PublishParams publish = config.publish();
        Map<String, Object> kafka = new HashMap<>(publish.kafka());
        kafka.putAll(kafkaOverrides);
        StateLock lock = StateLock.take(config.checkpoint().directory());
        try {
            Agent agent = new Agent(config, publish.with(kafka), lock, clock, standardInput);
            agent.keeper.start();
            agent.reader.start();
            return agent;
        } catch (IOException | KafkaException e) {
            lock.close();
            throw e;
        }
    }

    private Agent(AgentConfig config, PublishParams publish, StateLock lock, Clock clock, InputStream standardInput)
            throws IOException {
        this.config = config;
        this.clock = clock;
        this.lock = lock;
        CheckpointParams checkpoint = config.checkpoint();
        Path directory = checkpoint.directory();
        CheckpointStore store = new CheckpointStore(directory);
        Registry registry = new Registry(store.load(), store.isEmpty());
        keeper = new Keeper(registry, store, checkpoint, checkpointFailures, clock);
        outlet = KafkaOutlet.connect(publish, publishMetrics, clock);
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
        reader = new Thread(this::read, "read-logs");
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
                (long) (followMetrics.losses().count()
                        + publishMetrics.refused().count()),
                outlet.inFlight());
    }

    /** Every meter of the agent. */
    public MeterRegistry meters() {
        return meters;
    }

    /** Stops reading, gives what is on its way the configured time to be acknowledged, and writes a last checkpoint. */
    @Override
    public void close() {
        stop.countDown();
        follower.wake();
        outlet.stop();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        LOG.info("reading {} for {}", config.sources(), config.reporter());
        try {
            follow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void follow() throws InterruptedException {
        boolean stopped = false;
        follower.begin();
        keeper.keep();
        while (!stopped) {
            boolean read = follower.step();
            outlet.tend();
            if (config.follow().once() && follower.exhausted()) {
                follower.end();
                outlet.awaitAcknowledged();
                completed.set(outlet.inFlight() == 0 && follower.everythingWasReadable());
                stopped = true;
            } else {
                if (!read) {
                    follower.rest();
                }
                stopped = stop.getCount() == 0;
            }
        }
    }

    private void end() {
        if (closed.compareAndSet(false, true)) {
            follower.close();
            outlet.close();
            keeper.close();
            try {
                lock.close();
            } catch (IOException e) {
                LOG.warn(
                        "the lock on {} cannot be let go: {}",
                        config.checkpoint().directory(),
                        e.getMessage());
            }
            LOG.info("ended at {}: {}", clock.instant(), counters());
            ended.countDown();
        }
    }
}
