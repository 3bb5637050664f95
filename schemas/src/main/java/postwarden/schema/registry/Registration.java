package postwarden.schema.registry;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.utils.Utils;
import postwarden.schema.Alert;
import postwarden.schema.MailLine;
import postwarden.schema.MailSample;
import postwarden.schema.Policy;

/**
 * Puts the schemas of this release into a registry, before anything runs: agents and service only look them up. Each
 * subject is held to {@link Compatibility#FULL_TRANSITIVE}, because hosts are updated one by one, for weeks, and
 * old records are read again.
 */
public final class Registration {
    private static final int USAGE = 2;

    private Registration() {}

    /**
     * Registers the standard subjects, as a step of a roll-out.
     *
     * @param arguments one file of properties with {@code schema.registry.url} and what else a client needs
     * @throws IOException when the file cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: Registration FILE, a file of properties with schema.registry.url");
            System.exit(USAGE);
        }
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of(arguments[0]))) {
            properties.load(file);
        }
        try (Registry registry = RegistryKeys.registry(Utils.propsToMap(properties))) {
            register(registry, standard()).forEach(System.out::println);
        }
    }

    /** The subjects of the standard topics and the schema that belongs under each. */
    public static Map<String, Schema> standard() {
        return new TreeMap<>(Map.of(
                "mail.lines-value", MailLine.getClassSchema(),
                "mail.alerts-value", Alert.getClassSchema(),
                "mail.incidents-value", Alert.getClassSchema(),
                "mail.policy-value", Policy.getClassSchema(),
                "mail.samples-value", MailSample.getClassSchema()));
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
        // A subject that is there gets its rule before another version; some registries give no rule to a new one.
        boolean there = isThere(registry, subject);
        if (there) {
            registry.require(subject, Compatibility.FULL_TRANSITIVE);
        }
        int id = registry.register(subject, SchemaText.plain(schema));
        if (!there) {
            registry.require(subject, Compatibility.FULL_TRANSITIVE);
        }
        return subject + ": schema " + schema.getFullName() + " has id " + id;
    }

    private static boolean isThere(Registry registry, String subject) {
        try {
            return registry.latest(subject).version() > 0;
        } catch (RegistryRefused refused) {
            if (refused.status() == RegistryRefused.NOT_FOUND) {
                return false;
            }
            throw refused;
        }
    }
}
