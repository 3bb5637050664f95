package postwarden.stream.check;

import java.util.Map;

/**
 * A topic as it is.
 *
 * @param replicas copies of the partition that has fewest
 * @param settings those in force by default too
 */
record TopicState(String name, int partitions, int replicas, Map<String, String> settings) {
    TopicState {
        settings = Map.copyOf(settings);
    }

    /** A setting's value, or empty text when the cluster does not tell it. */
    String setting(String key) {
        return settings.getOrDefault(key, "");
    }
}
