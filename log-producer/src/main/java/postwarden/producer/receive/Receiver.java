package postwarden.producer.receive;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for senders, each of which has a thread of its own: one that stalls, floods or sends garbage holds up nobody else. */
public final class Receiver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);
    /** How much the kernel may hold of one connection before it is read, in bytes: a crash loses it, so it is little. */
    private static final int KERNEL_BUFFER = 1 << 16;
    /** Pause after a connection that could not be accepted, in milliseconds: most of all when there are no file handles left. */
    private static final long ACCEPT_PAUSE = 200;
    /** How long threads are given to end, in milliseconds, all together. */
    private static final long END_MILLIS = 3_000;
    /** A connection's thread calls little; a small stack makes a thousand of them cheap. */
    private static final long STACK_BYTES = 256 << 10;

    private final ReceiveParams params;
    private final Spool spool;
    private final ReceiveMetrics metrics;
    private final ServerSocket socket;
    private final Thread accepting;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private boolean saidFull;

    /**
     * Begins to listen.
     *
     * @param params where
     * @param spool takes the messages; stays open when this is closed
     * @param metrics counters
     * @throws IOException when the address is taken or the keys are none, saying so
     */
    public static Receiver start(ReceiveParams params, Spool spool, ReceiveMetrics metrics) throws IOException {
        ServerSocket socket =
                params.tls().isPresent() ? TlsContext.socket(params.tls().get()) : new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.setReceiveBufferSize(KERNEL_BUFFER);
            socket.bind(params.address());
        } catch (IOException e) {
            socket.close();
            throw new IOException("syslog cannot be received at " + params.name() + ": " + e.getMessage(), e);
        }
        Receiver receiver = new Receiver(params, spool, metrics, socket);
        receiver.sayOpen();
        receiver.accepting.start();
        return receiver;
    }

    private Receiver(ReceiveParams params, Spool spool, ReceiveMetrics metrics, ServerSocket socket) {
        this.params = params;
        this.spool = spool;
        this.metrics = metrics;
        this.socket = socket;
        accepting = new Thread(this::accept, "receive-" + params.name());
        accepting.setDaemon(true);
    }

    /** The port that it listens at. */
    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        closed = true;
        closeQuietly(socket);
        connections.forEach(Connection::close);
        threads.forEach(Thread::interrupt);
        long until = System.nanoTime() + END_MILLIS * 1_000_000;
        try {
            accepting.join(END_MILLIS);
            for (Thread thread : threads) {
                thread.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sayOpen() {
        InetAddress address = socket.getInetAddress();
        boolean known = params.tls().flatMap(TlsFiles::clientAuthorities).isPresent();
        if (!address.isLoopbackAddress() && !known) {
            LOG.warn(
                    "syslog is received at {}, and whoever reaches it may write lines under any name; ask senders for"
                            + " certificates (tls.client-ca) or listen at 127.0.0.1",
                    params.name());
        }
    }

    private void accept() {
        while (!closed) {
            try {
                admit(socket.accept());
            } catch (IOException e) {
                pause(e);
            }
        }
    }

    private void pause(IOException error) {
        if (closed) {
            return;
        }
        LOG.warn("{}: a connection cannot be accepted: {}", params.name(), error.getMessage());
        try {
            Thread.sleep(ACCEPT_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void admit(Socket sender) {
        if (threads.size() >= params.connections()) {
            metrics.refused().increment();
            if (!saidFull) {
                saidFull = true;
                LOG.warn("{}: {} senders are connected; no more are taken", params.name(), params.connections());
            }
            closeQuietly(sender);
            return;
        }
        saidFull = false;
        Connection connection = new Connection(sender, params, spool, metrics);
        connections.add(connection);
        Thread thread = new Thread(null, () -> serve(connection), "receive-from-" + connection.name(), STACK_BYTES);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void serve(Connection connection) {
        try {
            connection.read();
        } finally {
            connections.remove(connection);
            threads.remove(Thread.currentThread());
        }
    }

    private static void closeQuietly(Closeable open) {
        try {
            open.close();
        } catch (IOException e) {
            LOG.debug("{}", e.getMessage());
        }
    }
}
