package postwarden.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the HTTP API of one instance, which answers for all. */
public final class ServiceClient {
    private static final String API = "/api/v1";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final URI server;
    private final Optional<String> token;
    private final ClientParams params;
    private final HttpClient http;

    private ServiceClient(URI server, Optional<String> token, ClientParams params) {
        this.server = server;
        this.token = token;
        this.params = params;
        // Redirects are not followed: the token is for this server only.
        this.http = HttpClient.newBuilder()
                .connectTimeout(params.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * A client of this server.
     *
     * @throws IllegalArgumentException for what is no address of a server, or where the token would go out in the clear
     */
    public static ServiceClient of(String server, Optional<String> token, ClientParams params) {
        URI uri;
        try {
            uri = URI.create(server.endsWith("/") ? server.substring(0, server.length() - 1) : server);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("--server '" + server + "' is no URL", unreadable);
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        if ((!http && !"https".equalsIgnoreCase(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "--server must be such as https://postwarden.example.com:8443, not '" + server + "'");
        }
        if (http && token.isPresent() && !isLoopback(uri.getHost())) {
            throw new IllegalArgumentException(
                    "--server " + server + " is not https: the token would be readable on its way");
        }
        return new ServiceClient(uri, token, params);
    }

    /**
     * Asks for one path.
     *
     * @param path its segments, below the version
     * @param query left out where the value is empty
     */
    public JsonNode get(List<String> path, Map<String, String> query) throws Refused, InterruptedException {
        return send(request(path, query).GET());
    }

    /**
     * Tells one path something.
     *
     * @param path its segments, below the version
     * @param query left out where the value is empty
     * @param fields of the JSON object that is told
     */
    public JsonNode post(List<String> path, Map<String, String> query, Map<String, String> fields)
            throws Refused, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        fields.forEach(body::put);
        return send(request(path, query)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder request(List<String> path, Map<String, String> query) {
        URI uri = URI.create(
                server + API + path.stream().map(s -> "/" + encoded(s)).collect(Collectors.joining()) + asked(query));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(params.answer())
                .header("Accept", "application/json, application/problem+json");
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private JsonNode send(HttpRequest.Builder request) throws Refused, InterruptedException {
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return read(response, body.readNBytes(params.mostBytes() + 1));
            }
        } catch (HttpTimeoutException late) {
            throw Refused.unanswered(server + " does not answer in time (" + late.getMessage() + ")");
        } catch (IOException failure) {
            throw Refused.unanswered("no answer from " + server + reason(failure));
        }
    }

    private JsonNode read(HttpResponse<?> response, byte[] body) throws Refused {
        int status = response.statusCode();
        if (body.length > params.mostBytes()) {
            throw Refused.unanswered("the answer of " + server + " has more than " + params.mostBytes() + " bytes");
        }
        Optional<JsonNode> json = json(body);
        if (status != OK && status != ACCEPTED) {
            throw Refused.answered(
                    status,
                    json.map(ServiceClient::problem)
                            .filter(text -> !text.isEmpty())
                            .orElse("from " + server),
                    response.headers().firstValue("Retry-After"));
        }
        return json.orElseThrow(
                () -> Refused.unanswered(server + " answers with something that is no JSON: is it Postwarden?"));
    }

    private static Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.of(JSON.readTree(body)).filter(JsonNode::isContainerNode);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory failed", impossible);
        }
    }

    /** Title and detail of a problem (RFC 9457). */
    private static String problem(JsonNode json) {
        return Stream.of("title", "detail")
                .map(field -> json.path(field).asText(""))
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(": "));
    }

    private static String asked(Map<String, String> query) {
        String asked = query.entrySet().stream()
                .filter(one -> !one.getValue().isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        return asked.isEmpty() ? "" : "?" + asked;
    }

    /** Percent-encoded; a form's plus sign would be a plus sign in a path. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String reason(IOException failure) {
        String why = failure.getMessage() == null && failure.getCause() != null
                ? failure.getCause().getMessage()
                : failure.getMessage();
        return why == null ? ": the connection was refused" : ": " + why;
    }

    /** Decided without asking a name server: a name is loopback only if it is localhost. */
    private static boolean isLoopback(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        boolean literal = bare.indexOf(':') >= 0 || bare.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        try {
            return "localhost".equalsIgnoreCase(bare)
                    || (literal && InetAddress.getByName(bare).isLoopbackAddress());
        } catch (java.net.UnknownHostException noAddress) {
            return false;
        }
    }
}
