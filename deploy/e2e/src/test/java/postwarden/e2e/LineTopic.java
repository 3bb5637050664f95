package postwarden.e2e;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;
import postwarden.stream.WireFormat;

/** What producers have written into the lines topic. */
public final class LineTopic {
    private LineTopic() {}

    /** All records that are lines or parts of lines. */
    public static List<MailLine> lines(Cluster cluster) throws ExecutionException, InterruptedException {
        return of(AlertTopic.records(cluster, "mail.lines"), cluster);
    }

    public static List<MailLine> records(Cluster cluster) throws ExecutionException, InterruptedException {
        return decoded(AlertTopic.records(cluster, "mail.lines"), cluster);
    }

    /** Those of the records that are lines or parts of lines. */
    public static List<MailLine> of(List<ConsumerRecord<String, byte[]>> records, Cluster cluster) {
        return decoded(records, cluster).stream()
                .filter(record -> record.getKind() == MailLineKind.LINE)
                .toList();
    }

    private static List<MailLine> decoded(List<ConsumerRecord<String, byte[]>> records, Cluster cluster) {
        try (Deserializer<MailLine> values = WireFormat.deserializer(cluster.kafka(), MailLine.class)) {
            return records.stream()
                    .map(record -> values.deserialize(record.topic(), record.value()))
                    .toList();
        }
    }

    public static long count(Cluster cluster) throws ExecutionException, InterruptedException {
        return cluster.ends("mail.lines").values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
