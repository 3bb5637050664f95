package postwarden.e2e.producer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import postwarden.e2e.Await;
import postwarden.producer.Agent;
import postwarden.producer.AgentConfig;
import postwarden.producer.checkpoint.CheckpointParams;
import postwarden.producer.follow.FollowParams;
import postwarden.producer.follow.HostRule;
import postwarden.producer.follow.Source;
import postwarden.producer.publish.PublishParams;

/** An agent in this process, where nothing kills it: it starts in no time, and its meters are at hand. */
final class LocalAgent implements AutoCloseable {
    private static final Duration SOON = Duration.ofMillis(100);

    private final Agent agent;

    private LocalAgent(Agent agent) {
        this.agent = agent;
    }

    /** Reads one log of the host; its state stands beside the log, so the next one goes on where it ended. */
    static LocalAgent start(WrittenLog log, Map<String, String> kafka) throws IOException {
        Source source = new Source(
                log.path().toString(),
                Source.Start.BEGINNING,
                Source.DEFAULT_TENANT,
                new HostRule.Named(SecureCluster.HOST),
                ZoneOffset.UTC);
        PublishParams standard = PublishParams.to(new HashMap<>(kafka));
        PublishParams publish = new PublishParams(
                standard.topic(),
                standard.kafka(),
                standard.recordsInFlight(),
                standard.bytesInFlight(),
                SOON,
                Duration.ofSeconds(1),
                SOON);
        Path state = log.path().resolveSibling("state");
        AgentConfig config = new AgentConfig(
                "e2e", List.of(source), FollowParams.defaults(false), publish, CheckpointParams.in(state));
        return new LocalAgent(Agent.start(config, Map.of(), Clock.systemUTC()));
    }

    long acknowledged() {
        return agent.counters().acknowledged();
    }

    long losses() {
        return agent.counters().losses();
    }

    /** How often Kafka refused, or could not be reached, so far. */
    long refusals() {
        return (long) (meter("producer.rebuilds") + meter("producer.send.retries"));
    }

    void awaitRefusal() throws ExecutionException, InterruptedException {
        long before = refusals();
        Await.until("it is refused", () -> refusals() > before);
    }

    /** Waits until every line of the log was read and is acknowledged. */
    void awaitAll(WrittenLog log) throws ExecutionException, InterruptedException {
        long bytes = log.bytes();
        Await.until(
                "all is acknowledged",
                () -> meter("producer.bytes") >= bytes && agent.counters().inFlight() == 0);
    }

    private double meter(String name) {
        return agent.meters().counter(name).count();
    }

    @Override
    public void close() {
        agent.close();
    }
}
