package postwarden.producer.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * {@code GET /metrics}, on loopback unless told otherwise, in Prometheus's text format, one answer at a time; nothing else is answered.
 * Beyond loopback only over TLS, and only who shows the token is answered at all. Who connects and says nothing, or says it slowly, keeps
 * one of {@value #THREADS} threads for some seconds.
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
    private static final int THREADS = 16;
    /** Seconds that a request may take to come. The JDK's server has no end of its own, and reads this once, when it is loaded. */
    private static final String REQUEST_SECONDS = "sun.net.httpserver.maxReqTime";

    private static final String FEW_SECONDS = "5";
    private static final long IDLE_SECONDS = 60;
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private final HttpServer server;
    private final ExecutorService threads;
    private final Supplier<String> text;
    private final String token;

    /**
     * Who is answered, and how.
     *
     * @param token that a caller must show as {@code Authorization: Bearer}; empty for none, on loopback only
     * @param tls what the port shows itself with and trusts callers by; empty for in clear, on loopback only
     * @param certificates whether a caller must show a certificate that {@code tls} trusts
     */
    public record Guard(String token, Optional<SSLContext> tls, boolean certificates) {
        /** Everybody on this machine. */
        public static final Guard LOOPBACK = new Guard("", Optional.empty(), false);

        private void mayOpen(InetAddress at) {
            if (at.isLoopbackAddress()) {
                return;
            }
            if (token.isEmpty() || tls.isEmpty()) {
                throw new IllegalArgumentException("metrics are not shown at " + at.getHostAddress()
                        + ", which others can reach, without a " + (token.isEmpty() ? "token" : "certificate"));
            }
        }
    }

    private MetricsPort(HttpServer server, ExecutorService threads, String token, Supplier<String> text) {
        this.server = server;
        this.threads = threads;
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
        return open(InetAddress.getLoopbackAddress(), port, Guard.LOOPBACK, text);
    }

    /**
     * Opens the port of an address.
     *
     * @param at an address of this host
     * @param port of it; 0 for any free one
     * @param guard who is answered
     * @param text what it answers with
     * @throws IOException when another process has it, or it is no address of this host
     * @throws IllegalArgumentException when others can reach the address and there is no token or no TLS
     */
    public static MetricsPort open(InetAddress at, int port, Guard guard, Supplier<String> text) throws IOException {
        guard.mayOpen(at);
        if (System.getProperty(REQUEST_SECONDS) == null) {
            System.setProperty(REQUEST_SECONDS, FEW_SECONDS);
        }
        InetSocketAddress address = new InetSocketAddress(at, port);
        ExecutorService threads = threads();
        boolean open = false;
        try {
            MetricsPort shown = new MetricsPort(server(address, guard), threads, guard.token(), text);
            shown.server.createContext("/", shown::answer);
            shown.server.setExecutor(threads);
            shown.server.start();
            open = true;
            return shown;
        } catch (IOException e) {
            String where = at.isLoopbackAddress() ? "loopback" : at.getHostAddress();
            throw new IOException(
                    "metrics.port = " + port + " cannot be opened on " + where + ": " + e.getMessage(), e);
        } finally {
            if (!open) {
                threads.shutdown();
            }
        }
    }

    /** None while nobody asks. */
    private static ExecutorService threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread serving = new Thread(work, "show-metrics");
                    serving.setDaemon(true);
                    return serving;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static HttpServer server(InetSocketAddress address, Guard guard) throws IOException {
        if (guard.tls().isEmpty()) {
            return HttpServer.create(address, 0);
        }
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(guard.tls().get()) {
            @Override
            public void configure(HttpsParameters asked) {
                SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
                parameters.setProtocols(PROTOCOLS.toArray(String[]::new));
                parameters.setNeedClientAuth(guard.certificates());
                asked.setSSLParameters(parameters);
            }
        });
        return server;
    }

    /** The port that it has. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
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
                byte[] body = body();
                exchange.getResponseHeaders().add("Content-Type", TYPE);
                boolean head = method.equals("HEAD");
                exchange.sendResponseHeaders(OK, head ? NO_BODY : body.length);
                if (!head) {
                    exchange.getResponseBody().write(body);
                }
            }
        }
    }

    /** One at a time, because it looks at everything. */
    private synchronized byte[] body() {
        return text.get().getBytes(StandardCharsets.UTF_8);
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
