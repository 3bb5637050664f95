package postwarden.e2e.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Serves the console's files with the policy that {@code serve} sends, and the API's answers; breaks when told to. */
final class ConsoleSite implements AutoCloseable {
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Map<String, String> TYPES = Map.of(
            "html",
            "text/html; charset=utf-8",
            "js",
            "text/javascript; charset=utf-8",
            "css",
            "text/css; charset=utf-8",
            "svg",
            "image/svg+xml");
    /** Browsers open up to six connections, and each stream holds none of these once its head is sent. */
    private static final int THREADS = 8;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
    private final Map<String, MadeApi.Reply> refusals = new ConcurrentHashMap<>();
    private final MadeApi api;

    /** Requests to the API in their order: method, path and query. */
    final List<String> asked = new CopyOnWriteArrayList<>();
    /** Bodies that were posted. */
    final List<String> posted = new CopyOnWriteArrayList<>();
    /** What each stream was asked to resume behind; empty where nothing was said. */
    final List<String> resumed = new CopyOnWriteArrayList<>();
    /** Which Authorization headers are let in. */
    volatile Predicate<String> letsIn = authorization -> true;

    ConsoleSite(MadeFleet fleet) throws IOException {
        api = new MadeApi(fleet);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::file);
        server.createContext("/api/v1/", this::api);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** From now on, this is the answer for all paths of the API that begin so. */
    void refuse(String path, MadeApi.Reply reply) {
        refusals.put(path, reply);
    }

    void answerAgain() {
        refusals.clear();
    }

    int openStreams() {
        return streams.size();
    }

    /** Sends an alert to every open stream. */
    void tell(String id, String alert) throws IOException {
        send("event: alert\nid: " + id + "\ndata: " + alert + "\n\n");
    }

    /** Sends this as it stands to every open stream. */
    void send(String text) throws IOException {
        for (OutputStream stream : streams) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        }
    }

    /** Ends every stream in the middle. */
    void drop() throws IOException {
        List<OutputStream> open = List.copyOf(streams);
        streams.removeAll(open);
        for (OutputStream stream : open) {
            stream.close();
        }
    }

    private void file(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String file = path.equals("/") ? "/index.html" : path;
        try (exchange;
                InputStream content = ConsoleSite.class.getResourceAsStream("/console" + file)) {
            if (content == null || file.contains("..")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders()
                    .set("Content-Type", TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "text/plain"));
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            byte[] bytes = content.readAllBytes();
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void api(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String path = uri.getRawPath().substring("/api/v1".length());
        asked.add(
                exchange.getRequestMethod() + ' ' + path + (uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery()));
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        MadeApi.Reply refusal = letsIn.test(authorization == null ? "" : authorization)
                ? refusals.entrySet().stream()
                        .filter(entry -> path.startsWith(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null)
                : MadeApi.problem(401, "Who are you?", "A bearer token is needed.", Map.of());
        if (refusal == null && path.equals("/stream")) {
            stream(exchange);
            return;
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("POST") && refusal == null) {
            posted.add(path + ' ' + body);
        }
        reply(exchange, refusal == null ? api.answer(exchange.getRequestMethod(), path, uri.getRawQuery()) : refusal);
    }

    private static void reply(HttpExchange exchange, MadeApi.Reply reply) throws IOException {
        try (exchange) {
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Leaves the exchange open: what is told later goes through its body. */
    private void stream(HttpExchange exchange) throws IOException {
        String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        resumed.add(last == null ? "" : last);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        body.write(": hello\n\n".getBytes(StandardCharsets.UTF_8));
        body.flush();
        streams.add(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
