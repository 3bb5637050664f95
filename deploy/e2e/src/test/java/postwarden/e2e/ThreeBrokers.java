package postwarden.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/** A cluster of three brokers, each a process of its own. */
public final class ThreeBrokers implements AutoCloseable {
    private static final int BROKERS = 3;

    private final Path folder;
    private final List<Integer> ports;
    private final String cluster = Uuid.randomUuid().toString();
    private final List<Child> nodes = new ArrayList<>();

    private ThreeBrokers(Path folder, List<Integer> ports) {
        this.folder = folder;
        this.ports = ports;
    }

    public static ThreeBrokers start(Path folder) throws IOException {
        ThreeBrokers brokers = new ThreeBrokers(folder, freePorts(2 * BROKERS));
        for (int node = 1; node <= BROKERS; node++) {
            brokers.nodes.add(brokers.launch(node));
        }
        return brokers;
    }

    public String bootstrapServers() {
        return ports.subList(0, BROKERS).stream()
                .map(port -> "127.0.0.1:" + port)
                .collect(Collectors.joining(","));
    }

    /** SIGKILL for a broker, 1 to 3. */
    public void kill(int node) {
        nodes.get(node - 1).kill();
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
        return Child.start(
                folder,
                "postwarden.e2e.BrokerNode",
                List.of(
                        String.valueOf(node),
                        folder.resolve("broker-" + node).toString(),
                        String.valueOf(ports.get(node - 1)),
                        voters,
                        cluster));
    }

    /** All held at once, or one might be given twice. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }
}
