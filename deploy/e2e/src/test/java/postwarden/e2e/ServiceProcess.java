package postwarden.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** {@code postwarden run} as a process of its own: started, killed and started again with one configuration. */
public final class ServiceProcess implements AutoCloseable {
    /** Enough for the recordings, and little enough for several at once. */
    private static final String HEAP = "512m";

    private final Cluster cluster;
    private final Path folder;
    private final Instance instance;
    private final Path config;
    private final String heap;
    private Child child;

    private ServiceProcess(Cluster cluster, Path folder, Instance instance, Path config, String heap, Child child) {
        this.cluster = cluster;
        this.folder = folder;
        this.instance = instance;
        this.config = config;
        this.heap = heap;
        this.child = child;
    }

    public static ServiceProcess start(Cluster cluster, Path folder, String application) throws IOException {
        return start(cluster, folder, application, Map.of());
    }

    /** With settings for Kafka's clients that go over the cluster's. */
    public static ServiceProcess start(Cluster cluster, Path folder, String application, Map<String, String> overrides)
            throws IOException {
        return start(cluster, folder, new Instance(application, application, ""), overrides, HEAP);
    }

    /** With a heap of that size, as {@code -Xmx} takes it. */
    static ServiceProcess start(
            Cluster cluster, Path folder, String application, Map<String, String> overrides, String heap)
            throws IOException {
        return start(cluster, folder, new Instance(application, application, ""), overrides, heap);
    }

    /**
     * One of several instances of an application, each with a state directory of its own.
     *
     * @param settings lines of configuration that go over the standard ones
     */
    public record Instance(String application, String name, String settings) {}

    public static ServiceProcess start(Cluster cluster, Path folder, Instance instance) throws IOException {
        return start(cluster, folder, instance, Map.of(), HEAP);
    }

    /** With settings for Kafka's clients that go over the cluster's. */
    public static ServiceProcess start(Cluster cluster, Path folder, Instance instance, Map<String, String> overrides)
            throws IOException {
        return start(cluster, folder, instance, overrides, HEAP);
    }

    private static ServiceProcess start(
            Cluster cluster, Path folder, Instance instance, Map<String, String> overrides, String heap)
            throws IOException {
        Path config = folder.resolve(instance.name() + ".conf");
        Map<String, String> kafka = new HashMap<>(cluster.kafka());
        kafka.putAll(overrides);
        Files.writeString(config, config(kafka, folder, instance));
        return new ServiceProcess(cluster, folder, instance, config, heap, launch(folder, config, heap));
    }

    public void kill() {
        child.kill();
    }

    /** Stops it as an operator does. @return what it said at its end about the records that it read */
    public Sums stop() throws IOException, InterruptedException {
        child.stop();
        var unused = child.awaitEnd();
        return Sums.in(child.err());
    }

    public Child child() {
        return child;
    }

    /** Whether it has come so far as to process, since it was started last. */
    public boolean isRunning() {
        try {
            return child.err().contains("state=\"RUNNING\"");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public void startAgain() throws IOException {
        child = launch(folder, config, heap);
    }

    /** Its configuration file. */
    Path config() {
        return config;
    }

    public Path stateDir() {
        return stateDir(folder, instance.name());
    }

    /** Records of the lines topic whose effects are committed. */
    public long committedLines() throws ExecutionException, InterruptedException {
        return cluster.committed(instance.application()).entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals("mail.lines"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Waits until everything that is in the lines topic has gone all the way through, and is committed. */
    public void awaitDone() throws ExecutionException, InterruptedException {
        // In the order of the flow: once a stage has committed all of its input, the next one's input is whole.
        String application = instance.application();
        for (String topic :
                List.of("mail.lines", application + "-tallies-repartition", application + "-reports-repartition")) {
            Await.until(application + " has read all of " + topic, () -> hasRead(topic));
        }
    }

    boolean isAlive() {
        return child.isAlive();
    }

    /** Waits until it ends by itself. @return its exit status */
    int awaitEnd() throws IOException, InterruptedException {
        return child.awaitEnd().status();
    }

    /** What it has said so far on standard error and output. */
    public String said() throws IOException {
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
        Map<TopicPartition, Long> committed = cluster.committed(instance.application());
        return cluster.ends(topic).entrySet().stream()
                .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private static Child launch(Path folder, Path config, String heap) throws IOException {
        // As the installed command does: without it this module's quieter logging would be in force.
        return Child.start(
                folder,
                List.of("-Dlogback.configurationFile=postwarden-logback.xml"),
                "postwarden.cli.Main",
                List.of("run", "--config", config.toString()),
                heap);
    }

    private static Path stateDir(Path folder, String name) {
        return folder.resolve(name + "-state");
    }

    /** The settings for Kafka beside those that every service has. */
    private static String others(Map<String, String> kafka) {
        Map<String, String> others = new TreeMap<>(kafka);
        others.keySet().removeAll(List.of("bootstrap.servers", "schema.registry.url"));
        return others.entrySet().stream()
                .map(entry -> "  " + entry.getKey() + " = \"" + entry.getValue() + "\"\n")
                .collect(Collectors.joining());
    }

    // Shorter than Kafka's 45 s and 10 s, so that a killed service is missed soon: the test would only wait longer. The
    // backoff, of
    // 100 ms, Kafka Streams waits at a first start for each of its topics, one after the other.
    private static String config(Map<String, String> kafka, Path folder, Instance instance) {
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
                api.enabled = false
                kafka {
                  bootstrap.servers = "%s"
                  schema.registry.url = "%s"
                  session.timeout.ms = 6000
                  heartbeat.interval.ms = 1000
                  transaction.timeout.ms = 5000
                  retry.backoff.ms = 20
                %s}
                %s
                """.formatted(
                        instance.application(),
                        stateDir(folder, instance.name()),
                        kafka.get("bootstrap.servers"),
                        kafka.get("schema.registry.url"),
                        others(kafka),
                        instance.settings());
    }
}
