package postwarden.serve.wire;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import postwarden.ask.NotReady;

/** Why a request is not answered, as a problem (RFC 9457) that tells the caller and nobody else anything. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String title;
    private final transient Optional<Duration> retryAfter;

    private Refusal(int status, String title, String detail, Optional<Duration> retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.retryAfter = retryAfter;
    }

    /** 400: what, which and why. */
    public static Refusal bad(String detail) {
        return new Refusal(400, "Bad request", detail, Optional.empty());
    }

    /** 401: no credential, or none that holds; never says which. */
    public static Refusal unauthorised() {
        return new Refusal(
                401, "Unauthorised", "a valid bearer token or client certificate is needed", Optional.empty());
    }

    /** 403. */
    public static Refusal forbidden(String detail) {
        return new Refusal(403, "Forbidden", detail, Optional.empty());
    }

    /** 404. */
    public static Refusal notFound(String detail) {
        return new Refusal(404, "Not found", detail, Optional.empty());
    }

    /** 429. */
    public static Refusal tooMany(String detail, Duration retryAfter) {
        return new Refusal(429, "Too many requests", detail, Optional.of(retryAfter));
    }

    /** 502: a peer fails. */
    public static Refusal badGateway(String detail) {
        return new Refusal(502, "Bad gateway", detail, Optional.empty());
    }

    /** 503. */
    public static Refusal unavailable(String detail, Duration retryAfter) {
        return new Refusal(503, "Service unavailable", detail, Optional.of(retryAfter));
    }

    /** The same as 503. */
    public static Refusal of(NotReady notReady) {
        return unavailable(String.valueOf(notReady.getMessage()), notReady.retryAfter());
    }

    /** Any other status. */
    public static Refusal of(int status, String title, String detail) {
        return new Refusal(status, title, detail, Optional.empty());
    }

    public int status() {
        return status;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** The value of Retry-After: whole seconds, 1 or more. */
    public Optional<String> retryAfterSeconds() {
        return retryAfter.map(
                wait -> Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }

    /** The problem; its instance is a number that is only used once, so that a path with a person's address is not repeated. */
    public byte[] body() {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", title);
        problem.put("status", status);
        problem.put("detail", String.valueOf(getMessage()));
        problem.put("instance", "urn:uuid:" + UUID.randomUUID());
        return Json.bytes(problem);
    }
}
