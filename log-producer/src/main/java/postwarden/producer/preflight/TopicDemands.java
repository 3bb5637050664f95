package postwarden.producer.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;
import postwarden.producer.preflight.Finding.Weight;

/**
 * What the topic of all lines must be. The same that {@code postwarden provision} creates and the service demands: three copies of which
 * two must be written, lz4 only, batches of at most 64 KiB, stamped by the broker.
 */
public final class TopicDemands {
    /** One broker may be away and another die: three copies, two of which have a record before it is acknowledged. */
    private static final int COPIES = 3;

    private static final int IN_SYNC = 2;
    /** Long enough for the longest fragment with its header and envelope; see the README for why it is not more. */
    private static final int MESSAGE_BYTES = 65_536;

    private static final String REPAIR = "; `postwarden provision --repair` sets it";

    private TopicDemands() {}

    /** Everything that is not as it must be. */
    public static List<Finding> findings(TopicState topic) {
        List<Finding> found = new ArrayList<>(durability(topic));
        if (topic.mayWrite().filter(may -> !may).isPresent()) {
            found.add(finding(
                    topic, Weight.WRONG, "this agent may not write to it: its principal needs the operation WRITE"));
        }
        if (topic.leaderless() > 0) {
            found.add(finding(
                    topic,
                    Weight.WRONG,
                    topic.leaderless() + " of " + topic.partitions()
                            + " partitions have no leader now: their hosts wait"));
        }
        long bytes = number(topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG).orElse((long) MESSAGE_BYTES);
        if (bytes < MESSAGE_BYTES) {
            found.add(finding(
                    topic,
                    Weight.WRONG,
                    "max.message.bytes is " + bytes + " and must be " + MESSAGE_BYTES
                            + ": long lines would be refused, and be said to be lost" + REPAIR));
        } else if (bytes > MESSAGE_BYTES) {
            found.add(finding(
                    topic,
                    Weight.NOTE,
                    "max.message.bytes is " + bytes + ", more than " + MESSAGE_BYTES
                            + ": one batch may unpack to over 16 MiB in its readers" + REPAIR));
        }
        exactly(
                        topic,
                        TopicConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        "other kinds unpack to thousands of times their size")
                .ifPresent(found::add);
        exactly(
                        topic,
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        "LogAppendTime",
                        "a record with a stamp of its own is deleted by its age, or never")
                .ifPresent(found::add);
        return found;
    }

    /** Whether what is acknowledged stays. */
    public static List<Finding> durability(TopicState topic) {
        List<Finding> found = new ArrayList<>();
        if (topic.copies() < COPIES) {
            found.add(
                    finding(
                            topic,
                            Weight.UNSAFE,
                            "it has " + topic.copies() + (topic.copies() == 1 ? " copy" : " copies") + " and needs "
                                    + COPIES
                                    + ": acknowledged lines could be lost with a broker; `kafka-reassign-partitions.sh` adds copies"));
        }
        Optional<Long> inSync = number(topic, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
        if (inSync.isEmpty()) {
            found.add(finding(
                    topic,
                    Weight.NOTE,
                    "min.insync.replicas cannot be seen: this agent's principal lacks the operation DESCRIBE_CONFIGS"));
        } else if (inSync.get() < IN_SYNC) {
            found.add(finding(
                    topic,
                    Weight.UNSAFE,
                    "min.insync.replicas is " + inSync.get() + " and must be " + IN_SYNC
                            + ": a line could be acknowledged by one broker and lost with it" + REPAIR));
        }
        return found;
    }

    private static Optional<Finding> exactly(TopicState topic, String setting, String wanted, String why) {
        String is = topic.setting(setting);
        return topic.settings().isEmpty() || is.equals(wanted)
                ? Optional.empty()
                : Optional.of(finding(
                        topic, Weight.UNSAFE, setting + " is " + is + " and must be " + wanted + ": " + why + REPAIR));
    }

    private static Optional<Long> number(TopicState topic, String setting) {
        try {
            return Optional.of(Long.parseLong(topic.setting(setting)));
        } catch (NumberFormatException unseen) {
            return Optional.empty();
        }
    }

    private static Finding finding(TopicState topic, Weight weight, String what) {
        return new Finding(weight, "topic " + topic.name(), what);
    }
}
