package postwarden.e2e.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import postwarden.e2e.Await;
import postwarden.e2e.Belt;
import postwarden.e2e.Cluster;
import postwarden.e2e.ServiceProcess;
import postwarden.schema.MailLine;
import postwarden.stream.WireFormat;

/**
 * Records in the order in which a fleet whose hosts are all at work would have sent them, and when.
 *
 * @param sent in order
 */
record Timed(List<Sent> sent) {
    /** What is fed at once: less than the minute after which nobody waits for a host, or the belt's speed would decide. */
    private static final long SLICE_MICROS = 20_000_000;

    /** @param micros since 1970, when the host sent it */
    record Sent(long micros, ConsumerRecord<String, byte[]> record) {}

    Timed {
        sent = List.copyOf(sent);
    }

    /**
     * Orders by the lines' own times, without changing the order within a host.
     *
     * @param late how long after its lines' times a host sends, for those that are not on time
     * @param liar a host whose times are not believed: it sends at an even pace for as long as the others do
     */
    static Timed of(
            List<ConsumerRecord<String, byte[]>> records, Cluster cluster, Map<String, Duration> late, String liar) {
        Map<String, Long> reached = new HashMap<>();
        List<Sent> sent = new ArrayList<>();
        List<ConsumerRecord<String, byte[]>> lies = new ArrayList<>();
        try (Deserializer<MailLine> values = WireFormat.deserializer(cluster.kafka(), MailLine.class)) {
            for (ConsumerRecord<String, byte[]> record : records) {
                if (record.key().equals(liar)) {
                    lies.add(record);
                    continue;
                }
                Long time = values.deserialize(record.topic(), record.value()).getEventTimeMicros();
                long delay = late.getOrDefault(record.key(), Duration.ZERO).toNanos() / 1000;
                long at = time == null ? Long.MIN_VALUE : time + delay;
                sent.add(new Sent(reached.merge(record.key(), at, Math::max), record));
            }
        }
        spread(lies, sent);
        sent.sort(Comparator.comparingLong(Sent::micros));
        return new Timed(sent);
    }

    private static void spread(List<ConsumerRecord<String, byte[]>> lies, List<Sent> sent) {
        long first = sent.stream()
                .mapToLong(Sent::micros)
                .filter(micros -> micros != Long.MIN_VALUE)
                .min()
                .orElse(0);
        long last = sent.stream().mapToLong(Sent::micros).max().orElse(0);
        for (int i = 0; i < lies.size(); i++) {
            // The first is the producer's word that it begins, and all of those come before any line.
            long at = i == 0 ? Long.MIN_VALUE : first + (last - first) * i / lies.size();
            sent.add(new Sent(at, lies.get(i)));
        }
    }

    /** Without the last record of a host, which is the producer's word that nothing more will come. */
    Timed withoutEnd(String host) {
        List<Sent> left = new ArrayList<>(sent);
        for (int i = left.size() - 1; i >= 0; i--) {
            if (left.get(i).record().key().equals(host)) {
                left.remove(i);
                break;
            }
        }
        return new Timed(left);
    }

    List<ConsumerRecord<String, byte[]>> records() {
        return sent.stream().map(Sent::record).toList();
    }

    /** Feeds a slice of time after the other, each when the service has committed the one before. */
    void feed(Belt belt, ServiceProcess service) throws ExecutionException, InterruptedException {
        long end = Long.MIN_VALUE;
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i).micros() > end) {
                int fed = i;
                belt.feedTo(fed);
                Await.until("a slice is read", () -> service.committedLines() >= fed);
                end = sent.get(i).micros() + SLICE_MICROS;
            }
        }
        belt.feedTo(belt.size());
    }
}
