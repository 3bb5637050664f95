package postwarden.stream.check;

import java.util.ArrayList;
import java.util.List;
import postwarden.stream.TopicPlan;

/** Whether topics are as the promises need them. */
final class TopicCheck {
    private static final String REPAIR = "`postwarden provision --repair` sets it";

    private TopicCheck() {}

    /** The topics that agents, service and readers share. */
    static List<Finding> shared(ClusterState cluster, List<TopicPlan> plans) {
        List<Finding> found = new ArrayList<>();
        for (TopicPlan plan : plans) {
            TopicState topic = cluster.topics().get(plan.name());
            if (topic == null) {
                found.add(Finding.wrong(plan.name(), "it does not exist", "`postwarden provision` creates it"));
                continue;
            }
            found.addAll(copies(topic, plan.replicas()));
            for (TopicPlan.Demand demand : plan.demands()) {
                demand.breach(topic.setting(demand.setting()))
                        .map(why -> Finding.unsafe(topic.name(), why, REPAIR))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** Whether what is committed to a topic stays there. */
    static List<Finding> durable(TopicState topic, int replicas, String remedy) {
        List<Finding> found = new ArrayList<>(copies(topic, replicas));
        for (TopicPlan.Demand demand : TopicPlan.durable(replicas)) {
            demand.breach(topic.setting(demand.setting()))
                    .map(why -> Finding.unsafe(topic.name(), why, remedy))
                    .ifPresent(found::add);
        }
        return found;
    }

    private static List<Finding> copies(TopicState topic, int replicas) {
        String named = topic.name();
        List<Finding> found = new ArrayList<>();
        if (topic.replicas() < replicas) {
            found.add(Finding.unsafe(
                    named,
                    "it has " + topic.replicas() + " copies and needs " + replicas
                            + ": what one broker acknowledged is lost with it",
                    "`kafka-reassign-partitions.sh` adds copies"));
        }
        String inSync = topic.setting("min.insync.replicas");
        if (topic.replicas() > 1 && inSync.equals(String.valueOf(topic.replicas()))) {
            found.add(Finding.unsafe(
                    named,
                    "min.insync.replicas is " + inSync + " of " + topic.replicas()
                            + " copies: with one broker away nothing can be written",
                    "set it to " + TopicPlan.inSync(topic.replicas())));
        }
        return found;
    }
}
