package postwarden.cli;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import postwarden.config.AppConfig;
import postwarden.stream.check.Reach;
import postwarden.stream.check.Reset;

/** {@code postwarden reset}: what the service knew is forgotten, after a change that its state does not survive. */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes the service's internal topics, so that it begins anew: windows, baselines, open incidents and what was"
                    + " read already are forgotten. All instances must be stopped. Lines, alerts, incidents and dead letters"
                    + " stay.",
            "Exit status: 0 when it is done, 1 when an instance runs, 2 when the configuration or the cluster cannot be"
                    + " used."
        })
final class ResetCommand implements Callable<Integer> {
    private static final int RUNNING = 1;

    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "beginning|position",
            description = {
                "beginning: read all lines that are still there again; baselines come back, and alerts of that time are"
                        + " published once more, with the ids that they had.",
                "position: go on with the next line; what is going on now is not seen as such"
            })
    private @Nullable From from;

    /** Where reading begins. */
    private enum From {
        BEGINNING,
        POSITION
    }

    ResetCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        Optional<AppConfig> loaded = config.load("reset", err);
        return loaded.isEmpty() ? ConfigOption.UNUSABLE : reset(loaded.get());
    }

    private int reset(AppConfig loaded) throws InterruptedException, ExecutionException {
        try (Admin admin = Reach.admin(loaded.kafka())) {
            String application = loaded.service().applicationId();
            Reset reset = new Reset(admin, application);
            int instances = reset.instances();
            if (instances > 0) {
                err.println("postwarden reset: " + application + " runs: its group has " + instances
                        + " members; stop all instances first (one that ended is"
                        + " forgotten after kafka.session.timeout.ms)");
                return RUNNING;
            }
            reset.run(loaded.settings().topics().lines(), from == From.BEGINNING)
                    .forEach(out::println);
            return 0;
        }
    }
}
