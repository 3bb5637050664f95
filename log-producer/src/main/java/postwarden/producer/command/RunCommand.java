package postwarden.producer.command;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import postwarden.producer.Agent;
import postwarden.producer.AgentConfig;
import postwarden.producer.Reload;
import postwarden.producer.config.ConfigProblems;
import postwarden.producer.publish.Trouble;

/** {@code run}: the agent. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Follows the files that the configuration names, and sends every line to Kafka.",
            "Nothing is lost by kill -9, by rotation, or while brokers are away: what Kafka has not acknowledged is sent again."
        },
        footerHeading = "%nThe smallest configuration (every key: producer-reference.conf in the jar):%n%n",
        footer = {
            "  sources = [{ path = /var/log/mail.log }]",
            "  kafka.bootstrap.servers = \"kafka1:9092\"",
            "  kafka.schema.registry.url = \"http://registry:8081\"",
            "",
            "More sources:",
            "  { path = /var/log/exim4/mainlog, host = mx1 }       Exim's own log names no host",
            "  { path = \"/var/log/remote/*/mail.log\", host = header }  a central log server",
            "  { path = \"-\", zone = Europe/Paris }                  standard input",
            "",
            "SIGHUP reads the configuration again: sources, brokers, certificates and passwords change without a restart.",
            "Stop it with SIGTERM; it waits up to 8 s for what is on its way (exit code 0).",
            "Exit codes: 0 done, 1 with --once: a source could not be read, 2 bad usage, configuration or cluster."
        })
public final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--once", description = "End when everything that is there has been read and acknowledged.")
    private boolean once;

    private final AtomicReference<@Nullable Agent> running = new AtomicReference<>();

    @Override
    public Integer call() throws InterruptedException {
        Hangup.on(this::reload);
        Optional<AgentConfig> config = options.readOrComplain(once, System.err);
        if (config.isEmpty()) {
            return ConfigOptions.UNUSABLE;
        }
        try {
            return run(config.get());
        } catch (KafkaException e) {
            System.err.println(options.file() + ": Kafka's producer refuses these settings: " + Trouble.words(e));
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
        return ConfigOptions.UNUSABLE;
    }

    private int run(AgentConfig read) throws IOException, InterruptedException {
        try (Agent agent = Agent.start(read, Map.of(), Clock.systemUTC())) {
            running.set(agent);
            Thread stop = new Thread(() -> stop(agent), "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            boolean complete = agent.awaitEnd();
            forget(stop);
            if (!agent.refusal().isEmpty()) {
                System.err.println("this cluster is refused:");
                agent.refusal().forEach(why -> System.err.println("  " + why));
                return ConfigOptions.UNUSABLE;
            }
            return complete || !read.follow().once() ? 0 : 1;
        }
    }

    /** What is wrong with a new configuration changes nothing: an agent that runs is worth more than one that obeys. */
    private void reload() {
        Agent agent = running.get();
        if (agent == null) {
            LOG.info("SIGHUP before the agent runs: the configuration is only just being read");
            return;
        }
        try {
            say(agent.reload(options.read(once)));
        } catch (ConfigProblems e) {
            String.valueOf(e.getMessage()).lines().forEach(RunCommand::refuse);
        } catch (KafkaException e) {
            refuse(Trouble.words(e));
        }
    }

    private static void say(Reload done) {
        LOG.atInfo()
                .addKeyValue("added", done.added())
                .addKeyValue("removed", done.removed())
                .addKeyValue("changed", done.changed())
                .addKeyValue("reconnected", done.reconnected())
                .log("the configuration was read again and holds");
        if (!done.later().isEmpty()) {
            LOG.atWarn().addKeyValue("settings", done.later()).log("these differ and hold from the next start on");
        }
    }

    private static void refuse(String why) {
        LOG.atError()
                .addKeyValue("why", why)
                .log("the new configuration cannot be used; the agent goes on with the old one");
    }

    /** A signal that asks to stop is no failure, but Java would end with 128 and its number; so this ends the process itself. */
    private static void stop(Agent agent) {
        agent.close();
        Runtime.getRuntime().halt(0);
    }

    /** An agent that ended by itself has an exit code of its own. */
    private static void forget(Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException stopping) {
            LOG.debug("told to stop");
        }
    }
}
