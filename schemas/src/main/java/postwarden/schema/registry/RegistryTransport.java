package postwarden.schema.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Carries one question to a registry and its answer back, for as long as that takes; judges no answer but "later". */
final class RegistryTransport {
    private static final String JSON = "application/vnd.schemaregistry.v1+json";

    /** RFC 9110, section 15: these say "ask again"; 500 and above are added below. */
    private static final int REQUEST_TIMEOUT = 408;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    // One for the process: each client has a thread of its own, and a streams application has dozens of serdes.
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final RegistrySettings settings;
    private final CountDownLatch closed = new CountDownLatch(1);

    RegistryTransport(RegistrySettings settings) {
        this.settings = settings;
    }

    /** One question: the method, the path behind the registry's URL, and a body where the method has one. */
    record Question(String method, String path, Optional<String> body) {}

    /** One answer: who gave it, its HTTP status and its body. */
    record Answer(String url, int status, String body) {}

    private record Failure(String url, String why) {}

    private record Attempt(Optional<Answer> answer, Failure failure) {}

    /** Asks one URL after the other, again and again, until one answers with anything but "later". */
    Answer ask(Question question) {
        Outage outage = new Outage(settings, closed);
        while (true) {
            Failure last = new Failure("", "");
            for (URI url : settings.urls()) {
                Attempt attempt = attempt(url, question);
                if (attempt.answer().isPresent()) {
                    outage.over(plain(url));
                    return attempt.answer().get();
                }
                last = attempt.failure();
            }
            outage.pause(last.url(), last.why());
        }
    }

    /** The URLs without what they may say about a user. */
    String name() {
        return String.join(
                ",", settings.urls().stream().map(RegistryTransport::plain).toList());
    }

    void close() {
        closed.countDown();
    }

    private Attempt attempt(URI url, Question question) {
        CompletableFuture<HttpResponse<String>> pending =
                HTTP.sendAsync(request(url, question), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            // The future's limit and not only the request's: the latter ends with the first byte of the answer.
            HttpResponse<String> response =
                    pending.get(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return judged(new Answer(plain(url), response.statusCode(), response.body()));
        } catch (InterruptedException interrupted) {
            pending.cancel(true);
            throw new InterruptException("interrupted while asking schema registry " + plain(url), interrupted);
        } catch (TimeoutException late) {
            pending.cancel(true);
            return failed(url, "no answer within " + settings.requestTimeout().toMillis() + " ms");
        } catch (ExecutionException failed) {
            return failed(url, reason(failed.getCause()));
        }
    }

    private static Attempt judged(Answer answer) {
        int status = answer.status();
        boolean later = status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
        Failure failure = new Failure(answer.url(), "it answered with HTTP status " + status);
        return new Attempt(later ? Optional.empty() : Optional.of(answer), failure);
    }

    private static Attempt failed(URI url, String why) {
        return new Attempt(Optional.empty(), new Failure(plain(url), why));
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof IOException && cause.getMessage() != null) {
            return cause.getMessage();
        }
        if (cause instanceof ConnectException) {
            return "no connection: the host is unknown or nobody listens there";
        }
        return cause == null ? "no reason known" : cause.getClass().getSimpleName();
    }

    private HttpRequest request(URI url, Question question) {
        HttpRequest.BodyPublisher body =
                question.body().map(HttpRequest.BodyPublishers::ofString).orElseGet(HttpRequest.BodyPublishers::noBody);
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(plain(url) + question.path()))
                .timeout(settings.requestTimeout())
                .header("Accept", JSON)
                .header("Content-Type", JSON)
                .method(question.method(), body);
        settings.credentials()
                .or(() -> Optional.ofNullable(url.getUserInfo()))
                .ifPresent(user -> builder.header("Authorization", basic(user)));
        return builder.build();
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    private static String plain(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String path = url.getRawPath().endsWith("/")
                ? url.getRawPath().substring(0, url.getRawPath().length() - 1)
                : url.getRawPath();
        return url.getScheme() + "://" + url.getHost() + port + path;
    }
}
