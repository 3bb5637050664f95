package postwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends JSON to hosts that are allowed, over TLS; in the clear only to this machine. */
final class Channel {
    /** More of an answer is not read: an id, or the reason of a refusal. */
    private static final int MOST_BYTES = 1 << 16;

    private final HttpClient http;
    private final Duration timeout;
    private final Set<String> allowedHosts;
    private final Clock clock;

    /** @param clock for a Retry-After that is a date */
    Channel(Duration timeout, Set<String> allowedHosts, Clock clock) {
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.timeout = timeout;
        this.allowedHosts = allowedHosts;
        this.clock = clock;
    }

    /**
     * An address that may be sent to.
     *
     * @param what names it, without showing it: it may be a secret
     * @throws IllegalArgumentException when it is none, saying why
     */
    URI target(String what, String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(what + " is no URL", unreadable);
        }
        String host = uri.getHost();
        if (host == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException(what + " must be such as https://host/path, without a user");
        }
        if (!"https".equalsIgnoreCase(uri.getScheme())
                && !("http".equalsIgnoreCase(uri.getScheme()) && isLoopback(host))) {
            throw new IllegalArgumentException(what + " must be https");
        }
        if (!allowedHosts.contains(host)) {
            throw new IllegalArgumentException(
                    what + " leads to " + host + ", which is not among notify.allowed-hosts " + allowedHosts);
        }
        return uri;
    }

    /** Sends it and waits for the answer. */
    Reply send(String method, URI to, Map<String, String> headers, JsonNode body) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(to)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8));
        headers.forEach(request::header);
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream answer = response.body()) {
                String text = new String(answer.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
                return new Reply(response.statusCode(), text, retryAfter(response));
            }
        } catch (IOException failure) {
            return Reply.none("no answer from " + to.getHost() + ": "
                    + (failure.getMessage() == null ? "no connection" : failure.getMessage()));
        }
    }

    /** Seconds or a date (RFC 9110, 10.2.3); nothing where it is neither. */
    private Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers().firstValue("Retry-After").flatMap(text -> {
            try {
                return Optional.of(
                        text.chars().allMatch(c -> c >= '0' && c <= '9')
                                ? Duration.ofSeconds(Long.parseLong(text))
                                : Duration.between(
                                        clock.instant(),
                                        ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)));
            } catch (NumberFormatException | DateTimeException | ArithmeticException unreadable) {
                return Optional.empty();
            }
        });
    }

    private static boolean isLoopback(String host) {
        boolean literal = host.startsWith("[") || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        try {
            return "localhost".equalsIgnoreCase(host)
                    || (literal && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }
}
