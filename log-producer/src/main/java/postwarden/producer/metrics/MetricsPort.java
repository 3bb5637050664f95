package postwarden.producer.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code GET /metrics}, on loopback unless told otherwise, in Prometheus's text format, one answer at a time; nothing else is answered.
 * Beyond loopback only who shows the token is answered at all.
 */
public final class MetricsPort implements AutoCloseable {
    private static final String PATH = "/metrics";
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int OK = 200;
    private static final int UNAUTHORISED = 401;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int NO_BODY = -1;
    private static final String BEARER = "Bearer ";

    private final HttpServer server;
    private final ExecutorService thread;
    private final Supplier<String> text;
    /** What a caller must show; empty for nothing. */
    private final String token;

    private MetricsPort(HttpServer server, ExecutorService thread, String token, Supplier<String> text) {
        this.server = server;
        this.thread = thread;
        this.token = token;
        this.text = text;
    }

    /**
     * Opens the port.
     *
     * @param port on loopback; 0 for any free one
     * @param text what it answers with
     * @throws IOException when another process has it
     */
    public static MetricsPort open(int port, Supplier<String> text) throws IOException {
        return open(InetAddress.getLoopbackAddress(), port, "", text);
    }

    /**
     * Opens the port of an address.
     *
     * @param at an address of this host
     * @param port of it; 0 for any free one
     * @param token that a caller must show as {@code Authorization: Bearer}; empty for none, on loopback only
     * @param text what it answers with
     * @throws IOException when another process has it, or it is no address of this host
     * @throws IllegalArgumentException when others can reach the address and there is no token
     */
    public static MetricsPort open(InetAddress at, int port, String token, Supplier<String> text) throws IOException {
        if (token.isEmpty() && !at.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "metrics are not shown at " + at.getHostAddress() + ", which others can reach, without a token");
        }
        InetSocketAddress address = new InetSocketAddress(at, port);
        ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
            Thread serving = new Thread(work, "show-metrics");
            serving.setDaemon(true);
            return serving;
        });
        boolean open = false;
        try {
            MetricsPort shown = new MetricsPort(HttpServer.create(address, 0), thread, token, text);
            shown.server.createContext("/", shown::answer);
            shown.server.setExecutor(thread);
            shown.server.start();
            open = true;
            return shown;
        } catch (IOException e) {
            String where = at.isLoopbackAddress() ? "loopback" : at.getHostAddress();
            throw new IOException(
                    "metrics.port = " + port + " cannot be opened on " + where + ": " + e.getMessage(), e);
        } finally {
            if (!open) {
                thread.shutdown();
            }
        }
    }

    /** The port that it has. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!mayAsk(exchange)) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer");
                exchange.sendResponseHeaders(UNAUTHORISED, NO_BODY);
            } else if (!exchange.getRequestURI().getPath().equals(PATH)) {
                exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().add("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(NOT_ALLOWED, NO_BODY);
            } else {
                byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", TYPE);
                boolean head = method.equals("HEAD");
                exchange.sendResponseHeaders(OK, head ? NO_BODY : body.length);
                if (!head) {
                    exchange.getResponseBody().write(body);
                }
            }
        }
    }

    private boolean mayAsk(HttpExchange exchange) {
        List<String> shown = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
        return token.isEmpty()
                || (shown.size() == 1
                        && MessageDigest.isEqual(
                                shown.get(0).getBytes(StandardCharsets.UTF_8),
                                (BEARER + token).getBytes(StandardCharsets.UTF_8)));
    }
}
