package postwarden.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server on loopback, and breaks their connections when it is told to. */
public final class TcpProxy implements AutoCloseable {
    private static final int CHUNK = 65_536;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger taken = new AtomicInteger();
    private volatile int target;

    private TcpProxy(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    /** On a port of its own, to a port that may change. */
    public static TcpProxy to(int target) throws IOException {
        return new TcpProxy(target);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** From the next connection on it leads elsewhere; those that are open stay. */
    public void lead(int elsewhere) {
        target = elsewhere;
    }

    /** How many connections it has taken so far. */
    public int taken() {
        return taken.get();
    }

    /** Resets every connection on both sides (RST): what is on its way is gone, and nobody is told how much of it arrived. */
    public void reset() {
        open.forEach(this::abort);
        open.clear();
    }

    /** Nobody is there any more. */
    public void leave() throws IOException {
        server.close();
        reset();
    }

    @Override
    public void close() throws IOException {
        leave();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                join(server.accept());
            } catch (IOException closed) {
                // Its own socket's end is the loop's; a target that is away is one connection less.
                open.removeIf(Socket::isClosed);
            }
        }
    }

    private void join(Socket client) throws IOException {
        taken.incrementAndGet();
        Socket broker = new Socket();
        try {
            broker.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        } catch (IOException away) {
            abort(client);
            throw away;
        }
        open.add(client);
        open.add(broker);
        start(() -> pump(client, broker));
        start(() -> pump(broker, client));
    }

    private void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                out.write(chunk, 0, count);
            }
        } catch (IOException broken) {
            // As intended.
            abort(from);
        } finally {
            abort(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private void abort(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // Both of its directions end it; either may come first.
            open.remove(socket);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
