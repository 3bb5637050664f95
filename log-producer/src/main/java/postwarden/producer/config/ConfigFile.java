package postwarden.producer.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import postwarden.producer.AgentConfig;
import postwarden.producer.OperationParams;
import postwarden.producer.checkpoint.CheckpointParams;
import postwarden.producer.follow.FollowParams;
import postwarden.producer.metrics.MetricsParams;
import postwarden.producer.publish.KafkaSettings;
import postwarden.producer.publish.PublishParams;
import postwarden.producer.redact.Redaction;
import postwarden.producer.sample.SampleParams;

/** Reads the agent's configuration file (HOCON) over the defaults in {@code producer-reference.conf}, where every key is explained. */
public final class ConfigFile {
    private static final String REFERENCE = "producer-reference.conf";

    private ConfigFile() {}

    /**
     * Reads a configuration file.
     *
     * @param file the file
     * @param hostName name of this host, for what is not named in the file
     * @param once whether the command line says that the agent ends when everything is read
     * @throws ConfigProblems with everything that is wrong
     */
    public static AgentConfig read(Path file, String hostName, boolean once) {
        return read(file, hostName, once, false);
    }

    /**
     * Reads a configuration file.
     *
     * @param file the file
     * @param hostName name of this host, for what is not named in the file
     * @param once whether the command line says that the agent ends when everything is read
     * @param dev whether the command line accepts a cluster that could lose lines
     * @throws ConfigProblems with everything that is wrong
     */
    public static AgentConfig read(Path file, String hostName, boolean once, boolean dev) {
        if (!Files.isReadable(file)) {
            throw new ConfigProblems(List.of(file + ": no such file, or it may not be read"));
        }
        try {
            Config given = ConfigFactory.parseFile(
                    file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
            return read(file, given.resolve(), hostName, once, dev);
        } catch (ConfigException e) {
            throw new ConfigProblems(List.of(String.valueOf(e.getMessage())));
        }
    }

    /** Reads a configuration that is parsed already. */
    private static AgentConfig read(Path file, Config given, String hostName, boolean once, boolean devGiven) {
        Config reference = ConfigFactory.parseResources(ConfigFile.class.getClassLoader(), REFERENCE);
        Config config = given.withFallback(reference).resolve();
        Problems problems = new Problems();
        unknownKeys(given, reference).forEach(key -> problems.add(key, "no such setting"));
        String reporter = problems.read("reporter", () -> config.getString("reporter"), "");
        String name = reporter.isBlank() ? hostName : reporter;
        var sources = SourceList.read(config, name, problems);
        FollowParams follow =
                problems.read("follow", () -> follow(config.getConfig("follow"), once), FollowParams.defaults(once));
        boolean dev = devGiven || problems.read("dev", () -> config.getBoolean("dev"), false);
        Map<String, Object> kafka = kafka(file, config, dev, problems);
        PublishParams publish =
                problems.read("publish", () -> publish(config.getConfig("publish"), kafka), PublishParams.to(kafka));
        CheckpointParams checkpoint = problems.read(
                "checkpoint", () -> checkpoint(config.getConfig("checkpoint")), CheckpointParams.in(Path.of("state")));
        Redaction redaction = problems.read(
                "redaction.key-file", () -> redaction(config.getString("redaction.key-file")), Redaction.WITHOUT_KEY);
        SampleParams samples = SampleList.read(config.getConfig("samples"), name, problems);
        MetricsParams metrics =
                problems.read("metrics", () -> metrics(config.getConfig("metrics")), MetricsParams.nowhere());
        problems.throwIfAny();
        return new AgentConfig(
                name,
                sources,
                follow,
                publish,
                checkpoint,
                redaction,
                samples,
                new OperationParams(dev, metrics, true));
    }

    private static FollowParams follow(Config follow, boolean once) {
        return new FollowParams(
                follow.getDuration("poll"),
                follow.getDuration("scan"),
                follow.getDuration("sweep"),
                follow.getDuration("linger"),
                follow.getDuration("heartbeat"),
                Math.toIntExact(follow.getBytes("chunk")),
                follow.getInt("hosts"),
                follow.getInt("open"),
                follow.getBoolean("links"),
                once || follow.getBoolean("once"));
    }

    private static PublishParams publish(Config publish, Map<String, Object> kafka) {
        return new PublishParams(
                publish.getString("topic"),
                kafka,
                publish.getInt("records-in-flight"),
                publish.getBytes("bytes-in-flight"),
                publish.getDuration("drain"),
                publish.getDuration("complain-after"),
                publish.getDuration("longest-backoff"));
    }

    private static CheckpointParams checkpoint(Config checkpoint) {
        return new CheckpointParams(
                Path.of(checkpoint.getString("directory")),
                checkpoint.getDuration("every"),
                checkpoint.getDuration("forget-after"));
    }

    private static Redaction redaction(String keyFile) {
        return keyFile.isBlank() ? Redaction.WITHOUT_KEY : Redaction.with(KeyFile.read(Path.of(keyFile)));
    }

    private static MetricsParams metrics(Config metrics) {
        String textfile = metrics.getString("textfile");
        return new MetricsParams(
                metrics.getInt("port"),
                textfile.isBlank() ? Optional.empty() : Optional.of(Path.of(textfile)),
                metrics.getDuration("every"),
                metrics.getInt("files"));
    }

    private static Map<String, Object> kafka(Path file, Config config, boolean dev, Problems problems) {
        Map<String, Object> given = flat(config.getConfig("kafka"));
        KafkaSecrets.check(file, given, problems);
        Map<String, Object> kafka = KafkaSecrets.withSecrets(given, config.getConfig("secrets"), problems);
        KafkaSettings.problems(kafka).forEach(problems::add);
        if (!dev) {
            KafkaSettings.openings(kafka).forEach(problems::add);
        }
        return kafka;
    }

    /** Kafka's names have dots, which HOCON reads as nesting; put together again they are Kafka's names. */
    static Map<String, Object> flat(Config kafka) {
        Map<String, Object> settings = new HashMap<>();
        for (Map.Entry<String, ConfigValue> entry : kafka.entrySet()) {
            String name = String.join(".", ConfigUtil.splitPath(entry.getKey()));
            settings.put(name, String.valueOf(entry.getValue().unwrapped()));
        }
        return settings;
    }

    private static Set<String> unknownKeys(Config given, Config reference) {
        Set<String> known = reference.entrySet().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
        return given.entrySet().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !key.startsWith("kafka.") && !key.startsWith("secrets.") && !known.contains(key))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
