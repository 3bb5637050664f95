package postwarden.stream.check;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.TopologyDescription;

/**
 * What of a topology outlives a run: which internal topics it has, with how many partitions. Nodes may be renamed and moved
 * freely; a change of this is a migration.
 *
 * @param repartitions partitions of each topic between two parts of the topology
 * @param changelogs partitions of each store's changelog
 * @param text the same for people, a line for each part; two topologies with the same text can use each other's state
 */
record Shape(NavigableMap<String, Integer> repartitions, NavigableMap<String, Integer> changelogs, String text) {
    /**
     * Version of the records in internal topics. One more, whenever this program no longer reads in them what an earlier one
     * wrote; the stored examples of the old forms stand in the tests' {@code codec/vN}.
     */
    static final int FORMAT = 1;

    private static final String CHANGELOG = "-changelog";

    /**
     * The shape of a topology.
     *
     * @param shared partitions of the topics that it reads and does not own
     * @param partitions of its repartition topics
     */
    static Shape of(TopologyDescription topology, String application, Map<String, Integer> shared, int partitions) {
        NavigableMap<String, Integer> repartitions = new TreeMap<>();
        NavigableMap<String, Integer> changelogs = new TreeMap<>();
        NavigableSet<String> parts = new TreeSet<>();
        for (TopologyDescription.Subtopology part : topology.subtopologies()) {
            NavigableSet<String> read = read(part);
            int most = read.stream()
                    .mapToInt(topic -> shared.getOrDefault(topic, partitions))
                    .max()
                    .orElse(0);
            read.stream()
                    .filter(topic -> !shared.containsKey(topic))
                    .forEach(topic -> repartitions.put(application + "-" + topic, partitions));
            NavigableSet<String> kept = kept(part);
            kept.forEach(store -> changelogs.put(application + "-" + store + CHANGELOG, most));
            parts.add(String.join(" ", read) + " in " + most + " partitions, kept in " + String.join(" ", kept));
        }
        return new Shape(repartitions, changelogs, "format " + FORMAT + "\n" + String.join("\n", parts));
    }

    /** What the other has and this has not, line by line. */
    static String without(String text, String other) {
        List<String> own = text.lines().toList();
        return other.lines().filter(line -> !own.contains(line)).collect(Collectors.joining("; "));
    }

    private static NavigableSet<String> read(TopologyDescription.Subtopology part) {
        NavigableSet<String> read = new TreeSet<>();
        for (TopologyDescription.Node node : part.nodes()) {
            if (node instanceof TopologyDescription.Source source && source.topicSet() != null) {
                read.addAll(source.topicSet());
            }
        }
        return read;
    }

    /** The stores that have a changelog: those whose names end in a version, see {@code Stores}. */
    private static NavigableSet<String> kept(TopologyDescription.Subtopology part) {
        NavigableSet<String> kept = new TreeSet<>();
        for (TopologyDescription.Node node : part.nodes()) {
            if (node instanceof TopologyDescription.Processor processor) {
                processor.stores().stream()
                        .filter(store -> store.matches(".*-v[0-9]+"))
                        .forEach(kept::add);
            }
        }
        return kept;
    }
}
