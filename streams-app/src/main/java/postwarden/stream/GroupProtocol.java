package postwarden.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Which of Kafka's protocols shares the work among instances: the classic one, in which an instance computes who does what, or
 * the streams one (KIP-1071), in which the broker does.
 *
 * @param name {@code classic} or {@code streams}, as Kafka Streams calls them
 * @param reason why, for the log
 */
public record GroupProtocol(String name, String reason) {
    public static final String AUTO = "auto";
    public static final String CLASSIC = "classic";
    public static final String STREAMS = "streams";

    private static final String FEATURE = "streams.version";
    private static final String LEAST_SESSION = "group.streams.min.session.timeout.ms";

    /**
     * Decides, and tells the broker what the streams protocol leaves to it.
     *
     * @param wanted {@code auto}, {@code classic} or {@code streams}; auto is streams only where nothing is lost by it
     * @param group the application id
     * @throws ExecutionException when the broker refuses to tell or to be told
     */
    public static GroupProtocol decide(Admin admin, String wanted, String group, int standbyReplicas)
            throws ExecutionException, InterruptedException {
        GroupProtocol chosen = wanted.equals(AUTO)
                ? auto(admin, group, standbyReplicas)
                : new GroupProtocol(wanted, "service.group-protocol says so");
        if (chosen.name().equals(CLASSIC)) {
            return chosen;
        }
        try {
            tellBroker(admin, group, standbyReplicas);
            return chosen;
        } catch (ExecutionException refused) {
            if (wanted.equals(AUTO) && isForbidden(refused)) {
                return new GroupProtocol(CLASSIC, "the broker may not be told about the group (ALTER_CONFIGS on it)");
            }
            throw refused;
        }
    }

    private static boolean isForbidden(ExecutionException refused) {
        return refused.getCause() instanceof AuthorizationException;
    }

    private static GroupProtocol auto(Admin admin, String group, int standbyReplicas)
            throws ExecutionException, InterruptedException {
        Optional<String> spoken = spoken(admin.listGroups().all().get(), group);
        if (spoken.isPresent()) {
            return new GroupProtocol(spoken.get(), "running instances of " + group + " speak it");
        }
        List<String> missing = missing(admin, standbyReplicas);
        return missing.isEmpty()
                ? new GroupProtocol(STREAMS, "the broker has it and nothing is lost by it")
                : new GroupProtocol(CLASSIC, String.join("; ", missing));
    }

    /** A group with members has one protocol, and who speaks another is turned away. */
    private static Optional<String> spoken(Collection<GroupListing> groups, String group) {
        return groups.stream()
                .filter(listed -> listed.groupId().equals(group))
                .filter(listed ->
                        listed.groupState().filter(GroupProtocol::hasMembers).isPresent())
                .flatMap(listed -> listed.type().stream())
                .map(type -> type == GroupType.STREAMS ? STREAMS : CLASSIC)
                .findFirst();
    }

    private static boolean hasMembers(GroupState state) {
        return state != GroupState.EMPTY && state != GroupState.DEAD;
    }

    /** What the streams protocol lacks here that the classic one has. */
    private static List<String> missing(Admin admin, int standbyReplicas)
            throws ExecutionException, InterruptedException {
        FinalizedVersionRange feature = admin.describeFeatures()
                .featureMetadata()
                .get()
                .finalizedFeatures()
                .get(FEATURE);
        if (feature == null || feature.maxVersionLevel() < 1) {
            return List.of("the cluster's " + FEATURE + " is 0");
        }
        Duration least;
        try {
            least = leastSession(admin);
        } catch (ExecutionException refused) {
            if (isForbidden(refused)) {
                return List.of("the broker may not be asked for its settings (DESCRIBE_CONFIGS on the cluster)");
            }
            throw refused;
        }
        List<String> missing = new ArrayList<>();
        if (least.compareTo(ClientSettings.SESSION) > 0) {
            missing.add("the broker would miss a killed instance only after " + least.toSeconds() + " s ("
                    + LEAST_SESSION + "), not " + ClientSettings.SESSION.toSeconds() + " s");
        }
        if (standbyReplicas > 0) {
            missing.add("the streams protocol moves a task before its state is there (it has no warm-up replicas yet)");
        }
        return missing;
    }

    private static Duration leastSession(Admin admin) throws ExecutionException, InterruptedException {
        Node broker = admin.describeCluster().controller().get();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
        Config config =
                admin.describeConfigs(List.of(resource)).all().get().getOrDefault(resource, new Config(List.of()));
        return Optional.ofNullable(config.get(LEAST_SESSION))
                .map(entry -> Duration.ofMillis(Long.parseLong(entry.value())))
                .orElse(Duration.ZERO);
    }

    /** In the streams protocol the number of copies and the session's length are the broker's, by group. */
    private static void tellBroker(Admin admin, String group, int standbyReplicas)
            throws ExecutionException, InterruptedException {
        Duration least = leastSession(admin);
        Duration session = least.compareTo(ClientSettings.SESSION) > 0 ? least : ClientSettings.SESSION;
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        admin.incrementalAlterConfigs(Map.of(
                        resource,
                        List.of(
                                set("streams.num.standby.replicas", standbyReplicas),
                                set("streams.session.timeout.ms", session.toMillis()))))
                .all()
                .get();
    }

    private static AlterConfigOp set(String key, long value) {
        return new AlterConfigOp(new ConfigEntry(key, Long.toString(value)), AlterConfigOp.OpType.SET);
    }
}
