package postwarden.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code postwarden}: every command of the application. */
@Command(
        name = "postwarden",
        mixinStandardHelpOptions = true,
        version = "postwarden 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Tells connection floods, compromised accounts and retry storms in mail logs apart.",
            "",
            "To try it on a log of your own, without Kafka:  postwarden scan --format text /var/log/mail.log"
        })
public final class Main implements Callable<Integer> {
    private final PrintStream err;

    @Spec
    private @Nullable CommandSpec spec;

    private Main(PrintStream err) {
        this.err = err;
    }

    /** Runs a command and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(commandLine(System.out, System.err, Clock.system(ZoneId.systemDefault()))
                .execute(arguments));
    }

    /** The command line over these streams; {@code clock} gives the default zone. */
    static CommandLine commandLine(PrintStream out, PrintStream err, Clock clock) {
        CommandLine line = new CommandLine(new Main(err))
                .addSubcommand(new ParseCommand(System.in, out, err, clock))
                .addSubcommand(new ScanCommand(out, err, clock))
                .addSubcommand(new RunCommand(err))
                .addSubcommand(new ReplayCommand(err))
                .addSubcommand(new DiffCommand(out, err))
                .addSubcommand(new ProvisionCommand(out, err))
                .addSubcommand(new ResetCommand(out, err))
                .addSubcommand(new TopologyCommand(out))
                .addSubcommand(new ConfigCommand(out, err));
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        Times.register(line);
        line.setParameterExceptionHandler((wrong, arguments) -> {
            String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
            err.println("postwarden: " + wrong.getMessage() + " (see " + command + " --help)");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            // What the world outside answers is for the operator, in a line; anything else is a bug and shows its
            // stack.
            boolean expected = failure instanceof ExecutionException
                    || failure instanceof IOException
                    || failure instanceof KafkaException;
            if (!expected) {
                throw failure;
            }
            Throwable why =
                    failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
            err.println(command.getCommandSpec().qualifiedName() + ": " + why.getMessage());
            return CommandLine.ExitCode.USAGE;
        });
        return line;
    }

    @Override
    public Integer call() {
        Objects.requireNonNull(spec).commandLine().usage(err);
        return CommandLine.ExitCode.USAGE;
    }
}
