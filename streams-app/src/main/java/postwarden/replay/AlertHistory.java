package postwarden.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import postwarden.incident.Alert;
import postwarden.stream.AlertSerde;

/** Reads an alert topic, committed records only. */
public final class AlertHistory {
    /** How far the clocks of brokers may differ: lines and alerts are stamped by the leaders of their partitions. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private AlertHistory() {}

    /** Everything told since lines of that stamp were written. */
    public static List<Alert> since(Admin admin, Map<String, String> kafka, String topic, Instant lines)
            throws ExecutionException, InterruptedException {
        Map<Integer, Long> from = Offsets.at(admin, topic, lines.isAfter(Instant.EPOCH) ? lines.minus(SKEW) : lines);
        try (AlertSerde serde = AlertSerde.of(kafka)) {
            return Readers.read(kafka, topic, from, Offsets.ends(admin, topic), serde.deserializer()).stream()
                    .map(ConsumerRecord::value)
                    .toList();
        }
    }

    /** How many records of the plan a group has committed. */
    public static long passed(Admin admin, String group, String lines, Plan plan)
            throws ExecutionException, InterruptedException {
        return new Passage(admin, group, lines, plan.ranges(), List.of()).passed();
    }
}
