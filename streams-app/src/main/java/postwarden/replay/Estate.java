package postwarden.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Utils;
import postwarden.stream.Provision;
import postwarden.stream.Topics;

/**
 * What a replay owns in the cluster and on this machine: its plan, which names its topics, those topics, its group and its
 * folder of states. Only what the plan names is ever deleted, and of that only what begins as the replay's own things do.
 */
final class Estate {
    /** Longer than the session of a killed run lasts, which its group is not empty for. */
    static final Duration NOBODY = Duration.ofSeconds(60);
    /** Brokers delete topics after they have agreed to. */
    private static final Duration GONE = Duration.ofSeconds(60);

    private static final long PAUSE_MILLIS = 200;

    private final Admin admin;
    private final String applicationId;
    private final Topics topics;
    private final String planTopic;
    private final PlanTopic plan;
    private final InternalTopics internal;
    private final Path state;

    Estate(
            Admin admin,
            Map<String, String> kafka,
            String live,
            ReplayName name,
            Topics topics,
            InternalTopics internal,
            Path stateDir) {
        this.admin = admin;
        this.applicationId = name.applicationId(live);
        this.topics = topics;
        this.planTopic = name.planTopic(live);
        this.plan = new PlanTopic(kafka, planTopic);
        this.internal = internal;
        this.state = stateDir.resolve(applicationId);
    }

    PlanTopic plan() {
        return plan;
    }

    boolean isThere() throws ExecutionException, InterruptedException {
        return there().contains(planTopic);
    }

    /** Takes possession: of nothing that was there before. */
    void found(short replicas) throws ExecutionException, InterruptedException, ReplayRefused {
        if (!isThere()) {
            refuseStrangers();
            NewTopic topic = new NewTopic(planTopic, 1, replicas).configs(Map.of("cleanup.policy", "compact"));
            admin.createTopics(List.of(topic)).all().get();
        }
        if (plan.read(admin).owns().isEmpty()) {
            refuseStrangers();
            plan.owns(List.copyOf(owned()));
        }
        Provision.outputs(admin, topics, replicas);
    }

    /** Waits until no member of the group is left, such as one that was killed a moment ago. */
    void awaitNobody() throws ExecutionException, InterruptedException, ReplayRefused {
        long end = System.nanoTime() + NOBODY.toNanos();
        while (isAtWork()) {
            if (System.nanoTime() > end) {
                throw new ReplayRefused("group " + applicationId
                        + " has members: this replay is at work elsewhere; wait until it is done, or stop it");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Lets go of what nobody reads any more when a replay is over: group, states and internal topics. */
    void tidy() throws ExecutionException, InterruptedException, ReplayRefused, IOException {
        // Kafka Streams does not say when it leaves, because it mostly comes back.
        if (isAtWork()) {
            admin.removeMembersFromConsumerGroup(applicationId, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        }
        awaitNobody();
        deleteTopics(internal.all());
        deleteGroupAndState();
    }

    /** Deletes all of it, the plan last: killed in between, it knows what is left. */
    void delete() throws ExecutionException, InterruptedException, ReplayRefused, IOException {
        List<String> owns = plan.read(admin).owns();
        List<String> foreign =
                owns.stream().filter(topic -> !isOwn(topic)).sorted().toList();
        if (!foreign.isEmpty()) {
            throw new ReplayRefused(
                    planTopic + " names topics that are no replay's: " + foreign + "; nothing was deleted");
        }
        awaitNobody();
        deleteTopics(owns);
        deleteGroupAndState();
        deleteTopics(List.of(planTopic));
    }

    private boolean isOwn(String topic) {
        return topic.startsWith(applicationId + "-") || outputs().contains(topic);
    }

    private List<String> outputs() {
        return List.of(topics.alerts(), topics.incidents(), topics.deadLetters());
    }

    private SortedSet<String> owned() {
        SortedSet<String> owned = new TreeSet<>(internal.all());
        owned.addAll(outputs());
        return owned;
    }

    private void refuseStrangers() throws ExecutionException, InterruptedException, ReplayRefused {
        SortedSet<String> strangers = owned();
        strangers.retainAll(there());
        if (!Offsets.committed(admin, applicationId).isEmpty()) {
            strangers.add("group " + applicationId);
        }
        if (!strangers.isEmpty()) {
            throw new ReplayRefused(
                    strangers + " exist and are of no replay that is known by this name; take another name");
        }
    }

    private void deleteTopics(Collection<String> which) throws ExecutionException, InterruptedException {
        Set<String> doomed = new TreeSet<>(which);
        doomed.retainAll(there());
        for (KafkaFuture<Void> each :
                admin.deleteTopics(doomed).topicNameValues().values()) {
            unlessGone(each);
        }
        long end = System.nanoTime() + GONE.toNanos();
        while (there().stream().anyMatch(doomed::contains) && System.nanoTime() < end) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** What an earlier replay by this name, deleted from another machine, has left in the folder. */
    void forgetState() throws IOException {
        if (Files.isDirectory(state)) {
            Utils.delete(state.toFile());
        }
    }

    private void deleteGroupAndState() throws ExecutionException, InterruptedException, IOException {
        unlessGone(admin.deleteConsumerGroups(List.of(applicationId)).all());
        forgetState();
    }

    private static void unlessGone(KafkaFuture<Void> deleted) throws ExecutionException, InterruptedException {
        try {
            deleted.get();
        } catch (ExecutionException refused) {
            boolean gone = refused.getCause() instanceof GroupIdNotFoundException
                    || refused.getCause() instanceof UnknownTopicOrPartitionException;
            if (!gone) {
                throw refused;
            }
        }
    }

    /** Whether somebody replays by this name, or was killed so recently that it is not yet missed. */
    boolean isAtWork() throws ExecutionException, InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(applicationId)).all().get().values().stream()
                    .map(ConsumerGroupDescription::members)
                    .anyMatch(members -> !members.isEmpty());
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw refused;
        }
    }

    private Set<String> there() throws ExecutionException, InterruptedException {
        return admin.listTopics().names().get();
    }
}
