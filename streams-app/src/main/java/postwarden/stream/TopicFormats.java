package postwarden.stream;

import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import postwarden.schema.MailLine;
import postwarden.schema.Policy;

/**
 * How the values of shared topics are read and written; one of each serves all threads.
 *
 * @param lines reads the lines topic
 * @param policies reads the policy topic
 * @param alerts writes the alert and incident topics
 */
public record TopicFormats(Deserializer<MailLine> lines, Deserializer<Policy> policies, AlertSerde alerts)
        implements AutoCloseable {
    /** @param kafka passed on as configuration; {@code value.serializer} and {@code value.deserializer} choose the classes */
    public static TopicFormats of(Map<String, String> kafka) {
        return new TopicFormats(
                WireFormat.deserializer(kafka, MailLine.class),
                WireFormat.deserializer(kafka, Policy.class),
                AlertSerde.of(kafka));
    }

    @Override
    public void close() {
        lines.close();
        policies.close();
        alerts.close();
    }
}
