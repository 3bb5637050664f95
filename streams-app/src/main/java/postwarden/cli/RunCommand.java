package postwarden.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
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
import postwarden.config.ServiceParams;
import postwarden.stream.Meters;
import postwarden.stream.Service;
import postwarden.stream.check.Finding;
import postwarden.stream.check.Preflight;
import postwarden.stream.check.StateFolder;

/** {@code postwarden run}: the service. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the service until it is told to stop: reads mail.lines, writes mail.alerts and mail.incidents.",
            "Waits for a broker and a registry that do not answer. Exit status: 0 after a stop, 1 when it gave up"
                    + " because each attempt to go on failed, 2 when the configuration"
                    + " or the cluster cannot be used."
        },
        footer = {"", "Example:  postwarden run --config /etc/postwarden/postwarden.conf"})
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final int FAILED = 1;
    private static final int UNUSABLE = 2;

    private final PrintStream err;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "configuration (HOCON)")
    private @Nullable Path config;

    RunCommand(PrintStream err) {
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException, IOException {
        AppConfig loaded;
        try {
            loaded = AppConfig.load(Objects.requireNonNull(config));
        } catch (ConfigRefused refused) {
            refused.errors().forEach(error -> err.println("postwarden run: " + config + ": " + error));
            return UNUSABLE;
        }
        Preflight preflight =
                new Preflight(loaded.settings(), running(loaded), line -> err.println("postwarden run: " + line));
        if (!accepts(preflight, loaded.service().dev())) {
            return UNUSABLE;
        }
        int stale = StateFolder.claim(
                Path.of(loaded.service().stateDir(), loaded.service().applicationId()), preflight.changelogs());
        if (stale > 0) {
            LOG.atInfo()
                    .addKeyValue("tasks", stale)
                    .log("state on disk was of other changelogs; it is restored from Kafka");
        }
        Effective.lines(loaded)
                .forEach(line -> LOG.atInfo().addKeyValue("setting", line).log("in force"));
        Service service = Service.start(loaded.settings(), running(loaded), new Meters(new SimpleMeterRegistry()));
        Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
        Optional<String> failure = service.awaitStop();
        failure.ifPresent(why -> err.println("postwarden run: stopped, because each new attempt failed: " + why));
        return failure.isPresent() ? FAILED : 0;
    }

    /** Whether the cluster is accepted; says what is wrong with it either way. */
    private boolean accepts(Preflight preflight, boolean dev) throws InterruptedException, ExecutionException {
        boolean accepted = true;
        for (Finding finding : preflight.check(dev)) {
            boolean refuses = finding.refuses(dev);
            err.println("postwarden run: " + (refuses ? "" : "warning: ") + finding.line());
            accepted &= !refuses;
        }
        return accepted;
    }

    static Service.Running running(AppConfig loaded) {
        ServiceParams service = loaded.service();
        return new Service.Running(
                service.applicationId(),
                service.stateDir(),
                service.threads(),
                service.commitInterval(),
                service.replicationFactor(),
                service.standbyReplicas(),
                loaded.kafka());
    }
}
