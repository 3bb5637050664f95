package postwarden.e2e;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One broker and controller of a cluster, as a process: {@code NODE DIRECTORY PORT VOTERS CLUSTER [SETTING=VALUE | FILE]...}, where
 * a file has further settings.
 */
final class BrokerNode {
    /** Setting: where clients show a name and a password, of a broker that speaks TLS. */
    static final String PASSWORDS = "passwords";

    private static final String CONTROLLER = "CONTROLLER";
    private static final int SETTINGS = 5;

    private BrokerNode() {}

    /** Runs until it is killed. @throws Exception because Kafka's formatter declares no less */
    public static void main(String[] arguments) throws Exception {
        int node = Integer.parseInt(arguments[0]);
        Path directory = Path.of(arguments[1]);
        if (!Files.exists(directory.resolve("meta.properties"))) {
            format(node, directory, arguments[4]);
        }
        Properties properties = properties(node, directory, arguments[2], arguments[3]);
        for (String setting : List.of(arguments).subList(SETTINGS, arguments.length)) {
            int equals = setting.indexOf('=');
            if (equals < 0) {
                secure(properties, Path.of(setting));
            } else {
                properties.put(setting.substring(0, equals), setting.substring(equals + 1));
            }
        }
        KafkaConfig config = new KafkaConfig(properties, false);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        server.awaitShutdown();
    }

    private static void format(int node, Path directory, String cluster) throws Exception {
        Files.createDirectories(directory);
        new Formatter()
                .setClusterId(cluster)
                .setNodeId(node)
                .setDirectories(List.of(directory.toString()))
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName(CONTROLLER)
                .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), true))
                .run();
    }

    private static Properties properties(int node, Path directory, String port, String voters) {
        String controller = voters.split(",")[node - 1].split("@")[1];
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(node));
        properties.put("controller.quorum.voters", voters);
        properties.put("listeners", "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://" + controller);
        properties.put("controller.listener.names", CONTROLLER);
        properties.put("log.dirs", directory.toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("log.cleaner.dedupe.buffer.size", "4194304");
        return properties;
    }

    /** A test's own settings, among them that everybody, the controllers too, speaks TLS. */
    private static void secure(Properties properties, Path settings) throws IOException {
        try (Reader reader = Files.newBufferedReader(settings, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        Object passwords = properties.remove(PASSWORDS);
        properties.compute(
                "listeners",
                (name, plain) -> String.valueOf(plain).replace("PLAINTEXT", "SSL") + ",SASL_SSL://" + passwords);
    }
}
