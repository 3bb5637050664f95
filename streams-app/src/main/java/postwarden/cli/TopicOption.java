package postwarden.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import postwarden.config.AppConfig;
import postwarden.config.ConfigRefused;
import postwarden.stream.Topics;

/** Where alerts are read from: what a service's configuration names, or a broker and a registry. */
final class TopicOption {
    @ArgGroup(multiplicity = "1")
    private Where where = new Where();

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "topic of alerts, such as that of a replay (default: the configuration's, or mail.alerts)")
    private @Nullable String topic;

    /** One of the two. */
    private static final class Where {
        @Option(
                names = "--config",
                required = true,
                paramLabel = "FILE",
                description = "the service's configuration (HOCON)")
        private @Nullable Path config;

        @ArgGroup(exclusive = false)
        private @Nullable Cluster cluster;
    }

    /** A cluster that asks for no credentials. */
    private static final class Cluster {
        @Option(
                names = "--bootstrap",
                required = true,
                paramLabel = "HOST:PORT[,…]",
                description = "brokers, where they want neither TLS nor a password")
        private @Nullable String bootstrap;

        @Option(names = "--registry", required = true, paramLabel = "URL", description = "schema registry")
        private @Nullable String registry;
    }

    /** Settings of Kafka's clients, and the topic. */
    record Source(Map<String, String> kafka, String topic) {}

    /** What was said, or nothing, and each reason is a line of this command's on {@code err}. */
    Optional<Source> load(String command, PrintStream err) {
        Cluster cluster = where.cluster;
        if (cluster != null) {
            Map<String, String> kafka = Map.of(
                    "bootstrap.servers",
                    Objects.requireNonNull(cluster.bootstrap),
                    "schema.registry.url",
                    Objects.requireNonNull(cluster.registry));
            return Optional.of(new Source(kafka, topic == null ? Topics.STANDARD.alerts() : topic));
        }
        Path file = Objects.requireNonNull(where.config);
        try {
            AppConfig loaded = AppConfig.load(file);
            return Optional.of(new Source(
                    loaded.kafka(), topic == null ? loaded.settings().topics().alerts() : topic));
        } catch (ConfigRefused refused) {
            refused.errors().forEach(error -> err.println("postwarden " + command + ": " + file + ": " + error));
            return Optional.empty();
        }
    }
}
