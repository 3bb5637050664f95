package postwarden.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.Callable;
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
    private static final int BUFFER_BYTES = 1 << 13;

    private final PrintStream err;

    @Spec
    private @Nullable CommandSpec spec;

    private Main(PrintStream err) {
        this.err = err;
    }

    /** Runs a command and exits with its status. */
    public static void main(String[] arguments) {
        // Not System.out: it loses in silence what cannot be written, and writes '?' for what the locale does not know.
        OutputStream standard = new Output(new FileOutputStream(FileDescriptor.out));
        System.exit(run(standard, System.err, arguments));
    }

    /** Runs a command that prints to {@code standard}. @return its exit status */
    static int run(OutputStream standard, PrintStream err, String... arguments) {
        PrintStream out =
                new PrintStream(new BufferedOutputStream(standard, BUFFER_BYTES), true, StandardCharsets.UTF_8);
        try {
            int status =
                    commandLine(out, err, Clock.system(ZoneId.systemDefault())).execute(arguments);
            out.flush();
            return status;
        } catch (Output.Lost lost) {
            if (lost.readerLeft()) {
                return Output.NOBODY_READS;
            }
            Complaint.print(err, "postwarden", String.valueOf(lost.getMessage()));
            return Complaint.STATUS;
        }
    }

    /** The command line over these streams; {@code clock} gives the default zone. */
    static CommandLine commandLine(PrintStream out, PrintStream err, Clock clock) {
        CommandLine line = new CommandLine(new Main(err))
                .addSubcommand(new ParseCommand(System.in, out, err, clock))
                .addSubcommand(new ScanCommand(out, err, clock))
                .addSubcommand(new RunCommand(err))
                .addSubcommand(new ReplayCommand(err, clock))
                .addSubcommand(new DiffCommand(out, err))
                .addSubcommand(new ProvisionCommand(out, err))
                .addSubcommand(new AlertsCommand(out, err))
                .addSubcommand(new QueryCommand(out, err))
                .addSubcommand(new IncidentsCommand(out, err))
                .addSubcommand(new FeedbackCommand(out, err))
                .addSubcommand(new NotifyCommand(err))
                .addSubcommand(new PolicyCommand(out, err, Clock.systemUTC()))
                .addSubcommand(new ResetCommand(out, err))
                .addSubcommand(new TopologyCommand(out))
                .addSubcommand(new ConfigCommand(out, err))
                .addSubcommand(new CompletionCommand(out));
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        Times.register(line);
        line.setParameterExceptionHandler((wrong, arguments) -> {
            String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
            Complaint.print(err, "postwarden", wrong.getMessage() + " (see " + command + " --help)");
            return Complaint.STATUS;
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            String name = command.getCommandSpec().qualifiedName();
            Complaint.print(err, name, Complaint.of(failure).orElseThrow(() -> failure));
            return Complaint.STATUS;
        });
        return line;
    }

    @Override
    public Integer call() {
        Objects.requireNonNull(spec).commandLine().usage(err);
        return Complaint.STATUS;
    }
}
