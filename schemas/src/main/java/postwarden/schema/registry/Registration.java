package postwarden.schema.registry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import postwarden.schema.Alert;
import postwarden.schema.MailLine;

/**
 * Puts the schemas of this release into a registry, before anything runs: agents and service only look them up. Each
 * subject is first held to {@link Compatibility#FULL_TRANSITIVE}, because hosts are updated one by one, for weeks, and
 * old records are read again.
 */
public final class Registration {
    private Registration() {}

    /** The subjects of the standard topics and the schema that belongs under each. */
    public static Map<String, Schema> standard() {
        return new TreeMap<>(Map.of(
                "mail.lines-value", MailLine.getClassSchema(),
                "mail.alerts-value", Alert.getClassSchema(),
                "mail.incidents-value", Alert.getClassSchema()));
    }

    /**
     * Registers schemas; what is there already stays as it is.
     *
     * @param registry where
     * @param subjects schema by subject, such as {@link #standard()}; more for topics with other names
     * @return what is registered now, a line for a person by subject
     * @throws RegistryRefused when one breaks its subject's rule or the caller may not write
     */
    public static List<String> register(Registry registry, Map<String, Schema> subjects) {
        return new TreeMap<>(subjects)
                .entrySet().stream()
                        .map(entry -> registered(registry, entry.getKey(), entry.getValue()))
                        .toList();
    }

    private static String registered(Registry registry, String subject, Schema schema) {
        registry.require(subject, Compatibility.FULL_TRANSITIVE);
        int id = registry.register(subject, SchemaText.plain(schema));
        return subject + ": schema " + schema.getFullName() + " has id " + id;
    }
}
