package postwarden.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;
import postwarden.config.AppConfig;

/**
 * The graph as it was released. A difference is a migration: a node, store or topic that changes its name or number leaves its
 * old state and what is in flight behind. Say in the commit what becomes of both, then take the new text over.
 */
class TopologyShapeTest {
    private static final Map<String, String> KAFKA =
            Map.of("bootstrap.servers", "localhost:9092", "schema.registry.url", "mock://shape");

    @Test
    void the_topology_is_the_one_that_was_released() throws IOException {
        assertThat(topology().describe().toString())
                .as("a change of the topology is a migration: does old state survive, and what is in flight?")
                .isEqualTo(released());
    }

    @Test
    void only_the_internal_topics_that_were_asked_for_are_there() {
        TreeSet<String> topics = new TreeSet<>();
        for (TopologyDescription.Subtopology part : topology().describe().subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Sink sink) {
                    topics.add(sink.topic());
                }
            }
        }

        assertThat(topics)
                .containsExactly(
                        "mail.alerts",
                        "mail.dead-letters",
                        "mail.incidents",
                        "policies-repartition",
                        "reports-repartition",
                        "tallies-repartition");
    }

    private static Topology topology() {
        Running running = new Running("postwarden", "", 1, Duration.ofMillis(200), 3, 1, KAFKA);
        return new MailTopology(AppConfig.scanSettings(), new Meters(new SimpleMeterRegistry()))
                .build(running.properties(), TopicFormats.of(KAFKA));
    }

    private static String released() throws IOException {
        try (InputStream in = TopologyShapeTest.class.getResourceAsStream("/topology.txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
