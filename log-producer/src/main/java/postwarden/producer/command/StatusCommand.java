package postwarden.producer.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import postwarden.producer.AgentConfig;
import postwarden.producer.status.AgentStatus;
import postwarden.producer.status.FileLag;
import postwarden.producer.status.LastCheckpoint;
import postwarden.producer.status.StatusSocket;

/** {@code status}: how far each file is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Says how far behind each file is.",
            "In bytes and seconds: what of it is not known to be in Kafka. A running agent tells it itself; else it is what its last checkpoint and the files tell."
        },
        footer = {
            "",
            "Exit codes: 0 the agent runs, 3 it does not, 2 bad usage or configuration, or the state cannot be read."
        })
public final class StatusCommand implements Callable<Integer> {
    /** As {@code systemctl status} has it. */
    private static final int NOT_RUNNING = 3;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--json", description = "One JSON object, for scripts.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        Optional<AgentConfig> config = options.readOrComplain(false, System.err);
        if (config.isEmpty()) {
            return ConfigOptions.UNUSABLE;
        }
        Path directory = config.get().checkpoint().directory();
        try {
            AgentStatus status = status(config.get(), directory);
            if (json) {
                System.out.println(new ObjectMapper().writeValueAsString(status));
            } else {
                print(status, System.out);
            }
            return status.running() ? 0 : NOT_RUNNING;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            System.err.println("the state directory cannot be read: " + e);
            return ConfigOptions.UNUSABLE;
        }
    }

    private static AgentStatus status(AgentConfig config, Path directory) throws IOException {
        Optional<AgentStatus> told = StatusSocket.ask(directory);
        return told.isPresent()
                ? told.get()
                : LastCheckpoint.status(
                        directory,
                        config.sources(),
                        config.follow().links(),
                        config.reporter(),
                        config.publish().topic(),
                        Clock.systemUTC());
    }

    private static void print(AgentStatus status, PrintStream out) {
        Table head = new Table();
        if (status.running()) {
            head.row("agent", status.reporter() + " runs, process " + status.pid() + ", since " + status.since());
            head.row(
                    "kafka",
                    status.acknowledged() + " records acknowledged by " + status.topic() + ", " + status.inFlight()
                            + " on their way"
                            + (status.stalledSeconds() > 0
                                    ? ", none acknowledged for " + Sizes.seconds(status.stalledSeconds())
                                    : ""));
            if (!status.trouble().isEmpty()) {
                head.row("trouble", status.trouble());
            }
            head.row("read", status.lines() + " lines since the start, " + status.losses() + " losses");
        } else {
            head.row(
                    "agent",
                    status.reporter() + " does not run; this is what "
                            + (status.since().isEmpty()
                                    ? "a first start would find"
                                    : "its checkpoint of " + status.since() + " and the files tell"));
        }
        if (status.checkpointAgeSeconds() >= 0) {
            head.row("checkpoint", Sizes.seconds(status.checkpointAgeSeconds()) + " old");
        }
        head.row("behind", Sizes.bytes(status.lagBytes()) + ", " + Sizes.seconds(status.lagSeconds()));
        head.print(out, "");
        out.println();
        files(status).print(out, "");
    }

    private static Table files(AgentStatus status) {
        Table files = new Table();
        files.row("IN KAFKA TO", "SIZE", "BEHIND", "FOR", "FILE");
        for (FileLag file : status.files()) {
            files.row(
                    String.valueOf(file.acknowledged()),
                    String.valueOf(file.size()),
                    Sizes.bytes(file.lagBytes()),
                    Sizes.seconds(file.lagSeconds()),
                    file.path());
        }
        new TreeMap<>(status.unreadable())
                .forEach((path, why) -> files.row("-", "-", "-", "-", path + " is not read: " + why));
        return files;
    }
}
