package postwarden.producer.publish;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's producer of the moment, and what takes its place: another of the same kind after it failed for good, or one with other settings
 * when the configuration was read again. Failures are noted from any thread; the producer belongs to one.
 */
final class Connection {
    /** What the old producer may still get acknowledged when another takes its place; the rest is sent again. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Function<PublishParams, Producer<String, InFlight>> factory;
    /** Set by Kafka's thread too, taken by ours. */
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    /** Made by whoever reads the configuration, taken by our thread. */
    private final AtomicReference<@Nullable Successor> successor = new AtomicReference<>();
    /** How many producers there were; what an old one says about its failures no longer counts. */
    private final AtomicInteger generation = new AtomicInteger();

    private volatile PublishParams params;
    private Producer<String, InFlight> producer;

    /** What takes the place of the producer, and what it was made of. */
    private record Successor(PublishParams params, Producer<String, InFlight> producer) {}

    /** Makes the first producer. @throws KafkaException when the settings make none */
    Connection(PublishParams params, Function<PublishParams, Producer<String, InFlight>> factory) {
        this.params = params;
        this.factory = factory;
        this.producer = factory.apply(params);
    }

    /** What the producer was made of. */
    PublishParams params() {
        return params;
    }

    /** Where Kafka is, for people. */
    Object servers() {
        return params.kafka().getOrDefault("bootstrap.servers", "?");
    }

    int generation() {
        return generation.get();
    }

    /** Whether the producer has failed, or is to be replaced, so that nothing more is to be handed to it. */
    boolean isInterrupted() {
        return failure.get() != null || isSucceeded();
    }

    /** Whether another producer waits to take its place. */
    boolean isSucceeded() {
        return successor.get() != null;
    }

    /** Why the producer can do no more; empty while it can. */
    Optional<Exception> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Notes that the producer of that generation can do no more; whether that is the one of the moment. */
    boolean failed(int sentBy, Exception why) {
        boolean current = sentBy == generation.get();
        if (current) {
            failure.set(why);
        }
        return current;
    }

    /** Hands a record over, as Kafka's {@link Producer#send} does. */
    void send(ProducerRecord<String, InFlight> record, Callback callback) {
        // The callback says what became of it, the future says nothing more.
        var unused = producer.send(record, callback);
    }

    /**
     * Makes a producer of other settings, to take the place of this one at the next {@link #succeed}. Safe from any thread.
     *
     * @throws KafkaException when they make none
     */
    void prepare(Map<String, Object> kafka) {
        PublishParams set = params.with(kafka);
        drop(successor.getAndSet(new Successor(set, factory.apply(set))));
    }

    /** Puts the producer that was prepared in the place of this one; false when there is none. */
    boolean succeed() {
        Successor next = successor.getAndSet(null);
        if (next == null) {
            return false;
        }
        // What the old one says from now on about its failures no longer counts; its acknowledgements do.
        generation.incrementAndGet();
        producer.close(LAST_WORDS);
        failure.set(null);
        params = next.params();
        producer = next.producer();
        return true;
    }

    /** Lets go of a producer that has failed. */
    void discard() {
        generation.incrementAndGet();
        producer.close(Duration.ZERO);
    }

    /** Makes a producer of the same settings, behind {@link #discard}; false when that failed too. */
    boolean rebuild() {
        try {
            producer = factory.apply(params);
            failure.set(null);
            return true;
        } catch (KafkaException e) {
            failure.set(e);
            return false;
        }
    }

    /** Gives what is on its way so much time. */
    void close(Duration time) {
        drop(successor.getAndSet(null));
        producer.close(time);
    }

    private static void drop(@Nullable Successor unused) {
        if (unused != null) {
            unused.producer().close(Duration.ZERO);
        }
    }
}
