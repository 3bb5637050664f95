package postwarden.serve.access;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.serve.wire.Refusal;

/** A provider's keys, fetched when they are old or one is missed; redirects are not followed. */
final class KeySet {
    private static final Logger LOG = LoggerFactory.getLogger(KeySet.class);
    /** Bytes of a key set with a thousand keys; what is larger is none. */
    private static final int MOST_BYTES = 1 << 20;
    /** How soon a missing key may be asked for again: tokens with invented key ids must be no load on the provider. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final URI url;
    private final Duration refresh;
    private final Duration timeout;
    private final Clock clock;
    private final HttpClient client;
    private List<JWK> keys = List.of();
    private Instant tried = Instant.MIN;
    private Instant fetched = Instant.MIN;

    KeySet(OidcParams params, Clock clock) {
        this.url = URI.create(params.jwks());
        this.refresh = params.refresh();
        this.timeout = params.timeout();
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(params.timeout())
                .build();
    }

    /** The key that the token says it is signed with. @throws Refusal 503 when no keys could ever be fetched */
    synchronized Optional<JWK> of(JWSHeader header) {
        Instant now = clock.instant();
        boolean mayTry = !now.isBefore(later(tried, AGAIN));
        if (mayTry && (!now.isBefore(later(fetched, refresh)) || find(header).isEmpty())) {
            tried = now;
            fetch(now);
        }
        if (fetched.equals(Instant.MIN)) {
            throw Refusal.unavailable("the token provider's keys cannot be fetched", AGAIN);
        }
        return find(header);
    }

    private static Instant later(Instant time, Duration wait) {
        return time.equals(Instant.MIN) ? time : time.plus(wait);
    }

    private Optional<JWK> find(JWSHeader header) {
        List<JWK> fit = keys.stream()
                .filter(key -> header.getKeyID() == null || header.getKeyID().equals(key.getKeyID()))
                .filter(key -> key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                .filter(key -> key.getAlgorithm() == null || key.getAlgorithm().equals(header.getAlgorithm()))
                .toList();
        // A token that names no key is only taken where there is no choice.
        return fit.size() == 1 || header.getKeyID() != null ? fit.stream().findFirst() : Optional.empty();
    }

    private void fetch(Instant now) {
        try {
            HttpRequest request = HttpRequest.newBuilder(url).timeout(timeout).build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(MOST_BYTES);
                if (response.statusCode() != 200 || bytes.length == MOST_BYTES) {
                    throw new IOException("status " + response.statusCode() + ", " + bytes.length + " bytes");
                }
                keys = JWKSet.parse(new String(bytes, StandardCharsets.UTF_8)).getKeys();
                fetched = now;
            }
        } catch (IOException | ParseException failure) {
            LOG.atWarn()
                    .addKeyValue("url", url)
                    .addKeyValue("reason", failure.getMessage())
                    .log("the token provider's keys cannot be fetched; those that are known go on");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
