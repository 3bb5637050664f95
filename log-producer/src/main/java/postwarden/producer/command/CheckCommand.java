package postwarden.producer.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.TopicConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import postwarden.producer.AgentConfig;
import postwarden.producer.checkpoint.Checkpoint;
import postwarden.producer.checkpoint.Origin;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.follow.HostRule;
import postwarden.producer.follow.Source;
import postwarden.producer.follow.Survey;
import postwarden.producer.preflight.Brokers;
import postwarden.producer.preflight.Finding;
import postwarden.producer.preflight.Finding.Weight;
import postwarden.producer.preflight.SchemaLook;
import postwarden.producer.preflight.TopicDemands;
import postwarden.producer.preflight.TopicState;
import postwarden.producer.publish.KafkaSettings;
import postwarden.producer.status.LastCheckpoint;

/** {@code check}: what the agent would do, and whether it could. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Says what run would do, and whether it could.",
            "Which files would be read now, from where on, under which name, zone and identity; what is refused and why; whether topic, "
                    + "rights and schema registry are in order. Sends and changes nothing; takes some twenty seconds at most."
        },
        footer = {
            "",
            "Run it as the user that the agent runs as: it tells what that user may read.",
            "Exit codes: 0 all is well, 1 something is not (one line each on standard error), 2 bad usage or configuration."
        })
public final class CheckCommand implements Callable<Integer> {
    private static final int ID_SHOWN = 12;
    /** As long as the service waits for a broker: any that is well answers in it, on a busy machine too. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    private final List<Finding> found = new ArrayList<>();

    @Override
    public Integer call() {
        Optional<AgentConfig> config = options.readOrComplain(false, System.err);
        if (config.isEmpty()) {
            return ConfigOptions.UNUSABLE;
        }
        files(config.get(), System.out);
        Table cluster = new Table();
        topic(config.get(), cluster);
        registry(config.get(), cluster);
        cluster.print(System.out, "");
        boolean dev = config.get().operation().dev();
        for (Finding finding : found) {
            (finding.refuses(dev) ? System.err : System.out)
                    .println((finding.refuses(dev) ? "problem: " : "note: ") + finding);
        }
        return found.stream().anyMatch(finding -> finding.refuses(dev)) ? 1 : 0;
    }

    private void files(AgentConfig config, PrintStream out) {
        Table head = new Table();
        head.row("agent", config.reporter() + ", checked as user " + System.getProperty("user.name"));
        Path directory = config.checkpoint().directory();
        Registry checkpoint = checkpoint(directory);
        head.row("state", directory + ", " + checkpoint.seen().size() + " files known");
        head.print(out, "");
        Survey survey =
                Survey.of(config.sources(), config.follow().links(), config.reporter(), checkpoint, Clock.systemUTC());
        Table files = new Table();
        files.row("UNREAD", "FROM", "SIZE", "HOST", "ZONE", "ID", "FILE");
        survey.items().forEach(item -> files.row(row(item)));
        config.sources().stream()
                .filter(source -> !source.isFiles())
                .forEach(source -> files.row(
                        "?",
                        "0",
                        "?",
                        host(source, config.reporter()),
                        source.zone().getId(),
                        "",
                        source.isStandardInput() ? "standard input" : source.path()));
        out.println();
        files.print(out, "");
        out.println();
        survey.refused().forEach((path, why) -> found.add(new Finding(Weight.WRONG, path, why)));
    }

    private static String[] row(Survey.Item item) {
        return new String[] {
            item.unread() < 0 ? "packed" : Sizes.bytes(item.unread()),
            String.valueOf(item.from()),
            Sizes.bytes(item.size()),
            item.host(),
            item.source().zone().getId(),
            item.fileId().isEmpty()
                    ? "no line yet"
                    : item.fileId()
                            .substring(0, Math.min(ID_SHOWN, item.fileId().length())),
            item.path() + (item.known() ? "" : " (new)")
        };
    }

    private static String host(Source source, String reporter) {
        return source.host() instanceof HostRule.FromHeader
                ? reporter
                : source.host().fixed();
    }

    private Registry checkpoint(Path directory) {
        Path there = directory.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isWritable(there)) {
            found.add(new Finding(
                    Weight.WRONG, directory.toString(), "no state can be kept: " + there + " may not be written"));
        }
        if (Origin.of(directory).isForeign()) {
            found.add(new Finding(
                    Weight.NOTE,
                    directory.toString(),
                    "it was another machine's; if that one still runs, both would send lines under one name"));
        }
        try {
            return LastCheckpoint.read(directory);
        } catch (IOException e) {
            found.add(new Finding(Weight.WRONG, directory.toString(), "the checkpoint cannot be read: " + e));
            return new Registry(Checkpoint.NOTHING, true);
        }
    }

    private void topic(AgentConfig config, Table table) {
        Map<String, Object> kafka = config.publish().kafka();
        Map<String, Object> effective = KafkaSettings.effective(kafka);
        table.row(
                "kafka",
                kafka.get("bootstrap.servers") + ", " + effective.getOrDefault("security.protocol", "PLAINTEXT")
                        + (KafkaSettings.isTls(kafka) ? " (" + effective.get("ssl.enabled.protocols") + ")" : ""));
        if (!KafkaSettings.isTls(kafka)) {
            found.add(new Finding(
                    Weight.NOTE, "kafka", "lines are not encrypted on their way (kafka.security.protocol)"));
        }
        Brokers.Answer answer = Brokers.ask(kafka, config.publish().topic(), PATIENCE);
        if (answer instanceof Brokers.Answer.Seen seen) {
            table.row("topic", words(seen.topic()));
            found.addAll(TopicDemands.findings(seen.topic()));
        } else if (answer instanceof Brokers.Answer.Unknown not) {
            table.row("topic", config.publish().topic() + ": not known");
            found.add(new Finding(Weight.WRONG, "topic " + config.publish().topic(), not.why()));
        }
    }

    private static String words(TopicState topic) {
        return topic.name() + ": " + topic.partitions() + " partitions, " + topic.copies()
                + " copies, min.insync.replicas "
                + topic.setting(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG) + ", max.message.bytes "
                + topic.setting(TopicConfig.MAX_MESSAGE_BYTES_CONFIG) + ", compression "
                + topic.setting(TopicConfig.COMPRESSION_TYPE_CONFIG)
                + topic.mayWrite()
                        .map(may -> may ? ", this agent may write" : ", this agent may not write")
                        .orElse("");
    }

    private void registry(AgentConfig config, Table table) {
        SchemaLook schema =
                SchemaLook.ask(config.publish().kafka(), config.publish().topic());
        String where = schema.registry().isEmpty() ? "" : schema.registry() + ": ";
        table.row(
                "registry",
                where
                        + (schema.id().isPresent()
                                ? "subject " + schema.subject() + " has the schema of lines, id "
                                        + schema.id().getAsInt()
                                : "no id for subject " + schema.subject()));
        found.addAll(schema.findings());
    }
}
