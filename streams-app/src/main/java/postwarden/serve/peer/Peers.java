package postwarden.serve.peer;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.ask.NotReady;
import postwarden.serve.access.Authentication;
import postwarden.serve.wire.Json;
import postwarden.serve.wire.Refusal;

/** Asks other instances, those of the configured list and no others, and follows no redirect. */
public final class Peers {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration UNSAID = Duration.ofSeconds(1);

    private final PeerParams params;
    private final String scheme;
    private final String secret;
    private final HttpClient client;

    /**
     * @param secret empty where certificates are shown
     * @param tls empty where peers talk in clear, on loopback
     */
    public Peers(PeerParams params, String secret, Optional<SSLContext> tls) {
        this.params = params;
        this.secret = secret;
        this.scheme = tls.isPresent() ? "https" : "http";
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(params.connectTimeout());
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** One peer's answer; empty where it knows nothing of it. @throws Refusal 502 @throws NotReady when the peer is not */
    Optional<byte[]> ask(String address, String kind, Object question) {
        return ask(List.of(address), kind, question).get(0);
    }

    /** All these peers' answers to the same question, in their order. @throws Refusal 502 @throws NotReady when one is not */
    List<Optional<byte[]>> ask(List<String> addresses, String kind, Object question) {
        byte[] body = Json.bytes(question);
        List<CompletableFuture<Optional<byte[]>>> asked = new ArrayList<>();
        for (String address : addresses) {
            if (!params.mayAsk(address)) {
                LOG.atWarn()
                        .addKeyValue("peer", address)
                        .log("a member of the group claims an address that is not in api.peers.list; it is not asked");
                throw Refusal.badGateway("the instance that holds the answer is not one of the configured peers");
            }
            asked.add(send(request(address, kind, body)).thenApply(this::answer));
        }
        try {
            List<Optional<byte[]>> answers = new ArrayList<>();
            for (CompletableFuture<Optional<byte[]>> one : asked) {
                answers.add(one.get(params.timeout().toMillis(), TimeUnit.MILLISECONDS));
            }
            return answers;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("this instance stops", UNSAID);
        } catch (TimeoutException | CancellationException slow) {
            throw failed(slow);
        } catch (ExecutionException failure) {
            throw failed(failure.getCause() == null ? failure : failure.getCause());
        } finally {
            asked.forEach(one -> one.cancel(true));
        }
    }

    /** Twice where a connection that was kept open turns out to be closed: a question may be asked again. */
    private CompletableFuture<HttpResponse<InputStream>> send(HttpRequest request) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .exceptionallyCompose(failure -> isClosed(failure)
                        ? client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                        : CompletableFuture.failedFuture(failure));
    }

    private static boolean isClosed(Throwable failure) {
        Throwable why =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return why instanceof IOException
                && !(why instanceof HttpTimeoutException)
                && !(why instanceof ConnectException)
                && !(why instanceof SSLException);
    }

    private HttpRequest request(String address, String kind, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(scheme + "://" + address + "/internal/v1/" + kind))
                .timeout(params.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!secret.isEmpty()) {
            request.header("Authorization", Authentication.PEER_SCHEME + secret);
        }
        return request.build();
    }

    private Optional<byte[]> answer(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(params.answerBytes() + 1);
            if (bytes.length > params.answerBytes()) {
                throw Refusal.badGateway("a peer's answer is larger than " + params.answerMib() + " MiB");
            }
            return switch (response.statusCode()) {
                case 200 -> Optional.of(bytes);
                case 404 -> Optional.empty();
                case 503, 429 -> throw new NotReady("a peer is not ready to answer", retryAfter(response));
                default -> throw Refusal.badGateway("a peer answers with status " + response.statusCode());
            };
        } catch (IOException cut) {
            throw Refusal.badGateway("a peer's answer ends too soon");
        }
    }

    private static Duration retryAfter(HttpResponse<InputStream> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,5}"))
                .map(text -> Duration.ofSeconds(Math.max(1, Long.parseLong(text))))
                .orElse(UNSAID);
    }

    private static RuntimeException failed(Throwable why) {
        if (why instanceof Refusal refusal) {
            return refusal;
        }
        if (why instanceof NotReady notReady) {
            return notReady;
        }
        LOG.atWarn().addKeyValue("reason", String.valueOf(why)).log("a peer does not answer");
        return Refusal.badGateway("a peer does not answer");
    }
}
