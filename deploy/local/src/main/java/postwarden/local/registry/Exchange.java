package postwarden.local.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import postwarden.schema.registry.RegistryRefused;

/** HTTP around the calls: reads a question, writes an answer or an error as Confluent's registry words it. */
final class Exchange implements HttpHandler {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";

    /** Longest body, in bytes: a hundred times our longest schema. */
    private static final int LONGEST = 1 << 20;

    private static final int OK = 200;
    private static final int TOO_LONG = 413;
    private static final int NOT_JSON = 415;
    private static final int BAD_REQUEST = 400;
    private static final int STORE_FAILED = 50001;

    private final Calls calls;

    Exchange(Calls calls) {
        this.calls = calls;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = reply(exchange);
            byte[] body = JSON.writeValueAsBytes(reply.body());
            exchange.getResponseHeaders().set("Content-Type", TYPE);
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private record Reply(int status, JsonNode body) {}

    private Reply reply(HttpExchange exchange) throws IOException {
        try {
            return new Reply(OK, calls.answer(question(exchange)));
        } catch (RegistryRefused refused) {
            return error(refused);
        } catch (StoredRegistry.NotStored failed) {
            return error(new RegistryRefused(STORE_FAILED, "not stored: " + failed.getMessage()));
        }
    }

    private static Calls.Question question(HttpExchange exchange) throws IOException {
        List<String> path = Arrays.stream(exchange.getRequestURI().getRawPath().split("/"))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
        return new Calls.Question(exchange.getRequestMethod(), path, body(exchange));
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST + 1);
        if (body.length == 0) {
            return JSON.createObjectNode();
        }
        if (body.length > LONGEST) {
            throw new RegistryRefused(TOO_LONG, "a body of more than " + LONGEST + " bytes");
        }
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        // A page in this machine's browser may send anything here without asking, but not with this type.
        if (!type.toLowerCase(Locale.ROOT).contains("json")) {
            throw new RegistryRefused(NOT_JSON, "content type " + type + ", not " + TYPE);
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException broken) {
            throw new RegistryRefused(BAD_REQUEST, "the body is not JSON");
        }
    }

    private static Reply error(RegistryRefused refused) {
        ObjectNode body =
                JSON.createObjectNode().put("error_code", refused.code()).put("message", refused.getMessage());
        return new Reply(refused.status(), body);
    }
}
