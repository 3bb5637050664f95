package postwarden.producer.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket in the state directory at which a running agent tells its status: one JSON object to whoever connects, then the end. Nothing is
 * read from it, and only who may write to the directory can connect, so it needs no port and no password.
 */
public final class StatusSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusSocket.class);
    private static final String NAME = "status.sock";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** How long a reader may take for its answer, and an agent to give one; a healthy one takes milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration SLICE = Duration.ofMillis(5);
    private static final int CHUNK = 65_536;
    /** 10,000 files with long paths are some 4 MB. */
    private static final int LONGEST = 64 << 20;

    private final Path path;
    private final ServerSocketChannel server;
    private final Supplier<AgentStatus> status;

    private StatusSocket(Path path, ServerSocketChannel server, Supplier<AgentStatus> status) {
        this.path = path;
        this.server = server;
        this.status = status;
    }

    /**
     * Begins to tell. The caller holds the directory's lock, so a socket that is there is one that a killed agent left.
     *
     * @throws IOException when no socket can be made there, as where the path is longer than 100 bytes
     */
    public static StatusSocket open(Path directory, Supplier<AgentStatus> status) throws IOException {
        Path path = directory.resolve(NAME);
        Files.deleteIfExists(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        boolean bound = false;
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            bound = true;
        } finally {
            if (!bound) {
                server.close();
            }
        }
        StatusSocket socket = new StatusSocket(path, server, status);
        Thread thread = new Thread(socket::serve, "tell-status");
        thread.setDaemon(true);
        thread.start();
        return socket;
    }

    /** What the agent that uses this state directory tells; empty when none answers. */
    public static Optional<AgentStatus> ask(Path directory) {
        Path path = directory.resolve(NAME);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            channel.configureBlocking(false);
            byte[] told = readAll(channel);
            return told.length == 0 ? Optional.empty() : Optional.of(JSON.readValue(told, AgentStatus.class));
        } catch (IOException | UnsupportedOperationException none) {
            LOG.debug("{}: {}", path, none.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.debug("{}: {}", path, e.getMessage());
        }
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel reader = server.accept()) {
                reader.configureBlocking(false);
                write(reader, ByteBuffer.wrap(JSON.writeValueAsBytes(status.get())));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                LOG.debug("{}: {}", path, e.getMessage());
            }
        }
    }

    private static void write(SocketChannel reader, ByteBuffer bytes) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (bytes.hasRemaining() && System.nanoTime() < until) {
            if (reader.write(bytes) == 0) {
                rest();
            }
        }
    }

    private static byte[] readAll(SocketChannel channel) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        int count = channel.read(chunk);
        while (count >= 0 && all.size() < LONGEST) {
            if (System.nanoTime() > until) {
                throw new IOException("no answer within " + PATIENCE.toSeconds() + " s");
            }
            if (count == 0) {
                rest();
            }
            all.write(chunk.array(), 0, chunk.position());
            chunk.clear();
            count = channel.read(chunk);
        }
        return all.toByteArray();
    }

    private static void rest() throws IOException {
        try {
            Thread.sleep(SLICE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
