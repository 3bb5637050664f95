package postwarden.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import postwarden.alertjson.AlertJson;
import postwarden.cli.AlertText;
import postwarden.incident.Alert;
import postwarden.stream.AlertSerde;
import postwarden.stream.Topics;

/** Reads the alert topic as a SOC does, committed records only, and prints what comes. */
final class Follow implements AutoCloseable {
    /** Longer than three commits of the service, so that what is still on its way has come. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final KafkaConsumer<String, Alert> consumer;
    private final boolean json;
    private final AlertText text = new AlertText(AlertText.DEFAULT_WIDTH, false);
    private final Map<String, Alert> latest = new LinkedHashMap<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());
    private final Thread thread = new Thread(this::run, "alerts");

    private final Thread reader;

    private Follow(KafkaConsumer<String, Alert> consumer, boolean json, Thread reader) {
        this.consumer = consumer;
        this.json = json;
        this.reader = reader;
    }

    /** @param reader is interrupted when nothing can be printed any more, as after {@code | head -1} */
    static Follow start(String bootstrapServers, Map<String, String> kafka, boolean json, Thread reader) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrapServers);
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        KafkaConsumer<String, Alert> consumer = new KafkaConsumer<>(
                config, new StringDeserializer(), AlertSerde.of(kafka).deserializer());
        TopicPartition alerts = new TopicPartition(Topics.STANDARD.alerts(), 0);
        consumer.assign(List.of(alerts));
        consumer.seekToBeginning(List.of(alerts));
        Follow follow = new Follow(consumer, json, reader);
        follow.thread.start();
        return follow;
    }

    /** Waits until nothing has come for a while. */
    void awaitQuiet() throws InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - Math.max(begun, lastNanos.get()) < QUIET.toNanos()) {
            Thread.sleep(50);
        }
    }

    /** The last record of every incident, in the order in which they opened. */
    List<Alert> incidents() {
        synchronized (latest) {
            return new ArrayList<>(latest.values());
        }
    }

    @Override
    public void close() {
        stop.set(true);
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** An incident's first record whole, what happens to it later in a line. */
    private String shown(Alert alert) {
        if (json) {
            return AlertJson.line(alert);
        }
        return alert.state() == Alert.State.OPEN ? text.block(alert) : text.line(alert);
    }

    private void run() {
        try (consumer) {
            while (!stop.get()) {
                for (ConsumerRecord<String, Alert> record : consumer.poll(Duration.ofMillis(200))) {
                    lastNanos.set(System.nanoTime());
                    synchronized (latest) {
                        latest.put(record.value().incidentId(), record.value());
                    }
                    System.out.println(shown(record.value()));
                }
                if (System.out.checkError()) {
                    reader.interrupt();
                    return;
                }
            }
        }
    }
}
