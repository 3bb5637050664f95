package postwarden.producer.preflight;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import postwarden.producer.preflight.Finding.Weight;
import postwarden.producer.publish.KafkaSettings;
import postwarden.producer.publish.Trouble;
import postwarden.schema.MailLine;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistryKeys;
import postwarden.schema.registry.RegistryRefused;
import postwarden.schema.registry.SchemaText;

/**
 * What the schema registry says of the schema that this agent writes.
 *
 * @param registry where it was asked, without passwords; empty when it was not
 * @param subject under which the schema stands
 * @param id the number that every record begins with; empty when the registry did not tell
 * @param findings what is not as it must be
 */
public record SchemaLook(String registry, String subject, OptionalInt id, List<Finding> findings) {
    private static final String WAIT = "postwarden.registry.wait.ms";
    private static final String ONE_ATTEMPT = "0";
    private static final String AUTO_REGISTER = "auto.register.schemas";
    private static final String USE_LATEST = "use.latest.version";

    public SchemaLook {
        findings = List.copyOf(findings);
    }

    /**
     * Asks the registry, once; takes as long as one request may, 5 s unless configured.
     *
     * @param kafka an operator's settings of Kafka's producer and of its serializer
     * @param topic where lines go
     */
    public static SchemaLook ask(Map<String, Object> kafka, String topic) {
        String subject = topic + "-value";
        Object serializer =
                kafka.getOrDefault(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, KafkaSettings.VALUE_SERIALIZER);
        if (!serializer.equals(KafkaSettings.VALUE_SERIALIZER)) {
            return found("", subject, Weight.NOTE, "not asked: " + serializer + " writes the records");
        }
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(WAIT, ONE_ATTEMPT);
        try (Registry registry = RegistryKeys.registry(settings)) {
            return ask(registry, subject, kafka);
        } catch (KafkaException e) {
            return found("", subject, Weight.WRONG, Trouble.words(e));
        }
    }

    private static SchemaLook ask(Registry registry, String subject, Map<String, Object> kafka) {
        try {
            int id = is(kafka, USE_LATEST)
                    ? registry.latest(subject).id()
                    : registry.idOf(subject, SchemaText.plain(MailLine.getClassSchema()));
            return new SchemaLook(registry.name(), subject, OptionalInt.of(id), List.of());
        } catch (RegistryRefused e) {
            boolean unknown = e.status() == RegistryRefused.NOT_FOUND;
            if (unknown && is(kafka, AUTO_REGISTER)) {
                return found(registry.name(), subject, Weight.NOTE, "the first line will register the schema");
            }
            String what = "it does not give an id for the schema of lines under " + subject + ": " + e.getMessage();
            return found(
                    registry.name(),
                    subject,
                    Weight.WRONG,
                    unknown ? what + "; `postwarden provision` registers it" : what);
        } catch (KafkaException e) {
            return found(registry.name(), subject, Weight.WRONG, String.valueOf(e.getMessage()));
        }
    }

    private static SchemaLook found(String registry, String subject, Weight weight, String what) {
        return new SchemaLook(
                registry,
                subject,
                OptionalInt.empty(),
                List.of(new Finding(weight, ("registry " + registry).strip(), what)));
    }

    private static boolean is(Map<String, Object> kafka, String name) {
        return Boolean.parseBoolean(String.valueOf(kafka.get(name)));
    }
}
