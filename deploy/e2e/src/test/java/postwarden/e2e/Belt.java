package postwarden.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Puts what a producer sent into the lines topic piece by piece, so that a test decides how far the service can be. Each host's
 * records keep their order; which host's come next is drawn by lot.
 */
public final class Belt implements AutoCloseable {
    private static final String STAGED = "staged.lines";
    private static final int LONGEST_RUN = 400;

    private final KafkaProducer<String, byte[]> producer;
    private final List<ConsumerRecord<String, byte[]>> waiting;
    private int fed;

    private Belt(KafkaProducer<String, byte[]> producer, List<ConsumerRecord<String, byte[]>> waiting) {
        this.producer = producer;
        this.waiting = waiting;
    }

    public static Belt of(Cluster cluster, SortedMap<String, Path> logs, Path state, long seed)
            throws IOException, ExecutionException, InterruptedException {
        return carrying(cluster, mixed(staged(cluster, logs, state), new Random(seed)));
    }

    /** What a producer sends for the logs, each host's records in their order. */
    public static List<ConsumerRecord<String, byte[]>> staged(Cluster cluster, SortedMap<String, Path> logs, Path state)
            throws IOException, ExecutionException, InterruptedException {
        cluster.createTopic(STAGED);
        Producing.once(cluster, logs, state, STAGED);
        return AlertTopic.records(cluster, STAGED);
    }

    /** A belt with these records in this order. */
    public static Belt carrying(Cluster cluster, List<ConsumerRecord<String, byte[]>> records) {
        Map<String, Object> config = new HashMap<>(cluster.kafka());
        config.put("acks", "all");
        config.put("linger.ms", 5);
        return new Belt(new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer()), records);
    }

    public int size() {
        return waiting.size();
    }

    public int fed() {
        return fed;
    }

    /** What is or will be fed, in its order. */
    List<ConsumerRecord<String, byte[]>> records() {
        return waiting;
    }

    /** Feeds records until so many have been fed. */
    public void feedTo(int records) {
        for (; fed < Math.min(records, waiting.size()); fed++) {
            ConsumerRecord<String, byte[]> record = waiting.get(fed);
            var unused = producer.send(new ProducerRecord<>("mail.lines", record.key(), record.value()));
        }
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }

    /** The same records, with the hosts' turns drawn by lot. */
    public static List<ConsumerRecord<String, byte[]>> mixed(List<ConsumerRecord<String, byte[]>> read, Random lot) {
        SortedMap<String, Deque<ConsumerRecord<String, byte[]>>> hosts = new TreeMap<>();
        read.forEach(record ->
                hosts.computeIfAbsent(record.key(), host -> new ArrayDeque<>()).add(record));
        List<ConsumerRecord<String, byte[]>> mixed = new ArrayList<>(read.size());
        while (!hosts.isEmpty()) {
            List<String> left = List.copyOf(hosts.keySet());
            String host = left.get(lot.nextInt(left.size()));
            Deque<ConsumerRecord<String, byte[]>> own = hosts.getOrDefault(host, new ArrayDeque<>());
            for (int run = lot.nextInt(LONGEST_RUN) + 1; run > 0 && !own.isEmpty(); run--) {
                mixed.add(own.remove());
            }
            if (own.isEmpty()) {
                hosts.remove(host);
            }
        }
        return mixed;
    }
}
