package postwarden.e2e.producer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import postwarden.e2e.Await;
import postwarden.e2e.Cluster;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;
import postwarden.stream.WireFormat;

/** Reads the topic of lines as they come, and knows how many bytes of logs have arrived, each counted once. */
final class Arrivals implements AutoCloseable {
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<MailLine> values;
    private final List<MailLine> records = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private long bytes;

    private Arrivals(KafkaConsumer<String, byte[]> consumer, Deserializer<MailLine> values) {
        this.consumer = consumer;
        this.values = values;
    }

    static Arrivals of(Cluster cluster) throws ExecutionException, InterruptedException {
        Map<String, Object> config = new HashMap<>(cluster.kafka());
        config.put("auto.offset.reset", "earliest");
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(cluster.ends(SecureCluster.LINES).keySet());
        return new Arrivals(consumer, WireFormat.deserializer(cluster.kafka(), MailLine.class));
    }

    /** Takes what has come meanwhile; answers how many bytes of logs have arrived by now. */
    long poll() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(A_MOMENT)) {
            MailLine line = values.deserialize(record.topic(), record.value());
            records.add(line);
            boolean fresh =
                    line.getKind() == MailLineKind.LINE && seen.add(line.getFileId() + '@' + line.getStartOffset());
            bytes += fresh ? line.getEndOffset() - line.getStartOffset() : 0;
        }
        return bytes;
    }

    /** Waits until every byte of the log is there, as it stands now; what is missing is said. */
    void await(WrittenLog log) throws ExecutionException, InterruptedException {
        try {
            await(log.bytes());
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + ": " + Oracle.over(log.contents(), records).faults(), e);
        }
    }

    /** As long as more and more arrives it waits on: how fast that is, is the machine's affair. */
    void await(long wanted) throws ExecutionException, InterruptedException {
        long before;
        do {
            before = poll();
            long known = before;
            Await.until(
                    "of " + wanted + " bytes " + known + " have arrived, and more",
                    () -> poll() > known || known >= wanted);
        } while (before < wanted);
    }

    /** Takes all that the topic has by now. */
    void drain() {
        int before;
        do {
            before = records.size();
            poll();
        } while (records.size() > before);
    }

    /** Everything so far, in the topic's order. */
    List<MailLine> records() {
        return List.copyOf(records);
    }

    @Override
    public void close() {
        consumer.close();
        values.close();
    }
}
