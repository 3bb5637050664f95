package postwarden.producer.publish;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records to Kafka and keeps each until it is acknowledged. When Kafka's producer fails for good, it is closed, a new one is
 * built and gets everything that is unacknowledged again, in its order; so nothing is lost, and what had arrived arrives twice with the
 * same file and offset. While brokers or registry are away it waits. All methods but {@link #stop}, {@link #reconnect} and those that
 * only tell something belong to one thread.
 */
public final class KafkaOutlet implements Outlet, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaOutlet.class);
    private static final long FIRST_BACKOFF_MILLIS = 200;

    private final Connection connection;
    private final Gate gate;
    private final PublishMetrics metrics;
    private final Trouble trouble;
    private final Window window;
    private final Waits waits = new Waits();
    private final HandOver handOver;

    private boolean saidRefused;
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
                set -> clients.of(new KafkaProducer<>(KafkaSettings.forLines(set.kafka()))),
                new Gate(admission),
                metrics,
                clock);
    }

    KafkaOutlet(
            PublishParams params, Supplier<Producer<String, InFlight>> factory, PublishMetrics metrics, Clock clock) {
        this(params, set -> factory.get(), new Gate(Admission.ANY), metrics, clock);
    }

    KafkaOutlet(
            PublishParams params,
            Function<PublishParams, Producer<String, InFlight>> factory,
            Gate gate,
            PublishMetrics metrics,
            Clock clock) {
        this.connection = new Connection(params, factory);
        this.gate = gate;
        this.metrics = metrics;
        this.trouble = new Trouble(clock);
        this.window = new Window(params);
        this.handOver = new HandOver(connection, gate, window, waits, trouble, metrics);
    }

    @Override
    public boolean hasRoom(String host) {
        return window.hasRoom(host);
    }

    @Override
    public void waited(long nanos) {
        handOver.noteWaited(nanos);
    }

    @Override
    public boolean send(Outgoing record, Runnable acknowledged) {
        while (!window.hasRoom()) {
            if (waits.isStopping()) {
                return false;
            }
            long began = System.nanoTime();
            waits.pause(() -> window.awaitRoom(Waits.SLICE_MILLIS));
            handOver.noteWait(began);
            tend();
        }
        if (waits.isStopping()) {
            return false;
        }
        metrics.handed().increment();
        handOver.hand(window.add(record, acknowledged));
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

    /** For how long records have waited and none was acknowledged, of the partition where that is longest. Safe from any thread. */
    public Duration stalled() {
        return Duration.ofMillis(window.stalledMillis());
    }

    /** What is wrong now, in one sentence; empty when nothing is. Safe from any thread. */
    public String trouble() {
        return trouble.current();
    }

    /** Looks after what is on its way: says LOSS in the place of what Kafka never takes, builds a failed producer anew, and says when nothing is acknowledged. To be called often. */
    public void tend() {
        while (connection.isInterrupted() && !waits.isStopping()) {
            if (connection.succeed()) {
                gate.shut();
                LOG.atInfo().addKeyValue("servers", connection.servers()).log("connecting to Kafka anew");
                sendAgain();
            } else {
                rebuild();
            }
        }
        sayLost();
        if (handOver.isStalled()) {
            PublishParams params = connection.params();
            List<Integer> some =
                    window.stalledAmongOthers(params.complainAfter().toMillis());
            String where = some.isEmpty() ? "" : " of partitions " + some + " of " + params.topic();
            trouble.is("Kafka at " + connection.servers() + " has acknowledged nothing" + where + " for more than "
                    + params.complainAfter().toSeconds() + " s");
        }
    }

    /** Waits until everything is acknowledged, or until {@link #stop}. */
    public void awaitAcknowledged() {
        while (window.size() > 0 && !waits.isStopping()) {
            waits.pause(() -> window.awaitEmpty(Waits.SLICE_MILLIS));
            tend();
        }
    }

    /** How many records are unacknowledged. */
    public int inFlight() {
        return window.size();
    }

    /** Makes every wait end soon; records that are offered from now on are not taken. Safe from any thread. */
    public void stop() {
        waits.stop();
        window.wake();
    }

    /** Gives what is on its way the time that is configured, counted from {@link #stop}, then lets go. */
    @Override
    public void close() {
        stop();
        connection.close(waits.left(connection.params().drain()));
        if (window.size() > 0) {
            LOG.atInfo()
                    .addKeyValue("records", window.size())
                    .log("not everything was acknowledged in time; the next start sends it again");
        }
    }

    private void rebuild() {
        trouble.is("Kafka's producer failed ("
                + connection.failure().map(Trouble::words).orElse("no reason given") + ")");
        connection.discard();
        backoffMillis = handOver.hasProgressed() ? FIRST_BACKOFF_MILLIS : backoffMillis;
        waits.rest(backoffMillis, connection::isSucceeded);
        backoffMillis =
                Math.min(backoffMillis * 2, connection.params().longestBackoff().toMillis());
        metrics.rebuilt().increment();
        if (connection.rebuild()) {
            sendAgain();
        }
    }

    private void sendAgain() {
        for (InFlight record : window.all()) {
            metrics.repeated().increment();
            record.again();
            handOver.hand(record);
        }
    }

    /** Lines that are refused for good would hold up all others for ever; that they are missing must be known to readers. */
    private void sayLost() {
        Optional<HandOver.Refused> next = waits.isStopping() ? Optional.empty() : handOver.nextRefused();
        while (next.isPresent()) {
            sayLost(next.get());
            next = waits.isStopping() ? Optional.empty() : handOver.nextRefused();
        }
    }

    private void sayLost(HandOver.Refused refused) {
        InFlight record = refused.record();
        String why = "Kafka does not take " + record.where() + " (" + Trouble.words(refused.error()) + ")";
        if (window.lose(record, why)) {
            metrics.refused().increment();
            if (!saidRefused) {
                LOG.atError()
                        .addKeyValue("why", why)
                        .log("a LOSS record stands in the place of a line; is max.message.bytes under 65536?");
                saidRefused = true;
            }
            handOver.hand(record);
        }
    }
}
