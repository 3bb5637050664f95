package postwarden.producer.receive;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One sender, from its first byte to its last. */
final class Connection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int CHUNK = 16 << 10;

    private final Socket socket;
    private final ReceiveParams params;
    private final Spool spool;
    private final ReceiveMetrics metrics;
    private final Framing framing;
    private volatile boolean closed;
    private boolean saidCut;

    Connection(Socket socket, ReceiveParams params, Spool spool, ReceiveMetrics metrics) {
        this.socket = socket;
        this.params = params;
        this.spool = spool;
        this.metrics = metrics;
        framing = new Framing(params.longestMessage(), this::take);
    }

    String name() {
        return socket.getInetAddress().getHostAddress() + ':' + socket.getPort();
    }

    /** Reads until the sender ends the connection, breaks the rules, or {@link #close}. */
    void read() {
        try (socket) {
            socket.setKeepAlive(true);
            if (socket instanceof SSLSocket tls) {
                socket.setSoTimeout(millis(params.stall()));
                tls.startHandshake();
            }
            readMessages(socket.getInputStream());
        } catch (SocketTimeoutException e) {
            end(framing.isWithin() ? "it stalls in the middle of a message" : "it has said nothing for long");
        } catch (Framing.Broken | IOException e) {
            end(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it from another thread. */
    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("{}: {}", name(), e.getMessage());
        }
    }

    private void readMessages(InputStream in) throws IOException, Framing.Broken, InterruptedException {
        byte[] chunk = new byte[CHUNK];
        long begun = System.nanoTime();
        long messages = 0;
        while (true) {
            socket.setSoTimeout(millis(framing.isWithin() ? params.stall() : params.idle()));
            int count = in.read(chunk);
            if (count < 0) {
                finish();
                return;
            }
            boolean within = framing.isWithin();
            if (within && System.nanoTime() - begun > params.stall().toNanos()) {
                throw new SocketTimeoutException("slow");
            }
            framing.feed(chunk, 0, count);
            if (!within || framing.count() != messages) {
                // The time that it took to find room for earlier messages is not this one's.
                begun = System.nanoTime();
                messages = framing.count();
            }
        }
    }

    private void finish() throws InterruptedException {
        if (!framing.finish()) {
            metrics.torn().increment();
            LOG.warn("{} at {}: ended in the middle of a message, which is not taken", name(), params.name());
        }
    }

    private void take(byte[] message, int length, boolean cut) throws InterruptedException {
        if (cut) {
            metrics.cut().increment();
            if (!saidCut) {
                saidCut = true;
                LOG.warn(
                        "{} at {}: a message of more than {} bytes; what is behind them is not taken",
                        name(),
                        params.name(),
                        params.longestMessage());
            }
        }
        spool.append(message, length);
    }

    private void end(String why) {
        if (closed) {
            return;
        }
        metrics.broken().increment();
        if (framing.isWithin()) {
            metrics.torn().increment();
        }
        LOG.warn("{} at {}: the connection is ended: {}", name(), params.name(), why);
    }

    private static int millis(Duration time) {
        return (int) time.toMillis();
    }
}
