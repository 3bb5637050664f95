package postwarden.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who is measured. All have one thread that works, the same heap, and commit every {@link #COMMIT}. */
final class Contestants {
    static final Duration COMMIT = Duration.ofMillis(200);
    /** Of Flink: its checkpoints hold all of the state, so that more of them would be unfair. */
    static final Duration CHECKPOINT = Duration.ofSeconds(1);

    /** Where all but Flink keep their state, in the folder of the process. */
    static final String STATE = "state";
    /** Where Flink keeps its. */
    static final String CHECKPOINTS = "checkpoints";

    private static final String LOGGING = "-Dlogback.configurationFile=postwarden-logback.xml";

    /** What Java is told of each. */
    private final List<String> options;

    Contestants(List<String> options) {
        this.options = List.copyOf(options);
    }

    /** Postwarden as it is installed, reading a backlog: nobody is left behind. */
    Contestant postwarden() {
        return postwarden("watch.leave-behind = none");
    }

    /** Postwarden as it is installed, with lines of configuration of its own. */
    Contestant postwarden(String settings) {
        return new Contestant(
                "Postwarden",
                1,
                (rig, folder, group) -> {
                    Path config = folder.resolve("postwarden.conf");
                    Files.writeString(config, configuration(rig.kafka(), folder, group, settings));
                    return jvm(folder, "postwarden.cli.Main", List.of("run", "--config", config.toString()));
                },
                Contestant.State.CHANGELOGS);
    }

    /** The same counts by Kafka Streams' own windows. */
    Contestant dsl(Duration window) {
        return new Contestant(
                "Kafka Streams DSL, " + window.toMinutes() + " min by 30 s",
                1,
                (rig, folder, group) -> jvm(
                        folder,
                        DslCounts.class.getName(),
                        List.of(
                                rig.kafka().get("bootstrap.servers"),
                                rig.kafka().get("schema.registry.url"),
                                group,
                                folder.resolve(STATE).toString(),
                                Long.toString(window.toMillis()))),
                Contestant.State.CHANGELOGS);
    }

    /** A consumer that makes objects of the records and forgets them. */
    Contestant consumer() {
        return new Contestant(
                "bare consumer, records read as MailLine",
                1,
                (rig, folder, group) -> jvm(
                        folder,
                        BareConsumer.class.getName(),
                        List.of(
                                rig.kafka().get("bootstrap.servers"),
                                rig.kafka().get("schema.registry.url"),
                                group)),
                Contestant.State.NONE);
    }

    /** @param classPath of the program that the Flink module builds */
    Contestant flink(String classPath, Duration window) {
        return new Contestant(
                "Apache Flink, " + window.toMinutes() + " min by 30 s",
                1,
                (rig, folder, group) -> Jvm.start(
                        new Jvm.Command(
                                classPath,
                                // Its serializer and its memory look into the JDK.
                                and(
                                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                                        "--add-opens=java.base/java.time=ALL-UNNAMED",
                                        "--add-opens=java.base/java.nio=ALL-UNNAMED"),
                                "postwarden.benchmarks.flink.FlinkCounts",
                                List.of(
                                        rig.kafka().get("bootstrap.servers"),
                                        rig.kafka().get("schema.registry.url"),
                                        group,
                                        folder.resolve(CHECKPOINTS).toString(),
                                        Long.toString(window.toMillis()),
                                        Long.toString(CHECKPOINT.toMillis()))),
                        folder.resolve("log.txt")),
                Contestant.State.CHECKPOINT);
    }

    private List<String> and(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return all;
    }

    private Jvm jvm(Path folder, String main, List<String> arguments) throws IOException {
        return Jvm.start(
                new Jvm.Command(System.getProperty("java.class.path"), and(LOGGING), main, arguments),
                folder.resolve("log.txt"));
    }

    private static String configuration(Map<String, String> kafka, Path folder, String group, String settings) {
        return """
                service {
                  application-id = "%s"
                  state-dir = "%s"
                  dev = true
                  replication-factor = 1
                  standby-replicas = 0
                  threads = 1
                  commit-interval = %d ms
                }
                %s
                kafka {
                  bootstrap.servers = "%s"
                  schema.registry.url = "%s"
                }
                """.formatted(
                        group,
                        folder.resolve(STATE),
                        COMMIT.toMillis(),
                        settings,
                        kafka.get("bootstrap.servers"),
                        kafka.get("schema.registry.url"));
    }
}
