package postwarden.producer.publish;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Hands records to Kafka's producer, one at a time, for as long as it takes until that has each; and hears from it what became of
 * them. Belongs to the reading thread; what is heard comes from Kafka's.
 */
final class HandOver {
    private static final long BETWEEN_QUESTIONS_MILLIS = 200;
    /** A hand-over that takes longer has waited: for a broker, for the registry, or for room in Kafka's buffer. */
    private static final long WAITED_NANOS = 10_000_000;

    private static final double NANOS_A_SECOND = 1e9;

    private final Connection connection;
    private final Gate gate;
    private final Window window;
    private final Waits waits;
    private final Trouble trouble;
    private final PublishMetrics metrics;
    /** Filled by Kafka's thread, emptied by ours. */
    private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();

    private volatile boolean progressed;

    /**
     * A line that Kafka will never take, as long as its limits are what they are.
     *
     * @param record the line
     * @param error what Kafka says
     */
    record Refused(InFlight record, Exception error) {}

    HandOver(Connection connection, Gate gate, Window window, Waits waits, Trouble trouble, PublishMetrics metrics) {
        this.connection = connection;
        this.gate = gate;
        this.window = window;
        this.waits = waits;
        this.trouble = trouble;
        this.metrics = metrics;
    }

    /** Hands a record to Kafka's producer, waiting while it cannot take it. When that fails for good, it is to be handed to another. */
    void hand(InFlight record) {
        while (!waits.isStopping() && !connection.isInterrupted() && !(isAdmitted() && handed(record))) {
            metrics.retried().increment();
        }
    }

    /** The next line that Kafka never takes. */
    Optional<Refused> nextRefused() {
        return Optional.ofNullable(refused.poll());
    }

    /** Whether anything was acknowledged since this was asked last. */
    boolean hasProgressed() {
        boolean has = progressed;
        progressed = false;
        return has;
    }

    /** Whether nothing was acknowledged for longer than is to be complained of, of one partition at least. Safe from any thread. */
    boolean isStalled() {
        return window.stalledMillis() > connection.params().complainAfter().toMillis();
    }

    /** Counts a wait that was one. */
    void noteWait(long beganNanos) {
        long waited = System.nanoTime() - beganNanos;
        if (waited > WAITED_NANOS) {
            noteWaited(waited);
        }
    }

    /** Counts a wait of that length. */
    void noteWaited(long nanos) {
        metrics.blocked().increment(nanos / NANOS_A_SECOND);
    }

    private boolean isAdmitted() {
        if (gate.isOpen()) {
            return true;
        }
        long began = System.nanoTime();
        boolean open = gate.opens(connection.params().kafka(), why -> {
            trouble.is(why);
            waits.rest(BETWEEN_QUESTIONS_MILLIS, connection::isSucceeded);
        });
        if (!gate.refusal().isEmpty()) {
            waits.stop();
            window.wake();
        }
        noteWait(began);
        return open;
    }

    private boolean handed(InFlight record) {
        Delivery delivery = new Delivery(record);
        long began = System.nanoTime();
        try {
            connection.send(new ProducerRecord<>(connection.params().topic(), record.key(), record), delivery);
            window.placed(record);
        } catch (SerializationException e) {
            trouble.is("a line cannot be encoded (" + Trouble.words(e) + ")");
            waits.rest(Waits.SLICE_MILLIS, connection::isSucceeded);
            return false;
        } catch (InterruptException e) {
            waits.stop();
            return true;
        } catch (KafkaException e) {
            connection.failed(connection.generation(), e);
            return true;
        } finally {
            noteWait(began);
        }
        Exception error = delivery.error;
        if (error instanceof TimeoutException) {
            trouble.is("Kafka at " + connection.servers() + " cannot be reached (" + Trouble.words(error) + ")");
            return false;
        }
        return true;
    }

    private void acknowledged(InFlight record) {
        if (window.settle(record)) {
            metrics.acknowledged().increment();
            progressed = true;
            if (!trouble.current().isEmpty() && !isStalled()) {
                trouble.over();
            }
            record.tellAcknowledged();
        }
    }

    /** What became of one hand-over. */
    private final class Delivery implements Callback {
        private final InFlight record;
        private final int sentBy = connection.generation();
        private volatile @Nullable Exception error;

        Delivery(InFlight record) {
            this.record = record;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception outcome) {
            if (outcome == null) {
                acknowledged(record);
                return;
            }
            error = outcome;
            if (outcome instanceof RecordTooLargeException && record.isLine()) {
                refused.add(new Refused(record, outcome));
                window.wake();
                return;
            }
            // With an unlimited delivery timeout only the hand-over itself times out, before the record is taken: it is
            // tried again.
            if (!(outcome instanceof TimeoutException) && connection.failed(sentBy, outcome)) {
                window.wake();
            }
        }
    }
}
