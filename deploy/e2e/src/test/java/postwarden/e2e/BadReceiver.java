package postwarden.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;

/** An HTTP server that answers as it was told, one answer a call, and with 200 when nothing was said. */
final class BadReceiver implements AutoCloseable {
    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Call> calls = new ArrayList<>();

    /** What it answers. A status of 0 breaks the connection off. */
    record Answer(int status, String body, String header) {}

    /** What it was sent, and when. */
    record Call(String method, String path, String authorization, String body, long nanos, int answered) {}

    private BadReceiver(HttpServer server) {
        this.server = server;
    }

    static BadReceiver start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        BadReceiver receiver = new BadReceiver(server);
        server.createContext("/", receiver::answer);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "receiver");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        return receiver;
    }

    /** The next answers, before those of before are used up. */
    synchronized void willAnswer(Answer... next) {
        answers.addAll(List.of(next));
    }

    void willAnswer(int... statuses) {
        for (int status : statuses) {
            willAnswer(new Answer(status, "", ""));
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Those that were taken, in order. */
    List<Call> taken() {
        return calls().stream().filter(call -> call.answered() / 100 == 2).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer = next(exchange, body);
        if (answer.status() == 0) {
            exchange.close();
            return;
        }
        if (!answer.header().isEmpty()) {
            String[] header = answer.header().split(": ", 2);
            exchange.getResponseHeaders().add(header[0], header[1]);
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized Answer next(HttpExchange exchange, String body) {
        Answer answer = answers.isEmpty() ? new Answer(200, "", "") : answers.removeFirst();
        calls.add(new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                body,
                System.nanoTime(),
                answer.status()));
        return answer;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
