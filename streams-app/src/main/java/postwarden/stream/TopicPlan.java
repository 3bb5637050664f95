package postwarden.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as the promises need it: what it is created with, and what one that exists is held against.
 *
 * @param partitions what it is created with; what one that exists has is its operator's affair
 * @param replicas copies of each record, >= 1
 * @param retention what it is created with beside the demands, and its operator may change
 */
public record TopicPlan(
        String name, int partitions, short replicas, List<Demand> demands, Map<String, String> retention) {
    /** Raw lines are read again for a week after a rule was mended. */
    private static final String WEEK = Long.toString(7L * 24 * 3600 * 1000);
    /** Incidents are looked up for a year. */
    private static final String YEAR = Long.toString(365L * 24 * 3600 * 1000);
    /** Two of three copies must be there before a record counts as written: one broker may be away, and one may die. */
    private static final int REPLICAS_FOR_TWO = 3;

    private static final String STAMPED = "a record with a stamp of its own is deleted by its age, or never";

    public TopicPlan {
        demands = List.copyOf(demands);
        retention = Map.copyOf(retention);
    }

    /** How a setting is held against what is wanted. */
    public enum Bound {
        EXACTLY(""),
        AT_LEAST("at least ");

        private final String words;

        Bound(String words) {
            this.words = words;
        }

        private boolean holds(String is, String wanted) {
            return is.equals(wanted) || (this == AT_LEAST && number(is) >= number(wanted));
        }

        private static long number(String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException unlike) {
                return Long.MIN_VALUE;
            }
        }
    }

    /**
     * A setting that a promise rests on.
     *
     * @param why what happens without it
     */
    public record Demand(String setting, Bound bound, String value, String why) {
        /** What is wrong with this value, or nothing. */
        public Optional<String> breach(String is) {
            return bound.holds(is, value)
                    ? Optional.empty()
                    : Optional.of(setting + " is " + is + " and must be " + bound.words + value + ": " + why);
        }
    }

    /** The topics that agents, service and readers share. */
    public static List<TopicPlan> of(Topics topics, int partitions, short replicas) {
        List<TopicPlan> plans = new ArrayList<>(List.of(
                fromAgents(topics.lines(), partitions, replicas, "line"),
                plan(
                        topics.alerts(),
                        1,
                        replicas,
                        YEAR,
                        List.of(
                                whole(),
                                exactly(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime", STAMPED),
                                exactly(
                                        TopicConfig.CLEANUP_POLICY_CONFIG,
                                        "delete",
                                        "compaction keeps one transition of each incident"))),
                plan(
                        topics.incidents(),
                        1,
                        replicas,
                        "-1",
                        List.of(
                                whole(),
                                exactly(
                                        TopicConfig.CLEANUP_POLICY_CONFIG,
                                        "compact",
                                        "incidents that are open would be deleted by their age"))),
                plan(
                        topics.deadLetters(),
                        1,
                        replicas,
                        WEEK,
                        List.of(
                                whole(),
                                exactly(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime", STAMPED),
                                exactly(
                                        TopicConfig.CLEANUP_POLICY_CONFIG,
                                        "delete",
                                        "a compacted topic refuses records without a key")))));
        if (!topics.policy().isEmpty()) {
            plans.add(policy(topics, replicas));
        }
        return plans;
    }

    private static TopicPlan policy(Topics topics, short replicas) {
        return plan(
                topics.policy(),
                1,
                replicas,
                "-1",
                List.of(
                        exactly(
                                TopicConfig.COMPRESSION_TYPE_CONFIG,
                                "lz4",
                                "batches of other kinds unpack to thousands" + " of times their size"),
                        exactly(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                "compact",
                                "decisions that still hold would be deleted by their age")));
    }

    /**
     * The topic of what agents measure: as many partitions as the lines and the same retention, so that a host's lines and samples
     * can be read side by side, and again together. The service runs without it.
     */
    public static TopicPlan samples(int partitions, short replicas) {
        return fromAgents(Topics.SAMPLES, partitions, replicas, "sample");
    }

    /** What must hold for any topic of which a committed record is promised to be there. */
    public static List<Demand> durable(int replicas) {
        return List.of(
                new Demand(
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        Bound.AT_LEAST,
                        inSync(replicas),
                        "acknowledged records are lost with one broker"),
                exactly(
                        TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                        "false",
                        "a copy that is behind may take over, and acknowledged records are gone"));
    }

    /** {@code min.insync.replicas} for so many copies. */
    public static String inSync(int replicas) {
        return Integer.toString(replicas >= REPLICAS_FOR_TWO ? 2 : 1);
    }

    NewTopic topic() {
        Map<String, String> settings = demands.stream().collect(Collectors.toMap(Demand::setting, Demand::value));
        settings.putAll(retention);
        return new NewTopic(name, partitions, replicas).configs(settings);
    }

    /** A topic that every mail host may write to, and so anybody who has taken one over. */
    private static TopicPlan fromAgents(String name, int partitions, short replicas, String record) {
        return plan(
                name,
                partitions,
                replicas,
                WEEK,
                List.of(
                        exactly(
                                TopicConfig.COMPRESSION_TYPE_CONFIG,
                                "lz4",
                                "batches of other kinds unpack to thousands of times their size"),
                        exactly(
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                "65536",
                                "less refuses long lines, more lets one batch unpack to over 16 MiB"),
                        exactly(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime", STAMPED),
                        exactly(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                "delete",
                                "compaction keeps one " + record + " of each host")));
    }

    private static TopicPlan plan(String name, int partitions, short replicas, String retention, List<Demand> own) {
        List<Demand> all = new ArrayList<>(own);
        all.addAll(durable(replicas));
        return new TopicPlan(name, partitions, replicas, all, Map.of(TopicConfig.RETENTION_MS_CONFIG, retention));
    }

    private static Demand exactly(String setting, String value, String why) {
        return new Demand(setting, Bound.EXACTLY, value, why);
    }

    /** Kafka's default: what the service's producer sends at most, so that no alert is too large for its topic. */
    private static Demand whole() {
        return new Demand(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Bound.AT_LEAST,
                "1048588",
                "the service stops at a record that is larger");
    }
}
