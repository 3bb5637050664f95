package postwarden.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import postwarden.config.AppConfig;
import postwarden.config.ConfigRefused;
import postwarden.config.Effective;
import postwarden.stream.Meters;
import postwarden.stream.Preflight;
import postwarden.stream.Service;

/** {@code postwarden run}: the service. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the service until it is told to stop: reads mail.lines, writes mail.alerts and mail.incidents.",
            "Waits for a broker and a registry that do not answer. Exit status: 0 after a stop, 2 when the configuration"
                    + " or the cluster cannot be used."
        },
        footer = {"", "Example:  postwarden run --config /etc/postwarden/postwarden.conf"})
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final int UNUSABLE = 2;

    private final PrintStream err;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "configuration (HOCON)")
    private @Nullable Path config;

    RunCommand(PrintStream err) {
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        AppConfig loaded;
        try {
            loaded = AppConfig.load(Objects.requireNonNull(config));
        } catch (ConfigRefused refused) {
            refused.errors().forEach(error -> err.println("postwarden run: " + config + ": " + error));
            return UNUSABLE;
        }
        List<String> missing = Preflight.check(
                loaded.kafka(), loaded.settings().topics(), line -> err.println("postwarden run: " + line));
        if (!missing.isEmpty()) {
            missing.forEach(line -> err.println("postwarden run: " + line));
            return UNUSABLE;
        }
        Effective.lines(loaded)
                .forEach(line -> LOG.atInfo().addKeyValue("setting", line).log("in force"));
        Service service = Service.start(loaded.settings(), loaded.running(), new Meters(new SimpleMeterRegistry()));
        Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
        service.awaitStop();
        return 0;
    }
}
