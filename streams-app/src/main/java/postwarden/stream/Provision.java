package postwarden.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics with the settings that the promises rest on. A step of a roll-out: neither agent nor service creates a
 * topic that others read.
 */
public final class Provision {
    private Provision() {}

    /**
     * Creates what is missing, and changes nothing that is there.
     *
     * @param partitions of the lines topic and the samples', >= 1: the most instances that can share the intake
     * @param replicas of every topic, >= 1; from 3 on two must have a record before it counts as written
     * @return one line for each topic, saying whether it was created or was there
     * @throws ExecutionException when the cluster refuses
     */
    public static List<String> topics(Admin admin, Topics topics, int partitions, short replicas)
            throws ExecutionException, InterruptedException {
        List<String> done = new ArrayList<>();
        for (TopicPlan plan : TopicPlan.of(topics, partitions, replicas)) {
            done.add(create(admin, plan));
        }
        done.add(create(admin, TopicPlan.samples(partitions, replicas)));
        return done;
    }

    /**
     * Creates what is missing of the topics that the topology writes: all that a replay needs.
     *
     * @param replicas of every topic, >= 1
     * @return one line for each topic, saying whether it was created or was there
     * @throws ExecutionException when the cluster refuses
     */
    public static List<String> outputs(Admin admin, Topics topics, short replicas)
            throws ExecutionException, InterruptedException {
        List<String> done = new ArrayList<>();
        for (TopicPlan plan : TopicPlan.of(topics, 1, replicas)) {
            if (!plan.name().equals(topics.lines())) {
                done.add(create(admin, plan));
            }
        }
        return done;
    }

    /**
     * Sets the settings that the promises rest on where a topic has others: of the shared topics, and of the application's
     * internal ones those that keep what is committed to them.
     *
     * @param replicas of every topic, >= 1
     * @return one line for each change
     * @throws ExecutionException when the cluster refuses
     */
    public static List<String> repair(Admin admin, Topics topics, String application, short replicas)
            throws ExecutionException, InterruptedException {
        List<String> done = new ArrayList<>();
        for (TopicPlan plan : TopicPlan.of(topics, 1, replicas)) {
            done.addAll(repair(admin, plan.name(), plan.demands()));
        }
        TopicPlan samples = TopicPlan.samples(1, replicas);
        done.addAll(repair(admin, samples.name(), samples.demands()));
        for (String name : new TreeSet<>(admin.listTopics().names().get())) {
            if (isInternal(application, name)) {
                done.addAll(repair(admin, name, TopicPlan.durable(replicas)));
            }
        }
        return done;
    }

    /** Whether a topic is an internal one of the application, of whatever version. */
    public static boolean isInternal(String application, String topic) {
        return topic.startsWith(application + "-") && (topic.endsWith("-changelog") || topic.endsWith("-repartition"));
    }

    private static List<String> repair(Admin admin, String topic, List<TopicPlan.Demand> demands)
            throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config now = admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .values()
                .iterator()
                .next();
        List<String> done = new ArrayList<>();
        Collection<AlterConfigOp> changes = new ArrayList<>();
        for (TopicPlan.Demand demand : demands) {
            String is = String.valueOf(now.get(demand.setting()).value());
            if (demand.breach(is).isPresent()) {
                changes.add(
                        new AlterConfigOp(new ConfigEntry(demand.setting(), demand.value()), AlterConfigOp.OpType.SET));
                done.add(topic + ": " + demand.setting() + " was " + is + ", is " + demand.value());
            }
        }
        if (!changes.isEmpty()) {
            admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get();
        }
        return done;
    }

    private static String create(Admin admin, TopicPlan plan) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(plan.topic())).all().get();
            return plan.name() + ": created";
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof TopicExistsException) {
                return plan.name() + ": exists, left as it is";
            }
            throw refused;
        }
    }
}
