package postwarden.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import postwarden.stream.Topics;

/** Refuses names that no topic can have, and one name for two of them: alerts among the lines would be read as lines. */
final class TopicNames {
    /** Characters that a broker takes, less what a replay appends to it. */
    private static final int MOST = 180;

    private TopicNames() {}

    static void check(Topics topics, RecordReader reader) {
        Map<String, String> names = new TreeMap<>(Map.of(
                "topics.lines", topics.lines(),
                "topics.alerts", topics.alerts(),
                "topics.incidents", topics.incidents(),
                "topics.dead-letters", topics.deadLetters(),
                "topics.policy", topics.policy()));
        Map<String, String> owners = new HashMap<>();
        names.forEach((key, name) -> {
            if (!isName(name)) {
                reader.error(key + " must be 1 to " + MOST + " of a-z, A-Z, 0-9, '.', '_' and '-', not '" + name + "'");
            }
            // A broker takes a dot and an underscore for the same in the names of its metrics.
            String owner = owners.putIfAbsent(name.replace('.', '_'), key);
            if (owner != null) {
                reader.error(key + " must be another topic than " + owner + ", not '" + name + "' too");
            }
        });
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MOST
                && !List.of(".", "..").contains(name)
                && name.chars().allMatch(TopicNames::isNameCharacter);
    }

    private static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ".-_".indexOf(c) >= 0;
    }
}
