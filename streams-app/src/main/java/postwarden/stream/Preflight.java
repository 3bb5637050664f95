package postwarden.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.RetriableException;
import postwarden.schema.Alert;
import postwarden.schema.MailLine;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistryKeys;
import postwarden.schema.registry.RegistryRefused;
import postwarden.schema.registry.SchemaText;

/** Looks before the topology starts: whether a broker answers, and whether topics and schemas are there. */
public final class Preflight {
    /** How long one question to the cluster may take. */
    private static final int ASK_MILLIS = 10_000;

    private Preflight() {}

    /**
     * Waits for a broker, saying so after each try, then looks for the topics; waits for a registry, which says so itself,
     * then looks for the schemas.
     *
     * @param say receives one line each time that no broker answers
     * @return what is missing, one line each; empty when the service can start
     */
    public static List<String> check(Map<String, String> kafka, Topics topics, Consumer<String> say)
            throws InterruptedException, ExecutionException {
        Properties properties = new Properties();
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getOrDefault("bootstrap.servers", ""));
        properties.putAll(kafka);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ASK_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ASK_MILLIS / 2);
        try (Admin admin = Admin.create(properties)) {
            while (true) {
                try {
                    List<String> missing = missing(admin.listTopics().names().get(), topics);
                    missing.addAll(unregistered(kafka, topics));
                    return missing;
                } catch (ExecutionException failure) {
                    if (!(failure.getCause() instanceof RetriableException)) {
                        throw failure;
                    }
                    say.accept("no Kafka broker answers at " + kafka.get("bootstrap.servers") + " ("
                            + failure.getCause().getMessage() + "); trying again");
                }
            }
        }
    }

    /** What the registry refuses to tell, or does not know; nothing where clients register schemas themselves. */
    private static List<String> unregistered(Map<String, String> kafka, Topics topics) {
        List<String> refused = new ArrayList<>();
        if (Boolean.parseBoolean(kafka.get("auto.register.schemas"))) {
            return refused;
        }
        Map<String, Schema> wanted = new TreeMap<>(Map.of(
                topics.lines(), MailLine.getClassSchema(),
                topics.alerts(), Alert.getClassSchema(),
                topics.incidents(), Alert.getClassSchema()));
        try (Registry registry = RegistryKeys.registry(kafka)) {
            wanted.forEach((topic, schema) -> {
                try {
                    registry.idOf(topic + "-value", SchemaText.plain(schema));
                } catch (RegistryRefused refusal) {
                    refused.add(refusal.getMessage()
                            + (refusal.status() == RegistryRefused.NOT_FOUND
                                    ? "; `postwarden provision` does it"
                                    : ""));
                }
            });
        }
        return refused;
    }

    private static List<String> missing(Set<String> there, Topics topics) {
        List<String> missing = new ArrayList<>();
        Set<String> wanted =
                new TreeSet<>(Set.of(topics.lines(), topics.alerts(), topics.incidents(), topics.deadLetters()));
        wanted.removeAll(there);
        wanted.forEach(topic -> missing.add("topic " + topic + " does not exist; `postwarden provision` creates it"));
        return missing;
    }
}
