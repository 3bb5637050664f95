package postwarden.local;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import postwarden.ask.Answers;
import postwarden.cli.NamedLog;
import postwarden.cli.ServedApi;
import postwarden.config.AppConfig;
import postwarden.local.broker.LocalBroker;
import postwarden.local.registry.LocalRegistry;
import postwarden.producer.Agent;
import postwarden.producer.AgentConfig;
import postwarden.producer.Counters;
import postwarden.producer.checkpoint.CheckpointParams;
import postwarden.producer.follow.FollowParams;
import postwarden.producer.follow.HostRule;
import postwarden.producer.follow.Source;
import postwarden.producer.publish.PublishParams;
import postwarden.schema.registry.Registration;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistryKeys;
import postwarden.serve.Api;
import postwarden.serve.ApiParams;
import postwarden.serve.access.AccessParams;
import postwarden.serve.access.Role;
import postwarden.stream.Meters;
import postwarden.stream.Provision;
import postwarden.stream.Running;
import postwarden.stream.Service;
import postwarden.stream.Settings;
import postwarden.stream.query.StoreAnswers;

/** Every component of Postwarden, each a real one, each with its data below one folder. */
final class Stack implements AutoCloseable {
    private static final String APPLICATION = "postwarden";
    private static final int PARTITIONS = 4;

    private final LocalBroker broker;
    private final LocalRegistry registry;
    private final Service service;
    private final Optional<Api> api;
    private final Agent agent;
    private final Meters meters;
    private final Map<String, String> kafka;
    private final Cost cost = new Cost(APPLICATION);
    private final boolean once;

    private Stack(
            LocalBroker broker,
            LocalRegistry registry,
            Service service,
            Optional<Api> api,
            Agent agent,
            Meters meters,
            Map<String, String> kafka,
            boolean once) {
        this.broker = broker;
        this.registry = registry;
        this.service = service;
        this.api = api;
        this.agent = agent;
        this.meters = meters;
        this.kafka = kafka;
        this.once = once;
    }

    static Stack start(Path data, List<NamedLog> logs, ZoneId zone, boolean once, Clock clock)
            throws IOException, InterruptedException, ExecutionException {
        Up.say("starting a Kafka broker");
        LocalBroker broker = LocalBroker.start(Files.createDirectories(data.resolve("broker")));
        Up.say("starting a schema registry");
        LocalRegistry registry = LocalRegistry.start(Files.createDirectories(data.resolve("registry")));
        Map<String, String> kafka = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "schema.registry.url", registry.url());
        // Logs from the past are a replay: nobody is left behind, whichever file is read faster.
        Settings settings = AppConfig.scanSettings();
        provision(kafka, settings);
        Up.say("starting the service");
        Meters meters = new Meters(new SimpleMeterRegistry());
        Service service = Service.start(settings, running(data, kafka), meters);
        Optional<Api> api = once ? Optional.empty() : api(kafka, settings, service);
        api.ifPresent(listening -> Up.say("console and API at http://127.0.0.1:" + listening.port() + "/"));
        Up.say("starting the log producer");
        Agent agent = Agent.start(agentConfig(data, logs, zone, once, kafka), Map.of(), clock);
        return new Stack(broker, registry, service, api, agent, meters, kafka, once);
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    Map<String, String> kafka() {
        return kafka;
    }

    Meters meters() {
        return meters;
    }

    Counters counters() {
        return agent.counters();
    }

    Cost cost() {
        return cost;
    }

    /** Waits until everything is read and decided, and the alerts are printed; whether all could be read. */
    boolean await(Follow alerts) throws InterruptedException {
        Progress progress = new Progress(this);
        progress.start();
        boolean complete = agent.awaitEnd();
        // Where nothing could be read nothing was said, not even that it has ended.
        boolean said = agent.counters().acknowledged() > 0;
        while (once && said && !meters.hasEnded()) {
            cost.note(meters.records("counted"));
            Thread.sleep(50);
        }
        cost.note(meters.records("counted"));
        alerts.awaitQuiet();
        progress.stop();
        return complete;
    }

    @Override
    public void close() {
        agent.close();
        api.ifPresent(Api::close);
        service.close();
        registry.close();
        broker.close();
    }

    /** At the usual port, or at any that is free when somebody else has that. */
    private static Optional<Api> api(Map<String, String> kafka, Settings settings, Service service) {
        Answers answers = StoreAnswers.of(service, Clock.systemUTC());
        // Whoever tries this out owns the machine and its incidents, so that the console's form shall work.
        ApiParams params = ApiParams.STANDARD.with(AccessParams.STANDARD.withLocalRole(Role.OPERATOR));
        try {
            return ServedApi.start(params, kafka, settings.topics(), answers);
        } catch (IllegalArgumentException taken) {
            Up.say(taken.getMessage() + "; taking another");
            return ServedApi.start(params.at(0), kafka, settings.topics(), answers);
        }
    }

    private static void provision(Map<String, String> kafka, Settings settings)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(new HashMap<>(kafka));
                Registry schemas = RegistryKeys.registry(kafka)) {
            Provision.topics(admin, settings.topics(), PARTITIONS, (short) 1);
            Registration.register(schemas, Registration.standard());
        }
    }

    private static Running running(Path data, Map<String, String> kafka) {
        return new Running(APPLICATION, data.resolve("state").toString(), 1, Duration.ofMillis(200), 1, 0, kafka);
    }

    private static AgentConfig agentConfig(
            Path data, List<NamedLog> logs, ZoneId zone, boolean once, Map<String, String> kafka) {
        List<Source> sources = logs.stream()
                .map(log -> new Source(
                        log.file(),
                        Source.Start.BEGINNING,
                        Source.DEFAULT_TENANT,
                        log.host().isEmpty() ? new HostRule.FromHeader() : new HostRule.Named(log.host()),
                        zone))
                .toList();
        return new AgentConfig(
                "local",
                sources,
                FollowParams.defaults(once),
                PublishParams.to(new HashMap<>(kafka)),
                CheckpointParams.in(data.resolve("producer")));
    }
}
