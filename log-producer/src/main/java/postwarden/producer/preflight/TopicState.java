package postwarden.producer.preflight;

import java.util.Map;
import java.util.Optional;

/**
 * What a cluster says of a topic.
 *
 * @param name its name
 * @param partitions how many, >= 1
 * @param copies of the partition that has the fewest, >= 1
 * @param leaderless partitions that nobody leads now
 * @param settings its configuration; empty where this agent may not see it
 * @param mayWrite whether this agent may write to it; empty where the brokers do not tell
 */
public record TopicState(
        String name,
        int partitions,
        int copies,
        long leaderless,
        Map<String, String> settings,
        Optional<Boolean> mayWrite) {
    public TopicState {
        settings = Map.copyOf(settings);
    }

    /** A setting's value, or {@code ?} where it may not be seen. */
    public String setting(String name) {
        return settings.getOrDefault(name, "?");
    }
}
