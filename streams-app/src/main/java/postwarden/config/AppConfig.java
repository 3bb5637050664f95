package postwarden.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import postwarden.correlate.CorrelatorParams;
import postwarden.detect.DetectorParams;
import postwarden.detect.Detectors;
import postwarden.detect.WatchParams;
import postwarden.incident.DeskParams;
import postwarden.metrics.MetricsParams;
import postwarden.parse.reply.Replies;
import postwarden.serve.ApiParams;
import postwarden.stream.GroupProtocol;
import postwarden.stream.Running;
import postwarden.stream.Settings;
import postwarden.stream.StreamParams;
import postwarden.stream.Topics;
import postwarden.tally.IntakeParams;
import postwarden.tally.Systems;

/**
 * The whole configuration, read once at start.
 *
 * @param settings what decides verdicts
 * @param detectors what the detectors in {@code settings} were made with
 * @param parse where the operator's replies in {@code settings} come from
 * @param networks where the systems in {@code settings} come from
 * @param service what does not
 * @param metrics where its meters are shown
 * @param api how it is asked over HTTP
 * @param kafka passed on to Kafka's clients and serdes as it is, such as bootstrap.servers and schema.registry.url
 */
public record AppConfig(
        Settings settings,
        DetectorParams detectors,
        ParseParams parse,
        NetworkParams networks,
        ServiceParams service,
        MetricsParams metrics,
        ApiParams api,
        Map<String, String> kafka) {
    private static final Set<String> KEYS = Set.of(
            "service",
            "api",
            "kafka",
            "topics",
            "stream",
            "intake",
            "correlator",
            "parse",
            "watch",
            "detectors",
            "desk",
            "networks",
            "metrics");

    public AppConfig {
        kafka = Map.copyOf(kafka);
    }

    /** How the service is to run. */
    public Running running() {
        return running(GroupProtocol.CLASSIC);
    }

    /**
     * The same, with the instances sharing the work by another protocol.
     *
     * @param groupProtocol see {@link GroupProtocol#name}
     */
    public Running running(String groupProtocol) {
        return new Running(
                        service.applicationId(),
                        service.stateDir(),
                        service.threads(),
                        service.commitInterval(),
                        service.replicationFactor(),
                        service.standbyReplicas(),
                        groupProtocol,
                        service.stores(),
                        kafka)
                .at(api.peers().advertise());
    }

    /** The defaults, with these settings for Kafka. */
    public static AppConfig defaults(Map<String, String> kafka) {
        return new AppConfig(
                settings(ConfigFactory.empty(), new RecordReader(), WatchParams.LIVE),
                DetectorParams.defaults(),
                ParseParams.STANDARD,
                NetworkParams.STANDARD,
                ServiceParams.STANDARD,
                MetricsParams.STANDARD,
                ApiParams.STANDARD,
                kafka);
    }

    /** What holds where nobody is left behind: in {@code scan} and in a replay, whatever the service is told. */
    public static Settings scanSettings() {
        return settings(ConfigFactory.empty(), new RecordReader(), WatchParams.REPLAY);
    }

    /**
     * The settings of {@code scan} with the thresholds of a configuration file.
     *
     * @throws ConfigRefused with everything that is wrong
     */
    public static Settings scanSettings(Path file) throws ConfigRefused {
        return scanSettings(ConfigFile.parse(file), file);
    }

    /**
     * The settings of {@code scan} with the thresholds of a configuration file, where one is given, and with a file of an
     * operator's replies instead of the one that the configuration names.
     *
     * @throws ConfigRefused with everything that is wrong
     */
    public static Settings scanSettings(@Nullable Path file, Path replies) throws ConfigRefused {
        Config config = file == null ? ConfigFactory.empty() : ConfigFile.parse(file);
        return scanSettings(
                config.withValue("parse.replies", ConfigValueFactory.fromAnyRef(replies.toString())),
                file == null ? replies : file);
    }

    private static Settings scanSettings(Config config, Path file) throws ConfigRefused {
        RecordReader reader = new RecordReader();
        reader.onlyKnown(config, "", KEYS);
        Settings settings = settings(config, reader, WatchParams.REPLAY);
        refuse(file, reader);
        return settings;
    }

    /**
     * Reads a configuration file (HOCON, of which JSON and properties are subsets).
     *
     * @throws ConfigRefused with everything that is wrong
     */
    public static AppConfig load(Path file) throws ConfigRefused {
        return of(ConfigFile.parse(file), file);
    }

    /** @throws ConfigRefused with everything that is wrong, naming {@code file} */
    static AppConfig of(Config config, Path file) throws ConfigRefused {
        RecordReader reader = new RecordReader();
        reader.onlyKnown(config, "", KEYS);
        Settings settings = settings(config, reader, WatchParams.LIVE);
        ServiceParams service = reader.read(config, "service", ServiceParams.STANDARD);
        MetricsParams metrics = reader.read(config, "metrics", MetricsParams.STANDARD);
        ApiParams api = reader.read(config, "api", ApiParams.STANDARD);
        Map<String, String> kafka = kafka(config, reader);
        refuse(file, reader);
        ParseParams parse = new RecordReader().read(config, "parse", ParseParams.STANDARD);
        NetworkParams networks = new RecordReader().read(config, "networks", NetworkParams.STANDARD);
        return new AppConfig(
                settings, detectors(config, new RecordReader()), parse, networks, service, metrics, api, kafka);
    }

    private static Settings settings(Config config, RecordReader reader, WatchParams watch) {
        Topics topics = reader.read(config, "topics", Topics.STANDARD);
        TopicNames.check(topics, reader);
        StreamParams stream = reader.read(config, "stream", StreamParams.STANDARD);
        IntakeParams intake = reader.read(config, "intake", IntakeParams.STANDARD);
        CorrelatorParams correlator = reader.read(config, "correlator", CorrelatorParams.DEFAULT);
        WatchParams watched = reader.read(config, "watch", watch);
        DetectorParams detectors = detectors(config, reader);
        DeskParams desk = reader.read(config, "desk", DeskParams.DEFAULT);
        Replies replies = replies(reader.read(config, "parse", ParseParams.STANDARD), reader);
        NetworkParams networks = reader.read(config, "networks", NetworkParams.STANDARD);
        AsnFile.Read systems = systems(networks, reader);
        // What can change a verdict; how much fits on a heap cannot.
        List<String> decisive = new ArrayList<>(Effective.lines("intake", intake));
        decisive.addAll(Effective.lines("correlator", correlator));
        decisive.addAll(Effective.lines("detectors", detectors));
        decisive.addAll(Effective.lines("desk", desk));
        decisive.addAll(replies.ownLines());
        decisive.add("networks.asn-database = " + systems.edition());
        decisive.add("watch.hold = " + watched.hold());
        decisive.add("watch.silence = " + watched.silence());
        String digest = digest(String.join("\n", decisive));
        return new Settings(
                topics,
                stream,
                intake,
                correlator,
                watched,
                Detectors.of(detectors),
                desk,
                replies,
                systems.systems(),
                List.of(),
                digest);
    }

    private static Replies replies(ParseParams parse, RecordReader reader) {
        if (parse.replies().isEmpty()) {
            return Replies.STANDARD;
        }
        try {
            return RepliesFile.load(parse.replies());
        } catch (ConfigRefused refused) {
            refused.errors().forEach(error -> reader.error("parse.replies: " + parse.replies() + ": " + error));
            return Replies.STANDARD;
        }
    }

    private static AsnFile.Read systems(NetworkParams networks, RecordReader reader) {
        AsnFile.Read prefixes = new AsnFile.Read(Systems.PREFIXES, "none");
        if (networks.asnDatabase().isEmpty()) {
            return prefixes;
        }
        try {
            return AsnFile.load(networks.asnDatabase());
        } catch (ConfigRefused refused) {
            refused.errors()
                    .forEach(error -> reader.error("networks.asn-database: " + networks.asnDatabase() + ": " + error));
            return prefixes;
        }
    }

    private static DetectorParams detectors(Config config, RecordReader reader) {
        return reader.read(config, "detectors", DetectorParams.defaults());
    }

    static Map<String, String> kafka(Config config, RecordReader reader) {
        Map<String, String> kafka = new TreeMap<>();
        for (Map.Entry<String, ConfigValue> entry :
                reader.section(config, "kafka").entrySet()) {
            String key = String.join(".", ConfigUtil.splitPath(entry.getKey()));
            if (entry.getValue().valueType() == ConfigValueType.LIST) {
                reader.error("kafka." + key + " must be one text, such as \"a,b\", not a list");
            } else {
                kafka.put(key, String.valueOf(entry.getValue().unwrapped()));
            }
        }
        for (String needed : List.of("bootstrap.servers", "schema.registry.url")) {
            if (kafka.getOrDefault(needed, "").isBlank()) {
                reader.error("kafka." + needed + " is missing");
            }
        }
        return kafka;
    }

    static void refuse(Path file, RecordReader reader) throws ConfigRefused {
        if (!reader.errors().isEmpty()) {
            throw new ConfigRefused(file.toString(), reader.errors());
        }
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
