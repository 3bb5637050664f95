package postwarden.producer.publish;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;

/**
 * Sends records to Kafka and keeps each until it is acknowledged. When Kafka's producer fails for good, it is closed, a new one is
 * built and gets everything that is unacknowledged again, in its order; so nothing is lost, and what had arrived arrives twice with the
 * same file and offset. While brokers or registry are away it waits. All methods but {@link #stop}, {@link #reconnect} and those that
 * only tell something belong to one thread.
 */
public final class KafkaOutlet implements Outlet, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaOutlet.class);
    private static final long SLICE_MILLIS = 100;
    private static final long FIRST_BACKOFF_MILLIS = 200;
    /** A hand-over that takes longer has waited: for a broker, for the registry, or for room in Kafka's buffer. */
    private static final long WAITED_NANOS = 10_000_000;

    private static final double NANOS_A_SECOND = 1e9;

    private final Connection connection;
    private final Gate gate;
    private final PublishMetrics metrics;
    private final Trouble trouble;
    private final Window window;
    /** Filled by Kafka's thread, emptied by ours. */
    private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();

    private boolean saidRefused;
    private volatile boolean stopping;
    /** Written before {@code stopping}, and so seen by whoever sees that. */
    private long stoppedNanos;

    private long backoffMillis = FIRST_BACKOFF_MILLIS;

    /**
     * Connects nothing yet: Kafka's producer finds its brokers in the background.
     *
     * @param clients shows that producer's own meters
     * @throws KafkaException when the settings make no producer
     */
    public static KafkaOutlet connect(
            PublishParams params, Admission admission, PublishMetrics metrics, ClientMeters clients, Clock clock) {
        return new KafkaOutlet(
                params,
                set -> clients.of(new KafkaProducer<>(KafkaSettings.effective(set.kafka()))),
                new Gate(admission),
                metrics,
                clock);
    }

    KafkaOutlet(
            PublishParams params, Supplier<Producer<String, MailLine>> factory, PublishMetrics metrics, Clock clock) {
        this(params, set -> factory.get(), new Gate(Admission.ANY), metrics, clock);
    }

    KafkaOutlet(
            PublishParams params,
            Function<PublishParams, Producer<String, MailLine>> factory,
            Gate gate,
            PublishMetrics metrics,
            Clock clock) {
        this.connection = new Connection(params, factory);
        this.gate = gate;
        this.metrics = metrics;
        this.trouble = new Trouble(clock);
        this.window = new Window(params);
    }

    @Override
    public boolean send(Outgoing record, Runnable acknowledged) {
        while (!window.hasRoom()) {
            if (stopping) {
                return false;
            }
            long began = System.nanoTime();
            pause(() -> window.awaitRoom(SLICE_MILLIS));
            noteWait(began);
            tend();
        }
        if (stopping) {
            return false;
        }
        // The host's own name is the key: all its lines stand in one partition, in their order.
        ProducerRecord<String, MailLine> sent =
                new ProducerRecord<>(connection.params().topic(), record.host(), MailLines.of(record));
        metrics.handed().increment();
        Window.Waiting waiting = window.add(sent, record.text().remaining(), acknowledged);
        hand(waiting);
        if (connection.isInterrupted()) {
            tend();
        }
        return true;
    }

    /**
     * Goes on with other settings for Kafka, or with new certificates under the same ones; what is unacknowledged is sent again. Safe from
     * any thread, also while ours waits for brokers that are away.
     *
     * @throws KafkaException when they make no producer, or lead to a cluster that could lose lines; then nothing changes
     */
    public void reconnect(Map<String, Object> kafka) {
        List<String> objections = gate.objections(kafka);
        if (!objections.isEmpty()) {
            throw new KafkaException(String.join("; ", objections));
        }
        connection.prepare(kafka);
        window.wake();
    }

    /** Why the cluster is not given lines; empty while it is, or is not known. Safe from any thread. */
    public List<String> refusal() {
        return gate.refusal();
    }

    /** For how long records have waited and none was acknowledged. Safe from any thread. */
    public Duration stalled() {
        return Duration.ofMillis(window.stalledMillis());
    }

    /** What is wrong now, in one sentence; empty when nothing is. Safe from any thread. */
    public String trouble() {
        return trouble.current();
    }

    /** Looks after what is on its way: says LOSS in the place of what Kafka never takes, builds a failed producer anew, and says when nothing is acknowledged. To be called often. */
    public void tend() {
        while (connection.isInterrupted() && !stopping) {
            if (connection.succeed()) {
                gate.shut();
                LOG.atInfo().addKeyValue("servers", servers()).log("connecting to Kafka anew");
                sendAgain();
            } else {
                rebuild();
            }
        }
        for (Refused next = refused.poll(); next != null && !stopping; next = refused.poll()) {
            sayLost(next);
        }
        long stalled = window.stalledMillis();
        if (stalled > connection.params().complainAfter().toMillis()) {
            trouble.is("Kafka at " + servers() + " has acknowledged nothing for more than "
                    + connection.params().complainAfter().toSeconds() + " s");
        }
    }

    /** Waits until everything is acknowledged, or until {@link #stop}. */
    public void awaitAcknowledged() {
        while (window.size() > 0 && !stopping) {
            pause(() -> window.awaitEmpty(SLICE_MILLIS));
            tend();
        }
    }

    /** How many records are unacknowledged. */
    public int inFlight() {
        return window.size();
    }

    /** Makes every wait end soon; records that are offered from now on are not taken. Safe from any thread. */
    public void stop() {
        if (!stopping) {
            stoppedNanos = System.nanoTime();
            stopping = true;
        }
        window.wake();
    }

    /** Gives what is on its way the time that is configured, counted from {@link #stop}, then lets go. */
    @Override
    public void close() {
        stop();
        Duration left = connection.params().drain().minusNanos(System.nanoTime() - stoppedNanos);
        connection.close(left.isNegative() ? Duration.ZERO : left);
        if (window.size() > 0) {
            LOG.atInfo()
                    .addKeyValue("records", window.size())
                    .log("not everything was acknowledged in time; the next start sends it again");
        }
    }

    /** Hands a record to Kafka's producer, waiting while it cannot take it. When that fails for good, {@link #tend} sends it again. */
    private void hand(Window.Waiting waiting) {
        while (!stopping && !connection.isInterrupted() && !(isAdmitted() && handed(waiting))) {
            metrics.retried().increment();
        }
    }

    private boolean isAdmitted() {
        if (gate.isOpen()) {
            return true;
        }
        long began = System.nanoTime();
        boolean open = gate.opens(connection.params().kafka(), why -> {
            trouble.is(why);
            rest(FIRST_BACKOFF_MILLIS);
        });
        if (!gate.refusal().isEmpty()) {
            stop();
        }
        noteWait(began);
        return open;
    }

    private void noteWait(long beganNanos) {
        long waited = System.nanoTime() - beganNanos;
        if (waited > WAITED_NANOS) {
            metrics.blocked().increment(waited / NANOS_A_SECOND);
        }
    }

    private boolean handed(Window.Waiting waiting) {
        Delivery delivery = new Delivery(waiting);
        long began = System.nanoTime();
        try {
            connection.send(waiting.record(), (metadata, error) -> delivery.completed(error));
        } catch (SerializationException e) {
            trouble.is("a line cannot be encoded (" + Trouble.words(e) + ")");
            rest(SLICE_MILLIS);
            return false;
        } catch (InterruptException e) {
            stop();
            return true;
        } catch (KafkaException e) {
            connection.failed(connection.generation(), e);
            return true;
        } finally {
            noteWait(began);
        }
        if (delivery.timedOut()) {
            trouble.is("Kafka at " + servers() + " cannot be reached (" + delivery.words() + ")");
            return false;
        }
        return true;
    }

    private void rebuild() {
        trouble.is("Kafka's producer failed ("
                + connection.failure().map(Trouble::words).orElse("no reason given") + ")");
        connection.discard();
        rest(backoffMillis);
        backoffMillis =
                Math.min(backoffMillis * 2, connection.params().longestBackoff().toMillis());
        metrics.rebuilt().increment();
        if (connection.rebuild()) {
            sendAgain();
        }
    }

    private void sendAgain() {
        for (Window.Waiting waiting : window.all()) {
            metrics.repeated().increment();
            hand(waiting);
        }
    }

    /** A line that is refused for good would hold up all others for ever; that it is missing must be known to readers. */
    private void sayLost(Refused next) {
        ProducerRecord<String, MailLine> record = next.waiting().record();
        MailLine line = record.value();
        String why = "Kafka does not take bytes " + line.getStartOffset() + " to " + line.getEndOffset() + " of "
                + line.getFile() + " (" + Trouble.words(next.error()) + ")";
        ProducerRecord<String, MailLine> loss =
                new ProducerRecord<>(record.topic(), record.key(), MailLines.lossOf(line, why));
        window.replace(next.waiting(), loss).ifPresent(instead -> {
            metrics.refused().increment();
            if (!saidRefused) {
                LOG.atError()
                        .addKeyValue("why", why)
                        .log("a LOSS record stands in the place of a line; is max.message.bytes under 65536?");
                saidRefused = true;
            }
            hand(instead);
        });
    }

    private void acknowledged(Window.Waiting waiting) {
        if (window.remove(waiting)) {
            metrics.acknowledged().increment();
            backoffMillis = FIRST_BACKOFF_MILLIS;
            trouble.over();
            waiting.acknowledged().run();
        }
    }

    private void rest(long millis) {
        for (long left = millis; left > 0 && !stopping && !connection.isSucceeded(); left -= SLICE_MILLIS) {
            long slice = Math.min(left, SLICE_MILLIS);
            pause(() -> Thread.sleep(slice));
        }
    }

    private Object servers() {
        return connection.params().kafka().getOrDefault("bootstrap.servers", "?");
    }

    private void pause(Wait wait) {
        try {
            wait.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }

    @FunctionalInterface
    private interface Wait {
        void run() throws InterruptedException;
    }

    /** A line that Kafka will never take, as long as its limits are what they are. */
    private record Refused(Window.Waiting waiting, Exception error) {}

    /** What became of one hand-over. */
    private final class Delivery {
        private final Window.Waiting waiting;
        private final int sentBy = connection.generation();
        private volatile @Nullable Exception error;

        Delivery(Window.Waiting waiting) {
            this.waiting = waiting;
        }

        void completed(@Nullable Exception outcome) {
            if (outcome == null) {
                acknowledged(waiting);
                return;
            }
            error = outcome;
            MailLine line = waiting.record().value();
            if (outcome instanceof RecordTooLargeException && line.getKind() == MailLineKind.LINE) {
                refused.add(new Refused(waiting, outcome));
                window.wake();
                return;
            }
            // With an unlimited delivery timeout only the hand-over itself times out, before the record is taken: it is
            // tried again.
            if (!(outcome instanceof TimeoutException) && connection.failed(sentBy, outcome)) {
                window.wake();
            }
        }

        boolean timedOut() {
            return error instanceof TimeoutException;
        }

        String words() {
            Exception known = error;
            return known == null ? "" : Trouble.words(known);
        }
    }
}
