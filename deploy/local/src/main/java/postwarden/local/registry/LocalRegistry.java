package postwarden.local.registry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A schema registry in this process, on loopback: the calls of Confluent's REST API that our serdes and Confluent's
 * make, with compatibility rules, and its contents in a file, so that ids mean the same after a restart.
 */
public final class LocalRegistry implements AutoCloseable {
    private static final String FILE = "schema-registry.json";

    /** Questions answered at once: enough that a client which stops in the middle of one does not stop the others. */
    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads;

    private LocalRegistry(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Starts a registry on any free port; see {@link #start(Path, int)}. */
    public static LocalRegistry start(Path directory) {
        return start(directory, 0);
    }

    /**
     * Starts a registry with the contents that the directory has, or none.
     *
     * @param directory where its file stands; created when it is new, and used by one registry at a time
     * @param port where clients ask, 1 to 65535, or 0 for any free one
     * @throws UncheckedIOException when the file cannot be read or the port is taken
     */
    public static LocalRegistry start(Path directory, int port) {
        try {
            StoredRegistry stored = StoredRegistry.open(directory.resolve(FILE));
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, LocalRegistry::thread);
            server.setExecutor(threads);
            server.createContext("/", new Exchange(new Calls(stored)));
            server.start();
            return new LocalRegistry(server, threads);
        } catch (IOException failed) {
            throw new UncheckedIOException("no registry in " + directory + " on port " + port, failed);
        }
    }

    /** Where clients ask: the value for {@code schema.registry.url}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Stops at once; the contents stay in their file. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "local-registry");
        thread.setDaemon(true);
        return thread;
    }
}
