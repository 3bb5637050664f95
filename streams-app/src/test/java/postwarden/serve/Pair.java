package postwarden.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import postwarden.ask.Entity;
import postwarden.ask.EntityRow;
import postwarden.ask.HostRow;
import postwarden.incident.Alert;
import postwarden.incident.AlertFixture;
import postwarden.policy.Decision;
import postwarden.serve.access.AccessParams;
import postwarden.serve.access.OidcParams;
import postwarden.serve.live.LiveParams;
import postwarden.serve.peer.PeerParams;
import postwarden.tally.Key;
import postwarden.tally.Watch;
import postwarden.tls.TlsParams;

/** Two instances that answer as one, {@code a} and {@code b}, and somebody who asks them. */
final class Pair implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T03:00:07Z");
    static final String READER = "reader-token-000000000000000000000000";
    static final String OPERATOR = "operator-token-0000000000000000000000";
    static final String ADMIN = "admin-token-0000000000000000000000000";
    static final String OTHER_TENANT = "other-tenant-token-000000000000000000";
    static final String ONE_HOST = "one-host-token-0000000000000000000000";
    static final String SECRET = "a-secret-that-only-peers-have-00000000";

    static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    final String addressA;
    final String addressB;
    final PlainAnswers a;
    final PlainAnswers b;
    final Path folder;
    final BlockingQueue<Decision> written = new LinkedBlockingQueue<>();
    /** What the desk has forgotten, by id. */
    final Map<String, Alert> forgotten = new ConcurrentHashMap<>();

    volatile boolean brokersAreAway;
    private final Map<String, String> holders = new ConcurrentHashMap<>();
    private final Api apiA;
    private final Api apiB;
    private boolean bIsOpen = true;

    private Pair(Path folder, UnaryOperator<ApiParams> change) {
        this.folder = folder;
        this.addressA = "127.0.0.1:" + freePort();
        this.addressB = "127.0.0.1:" + freePort();
        List<String> members = List.of(addressA, addressB);
        this.a = new PlainAnswers(addressA, holders, addressB, members);
        this.b = new PlainAnswers(addressB, holders, addressB, members);
        write("secret", SECRET);
        write("access", accessList());
        this.apiA = Api.start(change.apply(params(addressA)), parts(a));
        this.apiB = Api.start(change.apply(params(addressB)), parts(b));
    }

    static Pair start(Path folder) {
        return start(folder, params -> params);
    }

    static Pair start(Path folder, UnaryOperator<ApiParams> change) {
        return new Pair(folder, change);
    }

    private Api.Parts parts(PlainAnswers answers) {
        return new Api.Parts(
                answers,
                decision -> {
                    if (brokersAreAway) {
                        throw new Feedback.Unwritten(new IOException("no Kafka broker answers"));
                    }
                    written.add(decision);
                },
                (tenant, id) -> Optional.ofNullable(forgotten.get(id))
                        .filter(alert -> alert.tenant().equals(tenant)),
                Optional.empty(),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    ApiParams params(String address) {
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        return new ApiParams(
                true,
                "127.0.0.1",
                port,
                "",
                TlsParams.STANDARD,
                new AccessParams(
                        folder.resolve("access").toString(), Duration.ofSeconds(10), OidcParams.STANDARD, "reader"),
                new PeerParams(
                        address,
                        Set.of(addressA, addressB),
                        folder.resolve("secret").toString(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        16),
                LimitParams.STANDARD,
                LiveParams.STANDARD);
    }

    static String accessList() {
        return String.join(
                "\n",
                "# name role tenants hosts credential",
                "anna reader default * sha256:" + sha256(READER),
                "omar operator default * sha256:" + sha256(OPERATOR),
                "ada admin * * sha256:" + sha256(ADMIN),
                "otto reader other * sha256:" + sha256(OTHER_TENANT),
                "ines operator default mx1,mx1*.example.com sha256:" + sha256(ONE_HOST),
                "");
    }

    static String sha256(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Path write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.writeString(file, text);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a key at the first instance or the second, with a copy at the other. */
    Pair holds(String address, Watch watch, String name, double connects, String... hosts) {
        Key key = new Key("default", watch, name);
        holders.put(PlainAnswers.text(key), address);
        Entity entity = entity(watch, name, connects, List.of(hosts), false);
        (address.equals(addressA) ? a : b).entities.put(PlainAnswers.text(key), entity);
        (address.equals(addressA) ? b : a)
                .copies.put(PlainAnswers.text(key), entity(watch, name, connects, List.of(hosts), true));
        return this;
    }

    static Entity entity(Watch watch, String name, double connects, List<String> hosts, boolean standby) {
        EntityRow row = new EntityRow(
                watch.name().toLowerCase(java.util.Locale.ROOT),
                "default",
                name,
                NOW,
                Map.of("connects", connects),
                hosts.size(),
                List.of(new EntityRow.Open("connection-flood", "mx1", "", "HIGH", "SINGLE_SOURCE", NOW)));
        return new Entity(
                row,
                hosts,
                Map.of("1m", Map.of("connects", 1.5)),
                List.of(new Entity.Point(NOW, Duration.ofSeconds(10), Map.of("connects", 2.0))),
                List.of(new Entity.Hour(NOW, Duration.ofHours(1), Map.of("connects", 90.0), Map.of("connects", 60.5))),
                List.of(new Entity.Learned("", "connects", 1, 2.5, 140, 0.8)),
                List.of(new Entity.Sessions("mx1", NOW, Duration.ofSeconds(10), 3)),
                List.of(new Entity.Line("mx1", "/var/log/mail.log", 12, NOW, "connect from " + name)),
                standby,
                standby ? Duration.ofMillis(1500) : Duration.ZERO,
                false);
    }

    static Entity brief(Entity entity) {
        return new Entity(
                entity.row(),
                entity.hosts(),
                entity.windows(),
                List.of(),
                List.of(),
                entity.baselines(),
                entity.openSessions(),
                List.of(),
                entity.standby(),
                entity.staleness(),
                true);
    }

    /** An incident at the desk, which is at the second instance. */
    Alert incident(String id, String tenant, String server, Instant onset) {
        Alert alert = alert(AlertFixture.hostile("203.0.113.177"), id, tenant, server, onset);
        b.alerts.add(alert);
        return alert;
    }

    static Alert alert(Alert like, String id, String tenant, String server, Instant onset) {
        return new Alert(
                id,
                tenant,
                like.state(),
                like.sequence(),
                like.detector(),
                like.detectorVersion(),
                like.severity(),
                like.confidence(),
                like.cause(),
                like.causes(),
                new postwarden.detect.Subject(server, like.subject().client(), "", "", "", "", ""),
                onset,
                onset,
                onset,
                Alert.NOT_YET,
                "",
                like.title(),
                like.summary(),
                like.measures(),
                like.thresholds(),
                like.baseline(),
                like.evidence(),
                like.advice(),
                like.technique(),
                like.parent(),
                like.children(),
                like.timeline(),
                like.countsAreLowerBounds(),
                like.blindSpots(),
                like.configDigest(),
                Optional.empty(),
                like.feedback());
    }

    static HostRow host(String name, Instant closedThrough, String state, double lines) {
        return new HostRow("default", name, closedThrough, state, lines, 0, Map.of());
    }

    HttpResponse<String> get(String address, String path, String token, String... headers) {
        HttpRequest.Builder request = request(address, path, token, headers).GET();
        return send(request.build());
    }

    HttpResponse<String> post(String address, String path, String token, String body, String... headers) {
        HttpRequest.Builder request =
                request(address, path, token, headers).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length == 0) {
            request.header("Content-Type", "application/json");
        }
        return send(request.build());
    }

    static HttpRequest.Builder request(String address, String path, String token, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(Duration.ofSeconds(20));
        if (!token.isEmpty()) {
            request.header("Authorization", token.startsWith("Postwarden-Peer ") ? token : "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stopB() {
        if (bIsOpen) {
            bIsOpen = false;
            apiB.close();
        }
    }

    @Override
    public void close() {
        a.hold.countDown();
        b.hold.countDown();
        apiA.close();
        stopB();
    }
}
