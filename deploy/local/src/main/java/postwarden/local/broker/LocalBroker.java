package postwarden.local.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import postwarden.local.FreePorts;

/**
 * A real Kafka broker and controller in this process, on loopback, with its data in a directory of its own; small, and
 * for one machine. It is the same code that a cluster runs, so transactions, groups and compaction behave as there.
 *
 * <p>As in any broker, a fault in its metadata ends the process: there is nothing sensible that it could go on with.
 */
public final class LocalBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final int port;

    private LocalBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts a broker on any free port; see {@link #start(Path, int)}. */
    public static LocalBroker start(Path directory) {
        return start(directory, 0);
    }

    /**
     * Starts a broker, on the data that the directory has or on none; returns when clients can use it.
     *
     * @param directory its data; created and formatted when it is new, and used by one broker at a time
     * @param port where clients connect, 1 to 65535, or 0 for any free one, which may be another after each start
     * @throws UncheckedIOException when the directory cannot be used
     * @throws org.apache.kafka.common.KafkaException when the port is taken or another broker has the directory
     */
    public static LocalBroker start(Path directory, int port) {
        QuietLogs.starting();
        int client = port == 0 ? FreePorts.one() : port;
        try {
            Files.createDirectories(directory);
        } catch (IOException unusable) {
            throw new UncheckedIOException("broker's directory " + directory + " cannot be used", unusable);
        }
        LogDirectory.formatIfNew(directory);
        KafkaConfig config = new KafkaConfig(BrokerProperties.of(directory, client, FreePorts.one()), false);
        return started(new KafkaRaftServer(config, Time.SYSTEM), client);
    }

    /** Where clients connect: {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return BrokerProperties.LOOPBACK + ":" + port;
    }

    /** Stops the broker in order; its data stays. Returns when all of its threads are done, in about half a second. */
    @Override
    public void close() {
        QuietLogs.stopping();
        server.shutdown();
        server.awaitShutdown();
    }

    private static LocalBroker started(KafkaRaftServer server, int port) {
        boolean running = false;
        try {
            server.startup();
            running = true;
            return new LocalBroker(server, port);
        } finally {
            if (!running) {
                server.shutdown();
            }
        }
    }
}
