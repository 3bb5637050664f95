package postwarden.serve.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.serve.wire.Refusal;
import postwarden.serve.wire.Told;
import postwarden.stream.AlertSerde;

/** Reads the alert topic once for all streams of this instance, from its end on, and tells each of them every alert. */
public final class AlertFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    /** How soon a partition that is new is read. */
    private static final Duration LOOK = Duration.ofSeconds(30);
    /** Between two attempts while the brokers are away. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final LiveParams params;
    private final AlertReader reader;
    private final AlertSerde serde;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "alert-feed");
    private Optional<Place> place = Optional.empty();

    private AlertFeed(Map<String, String> kafka, String topic, LiveParams params) {
        this.params = params;
        this.serde = AlertSerde.of(kafka);
        this.reader = new AlertReader(kafka, topic, serde.deserializer());
        thread.setDaemon(true);
    }

    /** Begins to read. */
    public static AlertFeed start(Map<String, String> kafka, String topic, LiveParams params) {
        AlertFeed feed = new AlertFeed(kafka, topic, params);
        feed.thread.start();
        return feed;
    }

    LiveParams params() {
        return params;
    }

    AlertReader reader() {
        return reader;
    }

    /** Tells a new stream everything from now on. @throws Refusal 503 while the topic cannot be read */
    synchronized Listener listen(Predicate<Told> sees) {
        Place now = place.orElseThrow(() -> Refusal.unavailable("the alert topic cannot be read yet", PAUSE));
        if (closing.getCount() == 0) {
            throw Refusal.unavailable("this instance stops", PAUSE);
        }
        Listener listener = new Listener(now, sees, params.queue());
        listeners.add(listener);
        return listener;
    }

    void leave(Listener listener) {
        listeners.remove(listener);
    }

    private void run() {
        while (closing.getCount() > 0) {
            try (KafkaConsumer<String, byte[]> consumer = reader.open()) {
                read(consumer);
            } catch (WakeupException | InterruptException closed) {
                return;
            } catch (KafkaException failure) {
                LOG.atWarn()
                        .addKeyValue("reason", failure.getMessage())
                        .log("the alert topic cannot be read; streams wait");
                pause();
            }
        }
    }

    private void read(KafkaConsumer<String, byte[]> consumer) {
        List<TopicPartition> known = List.of();
        long looked = 0;
        while (closing.getCount() > 0) {
            if (known.isEmpty() || System.nanoTime() - looked > LOOK.toNanos()) {
                looked = System.nanoTime();
                known = assigned(consumer, known);
            }
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            tell(consumer, known, records);
        }
    }

    /** Goes on where it was; at the end at first, and at the beginning of a partition that came later. */
    private List<TopicPartition> assigned(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> known) {
        List<TopicPartition> now = reader.partitions(consumer);
        if (now.equals(known)) {
            return known;
        }
        Map<TopicPartition, Long> from = new HashMap<>();
        Optional<Place> before = current();
        if (before.isEmpty()) {
            from.putAll(consumer.endOffsets(now));
        } else {
            now.forEach(partition -> from.put(partition, before.get().of(partition.partition())));
        }
        consumer.assign(now);
        from.forEach(consumer::seek);
        Map<Integer, Long> next = new HashMap<>();
        from.forEach((partition, offset) -> next.put(partition.partition(), offset));
        tellPlace(new Place(next));
        return now;
    }

    private synchronized Optional<Place> current() {
        return place;
    }

    private synchronized void tellPlace(Place now) {
        place = Optional.of(now);
    }

    private synchronized void tell(
            KafkaConsumer<String, byte[]> consumer,
            List<TopicPartition> partitions,
            ConsumerRecords<String, byte[]> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            reader.heard(record).ifPresent(heard -> listeners.forEach(listener -> listener.hear(heard)));
        }
        if (!records.isEmpty()) {
            Map<Integer, Long> next = new HashMap<>();
            partitions.forEach(partition -> next.put(partition.partition(), consumer.position(partition)));
            place = Optional.of(new Place(next));
        }
    }

    private void pause() {
        try {
            // Ends early when the feed is closed.
            var unused = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends every stream with a word, and the reading. */
    @Override
    public void close() {
        List<Listener> open;
        synchronized (this) {
            closing.countDown();
            open = new ArrayList<>(listeners);
        }
        open.forEach(listener -> listener.end("this instance stops; go on with another"));
        try {
            thread.join(PAUSE.plus(POLL).toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        serde.close();
    }
}
