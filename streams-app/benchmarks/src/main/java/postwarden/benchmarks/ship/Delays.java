package postwarden.benchmarks.ship;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * From the write of a line to a record that a reader has, while lines are written one by one at a steady rate.
 *
 * @param millis one delay a line, sorted
 */
record Delays(List<Double> millis) {
    private static final String MARK = " at=";
    private static final Duration A_MOMENT = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    Delays {
        millis = List.copyOf(millis);
    }

    double percentile(int percent) {
        return millis.get(Math.min(millis.size() - 1, millis.size() * percent / 100));
    }

    /** Writes so many lines a second for so long, and reads them back; what came in the first fifth warms up and does not count. */
    static Delays of(Path file, String brokers, String topic, int linesPerSecond, Duration time)
            throws IOException, InterruptedException {
        int lines = (int) (linesPerSecond * time.toSeconds());
        List<Double> delays = Collections.synchronizedList(new ArrayList<>());
        Thread reader = new Thread(() -> read(brokers, topic, lines, delays), "read-records");
        reader.start();
        write(file, lines, linesPerSecond);
        reader.join(PATIENCE.toMillis());
        if (delays.size() < lines) {
            throw new IllegalStateException("only " + delays.size() + " of " + lines + " lines came");
        }
        return new Delays(delays.subList(lines / 5, lines).stream().sorted().toList());
    }

    /** One write a line, as daemons do it. */
    private static void write(Path file, int lines, int linesPerSecond) throws IOException {
        long begin = System.nanoTime();
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int line = 0; line < lines; line++) {
                LockSupport.parkNanos(begin + line * 1_000_000_000L / linesPerSecond - System.nanoTime());
                out.write(
                        ("2026-11-21T08:00:00.000000+00:00 mx1 postfix/smtpd[4711]: connect from unknown[198.51.100.7]"
                                        + MARK + System.nanoTime() + ";\n")
                                .getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static void read(String brokers, String topic, int lines, List<Double> delays) {
        Map<String, Object> config = new HashMap<>(Map.of("bootstrap.servers", brokers));
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, bytes, bytes)) {
            List<TopicPartition> all = List.of(new TopicPartition(topic, 0));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long end = System.nanoTime() + PATIENCE.toNanos() * 2;
            while (delays.size() < lines && System.nanoTime() < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(A_MOMENT)) {
                    long now = System.nanoTime();
                    // Latin letters and digits are themselves in every record's value, whatever stands around them.
                    String value = new String(record.value(), StandardCharsets.ISO_8859_1);
                    int mark = value.indexOf(MARK);
                    if (mark >= 0) {
                        String stamp = value.substring(mark + MARK.length(), value.indexOf(';', mark));
                        delays.add((now - Long.parseLong(stamp)) / 1e6);
                    }
                }
            }
        }
    }
}
