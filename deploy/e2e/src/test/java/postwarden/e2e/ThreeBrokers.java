package postwarden.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import postwarden.local.FreePorts;

/** A cluster of three brokers, each a process of its own. */
public final class ThreeBrokers implements AutoCloseable {
    private static final int BROKERS = 3;

    private final Path folder;
    private final List<Integer> ports;
    private final List<String> settings;
    private final String cluster = Uuid.randomUuid().toString();
    private final List<Child> nodes = new ArrayList<>();

    private ThreeBrokers(Path folder, List<Integer> ports, List<String> settings) {
        this.folder = folder;
        this.ports = ports;
        this.settings = List.copyOf(settings);
    }

    public static ThreeBrokers start(Path folder) throws IOException {
        return start(folder, List.of());
    }

    /** With a file of settings for all three, which makes them speak TLS, with certificates at one port and with names at another. */
    public static ThreeBrokers secured(Path folder, Path settings) throws IOException {
        return start(folder, List.of(settings.toString()));
    }

    private static ThreeBrokers start(Path folder, List<String> settings) throws IOException {
        ThreeBrokers brokers = new ThreeBrokers(folder, FreePorts.some(3 * BROKERS), settings);
        for (int node = 1; node <= BROKERS; node++) {
            brokers.nodes.add(brokers.launch(node));
        }
        return brokers;
    }

    public String bootstrapServers() {
        return servers(0);
    }

    /** Where secured ones ask for a name and a password (SASL_SSL). */
    public String passwordServers() {
        return servers(2 * BROKERS);
    }

    private String servers(int from) {
        return ports.subList(from, from + BROKERS).stream()
                .map(port -> "127.0.0.1:" + port)
                .collect(Collectors.joining(","));
    }

    /** SIGKILL for a broker, 1 to 3. */
    public void kill(int node) {
        nodes.get(node - 1).kill();
    }

    /** SIGTERM for a broker, 1 to 3, and its end: it hands over what it leads first. */
    public void stop(int node) throws IOException, InterruptedException {
        nodes.get(node - 1).stop();
        var unused = nodes.get(node - 1).awaitEnd();
    }

    /** Whether a broker, 1 to 3, runs. */
    public boolean isAlive(int node) {
        return nodes.get(node - 1).isAlive();
    }

    /** SIGSTOP for a broker, 1 to 3: its connections stay, and nothing answers. */
    public void suspend(int node) throws IOException {
        nodes.get(node - 1).suspend();
    }

    /** SIGCONT for a broker, 1 to 3. */
    public void resume(int node) throws IOException {
        nodes.get(node - 1).resume();
    }

    public void startAgain(int node) throws IOException {
        nodes.set(node - 1, launch(node));
    }

    @Override
    public void close() {
        nodes.forEach(Child::close);
    }

    private Child launch(int node) throws IOException {
        String voters = IntStream.rangeClosed(1, BROKERS)
                .mapToObj(voter -> voter + "@127.0.0.1:" + ports.get(BROKERS + voter - 1))
                .collect(Collectors.joining(","));
        List<String> arguments = new ArrayList<>(List.of(
                String.valueOf(node),
                folder.resolve("broker-" + node).toString(),
                String.valueOf(ports.get(node - 1)),
                voters,
                cluster));
        if (!settings.isEmpty()) {
            arguments.add(BrokerNode.PASSWORDS + "=127.0.0.1:" + ports.get(2 * BROKERS + node - 1));
        }
        arguments.addAll(settings);
        return Child.start(folder, "postwarden.e2e.BrokerNode", arguments);
    }
}
