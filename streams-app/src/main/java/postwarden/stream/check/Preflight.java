package postwarden.stream.check;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.Topology;
import postwarden.schema.Alert;
import postwarden.schema.MailLine;
import postwarden.schema.Policy;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistryKeys;
import postwarden.schema.registry.RegistryRefused;
import postwarden.schema.registry.SchemaText;
import postwarden.stream.MailTopology;
import postwarden.stream.Meters;
import postwarden.stream.Running;
import postwarden.stream.Settings;
import postwarden.stream.TopicFormats;
import postwarden.stream.TopicPlan;
import postwarden.stream.Topics;

/**
 * Looks before the topology starts: whether a broker answers, whether topics and schemas are there, whether the cluster can
 * keep the promises, and whether the state that is there is this topology's.
 */
public final class Preflight {
    private final Settings settings;
    private final Running running;
    private final Consumer<String> say;

    /** @param say receives one line each time that no broker answers */
    public Preflight(Settings settings, Running running, Consumer<String> say) {
        this.settings = settings;
        this.running = running;
        this.say = say;
    }

    /**
     * Waits for a broker, saying so after each try, and for a registry, which says so itself; then looks. Where nothing refuses
     * a start and nothing is there yet, writes down which topology begins.
     *
     * @param dev whether a cluster is accepted that cannot keep the promises
     * @return what is not as it must be; empty in a cluster that is
     * @throws ExecutionException when the cluster refuses to be asked
     */
    public List<Finding> check(boolean dev) throws InterruptedException, ExecutionException {
        return patiently(admin -> look(admin, dev));
    }

    /**
     * Waits in the same way, then looks at the cluster, the shared topics and the schemas, and writes nothing: what a replay
     * needs, which has internal topics of its own.
     *
     * @throws ExecutionException when the cluster refuses to be asked
     */
    public List<Finding> checkShared() throws InterruptedException, ExecutionException {
        return patiently(admin -> {
            ClusterState cluster = ClusterState.read(admin, shared(settings.topics()), running.applicationId());
            List<Finding> found = new ArrayList<>(ClusterCheck.findings(cluster, running.kafka()));
            found.addAll(TopicCheck.shared(cluster, plans()));
            found.addAll(unregistered(Reach.impatient(running.kafka()), settings.topics()));
            return Finding.together(found);
        });
    }

    /** One look at a cluster that answers. */
    private interface Look {
        List<Finding> at(Admin admin) throws InterruptedException, ExecutionException;
    }

    private List<Finding> patiently(Look look) throws InterruptedException, ExecutionException {
        while (true) {
            if (Reach.isUnresolved(running.kafka())) {
                // Where brokers start beside the service, so do their names.
                sayThat(Reach.unresolved(running.kafka()));
                Thread.sleep(Reach.ASK_MILLIS);
                continue;
            }
            try (Admin admin = Reach.client(running.kafka(), asking(running.kafka()))) {
                return look.at(admin);
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof RetriableException)) {
                    throw failure;
                }
                sayThat(Reach.words(running.kafka(), failure));
            }
        }
    }

    private void sayThat(String what) {
        say.accept(what + "; trying again");
    }

    /**
     * Looks at the cluster only, once, and changes nothing.
     *
     * @throws ExecutionException when the cluster does not answer
     */
    public List<Finding> look(Admin admin) throws InterruptedException, ExecutionException {
        ClusterState cluster = ClusterState.read(admin, shared(settings.topics()), running.applicationId());
        List<Finding> found = new ArrayList<>(ClusterCheck.findings(cluster, running.kafka()));
        found.addAll(TopicCheck.shared(cluster, plans()));
        if (cluster.topics().containsKey(settings.topics().lines())) {
            found.addAll(InternalCheck.findings(cluster, shape(cluster)));
        }
        return Finding.together(found);
    }

    private List<Finding> look(Admin admin, boolean dev) throws InterruptedException, ExecutionException {
        List<Finding> found = new ArrayList<>(look(admin));
        found.addAll(unregistered(running.kafka(), settings.topics()));
        if (found.stream().noneMatch(finding -> finding.refuses(dev))) {
            ClusterState cluster = ClusterState.read(admin, shared(settings.topics()), running.applicationId());
            new Maker(running.kafka(), running.applicationId(), running.replicationFactor())
                    .claim(admin, cluster, shape(cluster))
                    .ifPresent(found::add);
        }
        return found;
    }

    /**
     * Names the changelogs that are there, and no others: after a reset, and in another cluster, it is another.
     *
     * @throws ExecutionException when the cluster does not tell
     */
    public String changelogs() throws InterruptedException, ExecutionException {
        String topic = Maker.topic(running.applicationId());
        try (Admin admin = Admin.create(asking(running.kafka()))) {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .map(described -> described.topicId().toString())
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Shape shape(ClusterState cluster) {
        Map<String, Integer> read = new HashMap<>();
        for (String topic : List.of(settings.topics().lines(), settings.topics().policy())) {
            TopicState state = cluster.topics().get(topic);
            read.put(topic, state == null ? 0 : state.partitions());
        }
        return Shape.of(
                topology().describe(),
                running.applicationId(),
                read,
                settings.stream().partitions());
    }

    /** Only looked at; nothing is read or written with its serdes. */
    private Topology topology() {
        try (TopicFormats formats = TopicFormats.of(running.kafka())) {
            return new MailTopology(settings, new Meters(new SimpleMeterRegistry()))
                    .build(running.properties(), formats);
        }
    }

    private List<TopicPlan> plans() {
        return TopicPlan.of(settings.topics(), 1, (short) ClusterCheck.REPLICAS);
    }

    private static Set<String> shared(Topics topics) {
        Set<String> shared = new HashSet<>(
                List.of(topics.lines(), topics.alerts(), topics.incidents(), topics.deadLetters(), topics.policy()));
        shared.remove("");
        return shared;
    }

    private static Map<String, Object> asking(Map<String, String> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Reach.ASK_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Reach.ASK_MILLIS / 2);
        return settings;
    }

    /** What the registry refuses to tell, or does not know; nothing where clients register schemas themselves. */
    private static List<Finding> unregistered(Map<String, String> kafka, Topics topics) {
        if (Boolean.parseBoolean(kafka.get("auto.register.schemas"))) {
            return List.of();
        }
        Map<String, Schema> wanted = new TreeMap<>(Map.of(
                topics.lines(), MailLine.getClassSchema(),
                topics.alerts(), Alert.getClassSchema(),
                topics.incidents(), Alert.getClassSchema()));
        if (!topics.policy().isEmpty()) {
            wanted.put(topics.policy(), Policy.getClassSchema());
        }
        List<Finding> refused = new ArrayList<>();
        try (Registry registry = RegistryKeys.registry(kafka)) {
            wanted.forEach((topic, schema) -> {
                try {
                    registry.idOf(topic + "-value", SchemaText.plain(schema));
                } catch (RegistryRefused refusal) {
                    Finding finding =
                            Finding.wrong("registry", String.valueOf(refusal.getMessage()), remedy(refusal.status()));
                    if (!refused.contains(finding)) {
                        refused.add(finding);
                    }
                }
            });
        }
        return refused;
    }

    /** @param status the registry's, in HTTP */
    private static String remedy(int status) {
        if (status == RegistryRefused.NOT_FOUND) {
            return "`postwarden provision` registers it";
        }
        return status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_FORBIDDEN
                ? "let the service read it"
                : "see kafka.schema.registry.url";
    }
}
