package postwarden.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import postwarden.config.AppConfig;
import postwarden.config.Effective;
import postwarden.config.ServiceParams;
import postwarden.metrics.Exposition;
import postwarden.serve.Api;
import postwarden.stream.GroupProtocol;
import postwarden.stream.LocalState;
import postwarden.stream.Meters;
import postwarden.stream.Service;
import postwarden.stream.check.Finding;
import postwarden.stream.check.Preflight;
import postwarden.stream.query.StoreAnswers;

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

    private final PrintStream err;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    RunCommand(PrintStream err) {
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException, IOException {
        Optional<AppConfig> loaded = config.load("run", err);
        return loaded.isEmpty() ? ConfigOption.UNUSABLE : run(loaded.get());
    }

    private int run(AppConfig loaded) throws InterruptedException, ExecutionException, IOException {
        Preflight preflight = new Preflight(
                loaded.settings(), loaded.running(), line -> Complaint.print(err, "postwarden run", line));
        if (!accepts(preflight, loaded.service().dev())) {
            return ConfigOption.UNUSABLE;
        }
        Optional<String> unusable = LocalState.of(
                        loaded.service().stateDir(), loaded.service().applicationId())
                .claim(preflight.changelogs(), Instant.now());
        if (unusable.isPresent()) {
            err.println("postwarden run: " + unusable.get());
            return ConfigOption.UNUSABLE;
        }
        Effective.lines(loaded)
                .forEach(line -> LOG.atInfo().addKeyValue("setting", line).log("in force"));
        String protocol = protocol(loaded);
        Exposition shown;
        try {
            shown = Exposition.open(loaded.metrics());
        } catch (IllegalArgumentException refused) {
            err.println("postwarden run: metrics.token-file: " + refused.getMessage());
            return ConfigOption.UNUSABLE;
        }
        return run(loaded, protocol, shown);
    }

    private int run(AppConfig loaded, String protocol, Exposition shown) throws InterruptedException {
        Meters meters = new Meters(shown.registry());
        Service service = Service.start(loaded.settings(), loaded.running(protocol), meters);
        shown.follow(service);
        Optional<Api> api;
        try {
            api = ServedApi.start(
                    loaded.api(),
                    loaded.kafka(),
                    loaded.settings().topics(),
                    StoreAnswers.of(service, Clock.systemUTC()));
        } catch (IllegalArgumentException refused) {
            err.println("postwarden run: " + refused.getMessage());
            service.close();
            shown.close();
            return ConfigOption.UNUSABLE;
        }
        AtomicBoolean gaveUp = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            api.ifPresent(Api::close);
                            stop(service, loaded.service(), meters, gaveUp);
                        },
                        "stop"));
        Optional<String> failure = service.awaitStop();
        api.ifPresent(Api::close);
        shown.close();
        gaveUp.set(failure.isPresent());
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

    /** The sums are what an operator, or a test, checks conservation with: all that was read has exactly one outcome. */
    private static void stop(Service service, ServiceParams params, Meters meters, AtomicBoolean gaveUp) {
        service.close();
        try {
            LocalState.of(params.stateDir(), params.applicationId()).renew(Instant.now());
        } catch (IOException gone) {
            LOG.atWarn().setCause(gone).log("the state directory is gone; the next start restores from Kafka");
        }
        LOG.atInfo().addKeyValue("records", meters.sums()).log("the service has stopped");
        if (!gaveUp.get()) {
            // Java itself would end with 128 and the signal's number, which a supervisor takes for a failure.
            Runtime.getRuntime().halt(0);
        }
    }

    private static String protocol(AppConfig loaded) throws InterruptedException, ExecutionException {
        ServiceParams service = loaded.service();
        try (Admin admin = Admin.create(new HashMap<>(loaded.kafka()))) {
            GroupProtocol chosen = GroupProtocol.decide(
                    admin, service.groupProtocol(), service.applicationId(), service.standbyReplicas());
            LOG.atInfo()
                    .addKeyValue("protocol", chosen.name())
                    .addKeyValue("reason", chosen.reason())
                    .log("how instances share the work");
            return chosen.name();
        }
    }
}
