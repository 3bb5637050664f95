package postwarden.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics with the settings that the promises rest on. A step of a roll-out: neither agent nor service creates a
 * topic.
 */
public final class Provision {
    /** Raw lines are read again for a week after a rule was mended. */
    private static final String WEEK = Long.toString(7L * 24 * 3600 * 1000);
    /** Incidents are looked up for a year. */
    private static final String YEAR = Long.toString(365L * 24 * 3600 * 1000);

    private Provision() {}

    /**
     * Creates what is missing.
     *
     * @param partitions of the lines topic, >= 1: the most instances that can share the intake
     * @param replicas of every topic, >= 1; from 3 on two must have a record before it counts as written
     * @return one line for each topic, saying whether it was created or was there
     * @throws ExecutionException when the cluster refuses
     */
    public static List<String> topics(Admin admin, Topics topics, int partitions, short replicas)
            throws ExecutionException, InterruptedException {
        String inSync = inSync(replicas);
        // lz4 bounds how much a record can grow when it is unpacked; the broker packs again what came otherwise.
        NewTopic lines = topic(
                topics.lines(),
                partitions,
                replicas,
                inSync,
                Map.of(
                        "compression.type", "lz4",
                        "max.message.bytes", "65536",
                        "message.timestamp.type", "LogAppendTime",
                        "retention.ms", WEEK));
        List<String> done = new ArrayList<>(List.of(create(admin, lines)));
        done.addAll(outputs(admin, topics, replicas));
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
        String inSync = inSync(replicas);
        List<NewTopic> wanted = List.of(
                // Stamped by the broker: an alert about an old log must not be deleted for its age.
                topic(
                        topics.alerts(),
                        1,
                        replicas,
                        inSync,
                        Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", YEAR)),
                topic(topics.incidents(), 1, replicas, inSync, Map.of("cleanup.policy", "compact")),
                topic(
                        topics.deadLetters(),
                        1,
                        replicas,
                        inSync,
                        Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", WEEK)));
        List<String> done = new ArrayList<>();
        for (NewTopic topic : wanted) {
            done.add(create(admin, topic));
        }
        return done;
    }

    private static String inSync(short replicas) {
        return Integer.toString(replicas >= 3 ? 2 : 1);
    }

    private static String create(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
            return topic.name() + ": created";
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof TopicExistsException) {
                return topic.name() + ": exists, left as it is";
            }
            throw refused;
        }
    }

    private static NewTopic topic(
            String name, int partitions, short replicas, String inSync, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("min.insync.replicas", inSync);
        return new NewTopic(name, partitions, replicas).configs(all);
    }
}
