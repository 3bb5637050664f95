package postwarden.e2e.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import postwarden.e2e.Await;
import postwarden.e2e.Child;
import postwarden.e2e.Cluster;
import postwarden.e2e.Recordings;
import postwarden.e2e.ServiceProcess;
import postwarden.local.FreePorts;

/**
 * A service and an agent as processes of their own, on a broker of this one, each with its port for Prometheus. The agent reads the
 * recorded flood, so that there is something to find, and listens for syslog and measures, so that it has all of its meters.
 */
final class Programs implements AutoCloseable {
    /** Kafka's meters of a partition come when something has been fetched from it. */
    private static final String LAG = "kafka_consumer_fetch_manager_records_lag";

    private final Cluster cluster;
    private final ServiceProcess service;
    private final Child agent;
    private final int servicePort;
    private final int agentPort;

    private Programs(Cluster cluster, ServiceProcess service, Child agent, int servicePort, int agentPort) {
        this.cluster = cluster;
        this.service = service;
        this.agent = agent;
        this.servicePort = servicePort;
        this.agentPort = agentPort;
    }

    static Programs start(Path folder) throws IOException, ExecutionException, InterruptedException {
        Cluster cluster = Cluster.start(folder);
        int servicePort = FreePorts.one();
        int agentPort = FreePorts.one();
        ServiceProcess service = ServiceProcess.start(
                cluster,
                folder,
                new ServiceProcess.Instance(
                        "measured",
                        "measured",
                        "metrics { port = " + servicePort + ", every = 1 s }\nwatch.leave-behind = 60 s"));
        Path log = Recordings.unpack(folder).get("mx1");
        if (log == null) {
            throw new AssertionError("there is no recording of mx1");
        }
        Path config = Files.writeString(folder.resolve("agent.conf"), agentConfig(cluster, folder, log, agentPort));
        Child agent =
                Child.start(folder, "postwarden.producer.Main", List.of("run", "--dev", "--config", config.toString()));
        return new Programs(cluster, service, agent, servicePort, agentPort);
    }

    private static String agentConfig(Cluster cluster, Path folder, Path log, int port) {
        return """
                reporter = agent
                sources = [{ path = "%s", host = mx1 }, { syslog { listen = %d }, host = mx2 }]
                follow.heartbeat = 1 s
                samples { take = [load], load.period = 1 s, host = mx1 }
                metrics { port = %d, every = 1 s, textfile = "%s" }
                checkpoint.directory = "%s"
                kafka { bootstrap.servers = "%s", schema.registry.url = "%s" }
                """.formatted(
                        log,
                        FreePorts.one(),
                        port,
                        folder.resolve("agent.prom"),
                        folder.resolve("agent"),
                        cluster.kafka().get("bootstrap.servers"),
                        cluster.kafka().get("schema.registry.url"));
    }

    /** Waits until the flood is told and everything that is measured has been measured once. */
    void awaitAlert() throws ExecutionException, InterruptedException {
        Await.until("an alert", () -> service().sum("postwarden_alerts_total") > 0);
        Await.until("the lag of the lines", () -> service().has(LAG));
        Await.until("a sample", () -> agent().sum("producer_samples_acknowledged_total") > 0);
        Await.until("all lines acknowledged", () -> {
            Exposed now = agent();
            return now.sum("producer_records_total") == now.sum("producer_records_acknowledged_total");
        });
        long lines = lines();
        Await.until("all lines read", () -> service().sum("postwarden_records_read_total") >= lines);
    }

    private String said() {
        try {
            return service.said();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Records of the lines topic. */
    long lines() throws ExecutionException, InterruptedException {
        return cluster.ends("mail.lines").values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /**
     * What the service shows now.
     *
     * @throws AssertionError with its last words when it has ended
     */
    Exposed service() throws InterruptedException {
        if (!service.child().isAlive()) {
            throw new AssertionError("the service has ended: " + said());
        }
        return Exposed.at(servicePort);
    }

    Exposed agent() throws InterruptedException {
        return Exposed.at(agentPort);
    }

    @Override
    public void close() {
        agent.close();
        service.close();
        cluster.close();
    }
}
