package postwarden.serve;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.javalin.util.JavalinBindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.ask.Answers;
import postwarden.ask.NotReady;
import postwarden.producer.config.SecretFile;
import postwarden.serve.access.Authentication;
import postwarden.serve.live.AlertFeed;
import postwarden.serve.past.Past;
import postwarden.serve.peer.Cluster;
import postwarden.serve.peer.OwnPart;
import postwarden.serve.peer.Peers;
import postwarden.serve.wire.Refusal;
import postwarden.tls.TlsFiles;

/** The running HTTP API of one instance. */
public final class Api implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final int LEAST_SECRET_BYTES = 32;

    private final Javalin server;
    private final Optional<AlertFeed> feed;

    private Api(Javalin server, Optional<AlertFeed> feed) {
        this.server = server;
        this.feed = feed;
    }

    /**
     * What it answers with.
     *
     * @param feed where alerts come from; empty where nobody may listen
     */
    public record Parts(Answers answers, Feedback feedback, Past past, Optional<AlertFeed> feed, Clock clock) {}

    /**
     * Listens.
     *
     * @throws IllegalArgumentException when a file that is configured cannot be used or the address is not free, saying which
     *     and why
     */
    public static Api start(ApiParams params, Parts parts) {
        Optional<TlsFiles> tls = params.tls().isUsed() ? Optional.of(TlsFiles.read(params.tls())) : Optional.empty();
        String secret = secret(params.peers().secretFile());
        Gate gate = new Gate(
                new Authentication(params.access(), secret.getBytes(StandardCharsets.UTF_8), parts.clock()),
                params.limits(),
                params.live().streams(),
                params::isForAdmins);
        List<Route> routes = routes(params, parts, new Peers(params.peers(), secret, tls.map(TlsFiles::context)));
        Listening listening = new Listening(params, tls);
        Doorway doorway = new Doorway(params);
        try {
            Javalin server = Javalin.create(config -> {
                        quiet(config);
                        listening.configure(config.jetty);
                        config.routes.before(doorway::enter);
                        routes.forEach(route -> add(config.routes, route, gate));
                        problems(config.routes);
                    })
                    .start();
            LOG.atInfo()
                    .addKeyValue("address", params.host() + ":" + server.port())
                    .addKeyValue("tls", params.tls().isUsed())
                    .addKeyValue("access", params.isOpen() ? "anybody on this machine" : "by token or certificate")
                    .log("the API listens");
            return new Api(server, parts.feed());
        } catch (JavalinBindException refused) {
            throw new IllegalArgumentException(
                    "api: cannot listen on " + params.host() + ":" + params.port() + admins(params)
                            + ": the port is in use or may not be used",
                    refused);
        }
    }

    private static String admins(ApiParams params) {
        int port = params.access().adminPort();
        return port == 0 ? "" : " or, for admins, on 127.0.0.1:" + port;
    }

    private static List<Route> routes(ApiParams params, Parts parts, Peers peers) {
        Clock clock = parts.clock();
        String own = params.peers().advertise();
        OwnPart ownPart = new OwnPart(parts.answers(), own);
        Cluster cluster = new Cluster(parts.answers(), ownPart, peers, own);
        Audit audit = new Audit(params.auditKeyFile(), clock);
        Lookups lookups =
                new Lookups(cluster, parts.past(), audit, params.limits().keyBytes());
        return Routes.of(
                new Lists(cluster, parts.answers(), audit, params.limits(), clock),
                lookups,
                new FeedbackRoute(lookups, parts.feedback(), audit, params.limits(), clock),
                parts.answers(),
                ownPart,
                parts.feed(),
                new ConsoleFiles(Api.class.getClassLoader()));
    }

    private static String secret(String file) {
        if (file.isEmpty()) {
            return "";
        }
        String secret = new String(SecretFile.read(Path.of(file)), StandardCharsets.US_ASCII);
        if (secret.length() < LEAST_SECRET_BYTES || !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(file + ": a peers' secret has " + LEAST_SECRET_BYTES
                    + " or more visible ASCII characters, such as openssl rand -hex 32 gives");
        }
        return secret;
    }

    private static void quiet(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.prefer405over404 = true;
        config.router.ignoreTrailingSlashes = false;
    }

    private static void add(JavalinDefaultRoutingApi to, Route route, Gate gate) {
        switch (route.method()) {
            case GET -> {
                to.addHttpHandler(HandlerType.GET, route.path(), context -> gate.pass(route, context));
                if (route.weight() != Route.Weight.STREAM) {
                    to.addHttpHandler(HandlerType.HEAD, route.path(), context -> gate.pass(route, context));
                }
            }
            case POST -> to.addHttpHandler(HandlerType.POST, route.path(), context -> gate.pass(route, context));
        }
    }

    private static void problems(JavalinDefaultRoutingApi to) {
        to.exception(Refusal.class, (refusal, context) -> tell(context, refusal));
        to.exception(NotReady.class, (notReady, context) -> tell(context, Refusal.of(notReady)));
        to.exception(HttpResponseException.class, (other, context) -> {
            Optional.ofNullable(other.getDetails().get("availableMethods"))
                    .ifPresent(methods -> context.header("Allow", methods));
            tell(context, ofStatus(other.getStatus()));
        });
        // The one place where what nobody expects ends: the log has the cause, the caller only that there is one.
        to.exception(Exception.class, (bug, context) -> {
            if (bug instanceof EofException) {
                return;
            }
            LOG.atError().setCause(bug).log("a request could not be answered");
            tell(context, Refusal.of(500, "Internal error", "the request could not be answered; the log says why"));
        });
    }

    private static Refusal ofStatus(int status) {
        return switch (status) {
            case 404 -> Refusal.notFound("there is no such route");
            case 405 -> Refusal.of(405, "Method not allowed", "this route has another method");
            default -> Refusal.of(status, "Refused", "the request cannot be answered");
        };
    }

    private static void tell(Context context, Refusal refusal) {
        context.res().resetBuffer();
        context.status(refusal.status());
        context.header("Cache-Control", "no-store");
        refusal.retryAfterSeconds().ifPresent(seconds -> context.header("Retry-After", seconds));
        if (refusal.status() == 401) {
            context.header("WWW-Authenticate", "Bearer realm=\"postwarden\"");
        }
        context.contentType(ProblemPages.TYPE);
        context.result(refusal.body());
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Ends every stream with a word, and takes no more requests. */
    @Override
    public void close() {
        feed.ifPresent(AlertFeed::close);
        server.stop();
    }
}
