package postwarden.benchmarks.fleet;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import postwarden.stream.Topics;

/** Reads committed alerts as they come, and notes when. */
final class AlertWatch implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(100);

    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    private AlertWatch(Map<String, String> kafka) {
        thread = new Thread(() -> watch(kafka), "alerts");
    }

    static AlertWatch start(Map<String, String> kafka) {
        AlertWatch watch = new AlertWatch(kafka);
        watch.thread.start();
        return watch;
    }

    /** When the first alert came that names this client of a {@link Flood}, by the nano clock. */
    OptionalLong seen(String client) {
        Long nanos = seen.get(client);
        return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(Map<String, String> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(Topics.STANDARD.alerts(), 0)));
            while (!closed) {
                consumer.poll(WAIT).forEach(alert -> note(alert.value()));
            }
        }
    }

    /** An address stands in the record as it is, whatever the record's form. */
    private void note(byte[] alert) {
        long now = System.nanoTime();
        Flood.CLIENT
                .matcher(new String(alert, StandardCharsets.ISO_8859_1))
                .results()
                .forEach(client -> seen.putIfAbsent(client.group(), now));
    }
}
