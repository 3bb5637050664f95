package postwarden.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.Topology;
import picocli.CommandLine.Command;
import postwarden.config.AppConfig;
import postwarden.stream.MailTopology;
import postwarden.stream.Meters;
import postwarden.stream.Running;
import postwarden.stream.TopicFormats;

/** {@code postwarden topology}: the graph as Kafka Streams describes it. */
@Command(
        name = "topology",
        mixinStandardHelpOptions = true,
        description = "Prints the Kafka Streams topology: sub-topologies, nodes, stores, internal topics.")
final class TopologyCommand implements Callable<Integer> {
    private final PrintStream out;

    TopologyCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        // Describing needs no cluster; the address is only there because Kafka Streams insists on one.
        Map<String, String> kafka =
                Map.of("bootstrap.servers", "localhost:9092", "schema.registry.url", "mock://topology");
        Running running = new Running("postwarden", "", 1, Duration.ofMillis(200), 3, 1, kafka);
        try (TopicFormats formats = TopicFormats.of(kafka)) {
            Topology topology = new MailTopology(AppConfig.scanSettings(), new Meters(new SimpleMeterRegistry()))
                    .build(running.properties(), formats);
            out.print(topology.describe());
            return 0;
        }
    }
}
