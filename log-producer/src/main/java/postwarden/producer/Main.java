package postwarden.producer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import postwarden.producer.command.CheckCommand;
import postwarden.producer.command.RunCommand;
import postwarden.producer.command.StatusCommand;

/** The command line of the agent. */
@Command(
        name = "postwarden-producer",
        description = "Tails mail logs into Kafka.",
        mixinStandardHelpOptions = true,
        version = "postwarden-producer 0.1.0",
        subcommands = {RunCommand.class, CheckCommand.class, StatusCommand.class},
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
}
