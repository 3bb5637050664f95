package postwarden.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;

/** {@code postwarden run} as a process of its own: started, killed and started again with one configuration. */
final class ServiceProcess implements AutoCloseable {
    private final Cluster cluster;
    private final Path folder;
    private final String application;
    private final Path config;
    private Child child;

    private ServiceProcess(Cluster cluster, Path folder, String application, Path config, Child child) {
        this.cluster = cluster;
        this.folder = folder;
        this.application = application;
        this.config = config;
        this.child = child;
    }

    static ServiceProcess start(Cluster cluster, Path folder, String application) throws IOException {
        return start(cluster, folder, application, Map.of());
    }

    /** With settings for Kafka's clients that go over the cluster's. */
    static ServiceProcess start(Cluster cluster, Path folder, String application, Map<String, String> overrides)
            throws IOException {
        Path config = folder.resolve(application + ".conf");
        Map<String, String> kafka = new HashMap<>(cluster.kafka());
        kafka.putAll(overrides);
        Files.writeString(config, config(kafka, folder, application));
        return new ServiceProcess(cluster, folder, application, config, launch(folder, config));
    }

    void kill() {
        child.kill();
    }

    void startAgain() throws IOException {
        child = launch(folder, config);
    }

    /** Its configuration file. */
    Path config() {
        return config;
    }

    Path stateDir() {
        return stateDir(folder, application);
    }

    /** Records of the lines topic whose effects are committed. */
    long committedLines() throws ExecutionException, InterruptedException {
        return cluster.committed(application).entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals("mail.lines"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Waits until everything that is in the lines topic has gone all the way through, and is committed. */
    void awaitDone() throws ExecutionException, InterruptedException {
        // In the order of the flow: once a stage has committed all of its input, the next one's input is whole.
        for (String topic :
                List.of("mail.lines", application + "-tallies-repartition", application + "-reports-repartition")) {
            Await.until(application + " has read all of " + topic, () -> hasRead(topic));
        }
    }

    /** What it has said so far on standard error and output. */
    String said() throws IOException {
        return child.out() + child.err();
    }

    @Override
    public void close() {
        child.close();
    }

    private boolean hasRead(String topic) throws ExecutionException, InterruptedException {
        if (!child.isAlive()) {
            throw new AssertionError("the service has ended");
        }
        if (!cluster.topicNames().contains(topic)) {
            return false;
        }
        Map<TopicPartition, Long> committed = cluster.committed(application);
        return cluster.ends(topic).entrySet().stream()
                .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private static Child launch(Path folder, Path config) throws IOException {
        return Child.start(folder, "postwarden.cli.Main", List.of("run", "--config", config.toString()));
    }

    private static Path stateDir(Path folder, String application) {
        return folder.resolve(application + "-state");
    }

    // Shorter than Kafka's 45 s and 10 s, so that a killed service is missed soon: the test would only wait longer.
    private static String config(Map<String, String> kafka, Path folder, String application) {
        return """
                service {
                  application-id = "%s"
                  state-dir = "%s"
                  dev = true
                  replication-factor = 1
                  standby-replicas = 0
                  commit-interval = 100 ms
                }
                watch.leave-behind = none
                kafka {
                  bootstrap.servers = "%s"
                  schema.registry.url = "%s"
                  session.timeout.ms = 6000
                  heartbeat.interval.ms = 1000
                  transaction.timeout.ms = 5000
                }
                """.formatted(
                        application,
                        stateDir(folder, application),
                        kafka.get("bootstrap.servers"),
                        kafka.get("schema.registry.url"));
    }
}
