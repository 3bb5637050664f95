package postwarden.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/**
 * What Kafka Streams calls the topics that it makes for a topology.
 *
 * @param repartitions in the order of the flow
 * @param changelogs also of stores that are not logged, whose topics never exist
 */
record InternalTopics(List<String> repartitions, SortedSet<String> changelogs) {
    private static final String REPARTITION = "-repartition";

    static InternalTopics of(Topology topology, String applicationId) {
        String prefix = applicationId + "-";
        List<String> repartitions = new ArrayList<>();
        SortedSet<String> changelogs = new TreeSet<>();
        topology.describe().subtopologies().stream()
                .sorted(Comparator.comparingInt(TopologyDescription.Subtopology::id))
                .flatMap(part -> part.nodes().stream())
                .forEach(node -> {
                    if (node instanceof TopologyDescription.Source source) {
                        source.topicSet().stream()
                                .filter(topic -> topic.endsWith(REPARTITION))
                                .forEach(topic -> repartitions.add(topic.startsWith(prefix) ? topic : prefix + topic));
                    } else if (node instanceof TopologyDescription.Processor processor) {
                        processor.stores().forEach(store -> changelogs.add(prefix + store + "-changelog"));
                    }
                });
        return new InternalTopics(repartitions, changelogs);
    }

    SortedSet<String> all() {
        SortedSet<String> all = new TreeSet<>(changelogs);
        all.addAll(repartitions);
        return all;
    }
}
