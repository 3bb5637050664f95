package postwarden.producer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import postwarden.producer.config.ConfigFile;
import postwarden.producer.config.ConfigProblems;

/** The command line of the agent. */
@Command(
        name = "postwarden-producer",
        description = "Tails mail logs into Kafka.",
        mixinStandardHelpOptions = true,
        version = "postwarden-producer 0.1.0",
        subcommands = Main.Run.class,
        footer = {"", "Try: postwarden-producer run --help"})
public final class Main implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Ends the process with 0 (done), 1 (something could not be read), 2 (bad usage or configuration) or 70 (a defect). */
    public static void main(String[] args) {
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            LOG.error("a defect in thread {} stops the agent", thread.getName(), error);
            Runtime.getRuntime().halt(70);
        });
        System.exit(execute(args));
    }

    static int execute(String... args) {
        return new CommandLine(new Main())
                .setParameterExceptionHandler(Main::complain)
                .execute(args);
    }

    /** One line, not the whole help: what is wrong would scroll away. */
    private static int complain(ParameterException error, String[] args) {
        CommandLine command = error.getCommandLine();
        command.getErr()
                .println(error.getMessage() + " (try: "
                        + command.getCommandSpec().qualifiedName() + " --help)");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? postwarden-producer run --config FILE");
    }

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
                "  { journal { units = [\"postfix@-.service\", dovecot.service] } }  the systemd journal",
                "  { syslog { listen = 1514 } }                         what daemons send over TCP to 127.0.0.1",
                "",
                "Stop it with SIGTERM; it waits up to 8 s for what is on its way (exit code 0).",
                "Exit codes: 0 done, 1 with --once: a source could not be read, 2 bad usage or configuration."
            })
    static final class Run implements Callable<Integer> {
        @Option(
                names = "--config",
                required = true,
                paramLabel = "FILE",
                description = "The configuration file (HOCON).")
        private Path config = Path.of("");

        @Option(names = "--once", description = "End when everything that is there has been read and acknowledged.")
        private boolean once;

        @Override
        public Integer call() throws InterruptedException {
            try {
                return run(ConfigFile.read(config, hostName(), once));
            } catch (ConfigProblems e) {
                System.err.println(config + " cannot be used:");
                String.valueOf(e.getMessage()).lines().forEach(line -> System.err.println("  " + line));
            } catch (KafkaException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                System.err.println(config + ": Kafka's producer refuses these settings: " + cause.getMessage());
            } catch (IOException e) {
                System.err.println(e.getMessage());
            }
            return 2;
        }

        private int run(AgentConfig read) throws IOException, InterruptedException {
            try (Agent agent = Agent.start(read, Map.of(), Clock.systemUTC())) {
                Thread stop = new Thread(() -> stop(agent), "stop");
                Runtime.getRuntime().addShutdownHook(stop);
                boolean complete = agent.awaitEnd();
                forget(stop);
                return complete || !read.follow().once() ? 0 : 1;
            }
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

        private static String hostName() {
            try {
                String name =
                        Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
                return name.isEmpty() ? "localhost" : name;
            } catch (IOException notLinux) {
                return lookedUpName();
            }
        }

        private static String lookedUpName() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        }
    }
}
