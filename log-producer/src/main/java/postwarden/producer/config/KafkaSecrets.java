package postwarden.producer.config;

import com.typesafe.config.Config;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What of Kafka's settings is secret: values that stand in files of their own, and files and values that need guarding. */
final class KafkaSecrets {
    private static final Set<String> SECRET_FILES = Set.of("ssl.keystore.location");
    private static final Set<String> TRUST_FILES = Set.of("ssl.truststore.location");
    /** Names that end so, and these, hold what nobody else may know. */
    private static final String PASSWORD = "password";

    private static final List<String> SECRET_VALUES =
            List.of("sasl.jaas.config", "ssl.keystore.key", "basic.auth.user.info");
    private static final String BLOCK = "secrets.";
    private static final String USER_IN_URL = "@";
    private static final String REGISTRY = "schema.registry.url";

    private KafkaSecrets() {}

    /** The settings with those that {@code secrets} takes out of files. */
    static Map<String, Object> withSecrets(Map<String, Object> kafka, Config secrets, Problems problems) {
        Map<String, Object> all = new HashMap<>(kafka);
        new TreeMap<>(ConfigFile.flat(secrets)).forEach((name, file) -> {
            String key = BLOCK + name;
            String value = problems.read(
                    key, () -> new String(SecretFile.read(Path.of(String.valueOf(file))), StandardCharsets.UTF_8), "");
            if (all.put(name, value) != null) {
                problems.add(key, "kafka." + name + " is given too: which of them?");
            }
        });
        // Kafka passes over what it does not know, and then asks for a login that nobody seems to have given.
        new TreeMap<>(kafka)
                .keySet().stream()
                        .filter(name -> name.startsWith(BLOCK))
                        .forEach(name ->
                                problems.add("kafka." + name, "secrets is a block beside kafka, not within it"));
        return all;
    }

    /** What is wrong with the files that settings name, and with the configuration file where it holds a secret itself. */
    static void check(Path file, Map<String, Object> kafka, Problems problems) {
        new TreeMap<>(kafka).forEach((name, value) -> {
            if (SECRET_FILES.contains(name)) {
                SecretFile.objection(Path.of(String.valueOf(value)))
                        .ifPresent(why -> problems.add("kafka." + name, value + ": " + why));
            } else if (TRUST_FILES.contains(name)) {
                SecretFile.writable(Path.of(String.valueOf(value)))
                        .ifPresent(why -> problems.add("kafka." + name, value + ": " + why));
            } else if (isSecret(name, String.valueOf(value))) {
                SecretFile.objection(file)
                        .ifPresent(why -> problems.add(
                                "kafka." + name,
                                "a secret, and " + file + " is " + why + ", or secrets." + name + " = FILE"));
            }
        });
    }

    private static boolean isSecret(String name, String value) {
        return name.toLowerCase(Locale.ROOT).endsWith(PASSWORD)
                || SECRET_VALUES.contains(name)
                || (name.equals(REGISTRY) && value.contains(USER_IN_URL));
    }
}
