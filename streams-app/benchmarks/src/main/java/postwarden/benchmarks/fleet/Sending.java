package postwarden.benchmarks.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import postwarden.benchmarks.Load;
import postwarden.benchmarks.Wire;
import postwarden.event.LogRecord;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;
import postwarden.stream.WireFormat;

/** Writes lines into the lines topic as the producer does. */
final class Sending implements AutoCloseable {
    /** Lines between two looks at how many keys there are. */
    static final int STEP = 10_000;

    private final KafkaProducer<String, MailLine> producer;
    private final List<String> hosts;

    /** @param lingerMillis how long a batch may wait for more: a backlog's are full, a live one's must not wait */
    Sending(Map<String, String> kafka, List<String> hosts, int lingerMillis) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put("linger.ms", Integer.toString(lingerMillis));
        // Below the topic's limit of 64 KiB for a batch.
        properties.put("batch.size", "49152");
        properties.put("compression.type", "lz4");
        Serializer<MailLine> values = WireFormat.serializer(kafka);
        this.producer = new KafkaProducer<>(properties, new StringSerializer(), values);
        this.hosts = hosts;
    }

    /**
     * A backlog: greetings, the next lines of the load, and the end of every host.
     *
     * @return how many different keys the lines had named before each {@link #STEP} of them, and at the end
     */
    static List<Long> backlog(Map<String, String> kafka, Load load, long lines)
            throws InterruptedException, ExecutionException {
        List<Long> keys = new ArrayList<>();
        try (Sending sending = new Sending(kafka, load.hosts(), 20)) {
            sending.word(MailLineKind.HELLO);
            for (long line = 0; line < lines; line++) {
                if (line % STEP == 0) {
                    keys.add(load.keysSeen());
                }
                sending.line(load.next());
            }
            sending.word(MailLineKind.END);
        }
        keys.add(load.keysSeen());
        return keys;
    }

    void line(LogRecord.Line line) {
        var unused = send(Wire.line(line));
    }

    /** The same word about every host; returns when all that was sent is written. */
    void word(MailLineKind kind) throws InterruptedException, ExecutionException {
        for (String host : hosts) {
            send(Wire.word(kind, host, hosts)).get();
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private Future<RecordMetadata> send(MailLine line) {
        return producer.send(new ProducerRecord<>(Rig.LINES, line.getHost(), line));
    }
}
