package postwarden.benchmarks.fleet;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import postwarden.schema.MailLine;
import postwarden.stream.WireFormat;

/** Reads lines and does nothing with them: {@code BareConsumer BROKER REGISTRY GROUP}. What no reader can be faster than. */
public final class BareConsumer {
    private static final Duration WAIT = Duration.ofMillis(100);

    private BareConsumer() {}

    /** Runs until it is stopped. */
    public static void main(String[] arguments) {
        Map<String, String> kafka = Map.of("bootstrap.servers", arguments[0], "schema.registry.url", arguments[1]);
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put("group.id", arguments[2]);
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        properties.put("auto.commit.interval.ms", Long.toString(Contestants.COMMIT.toMillis()));
        Deserializer<MailLine> values = WireFormat.deserializer(kafka, MailLine.class);
        long bytes = 0;
        try (KafkaConsumer<String, MailLine> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), values)) {
            consumer.subscribe(List.of(Rig.LINES));
            while (bytes >= 0) {
                for (ConsumerRecord<String, MailLine> record : consumer.poll(WAIT)) {
                    bytes += record.value().getText().remaining();
                }
            }
        }
    }
}
