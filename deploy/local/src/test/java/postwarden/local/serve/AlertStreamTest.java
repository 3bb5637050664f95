package postwarden.local.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.incident.Alert;
import postwarden.local.broker.LocalBroker;
import postwarden.local.registry.LocalRegistry;
import postwarden.policy.Remarks;
import postwarden.serve.Api;
import postwarden.serve.ApiParams;
import postwarden.serve.LimitParams;
import postwarden.serve.access.AccessParams;
import postwarden.serve.live.AlertFeed;
import postwarden.serve.live.LiveParams;
import postwarden.serve.past.Past;
import postwarden.serve.peer.PeerParams;
import postwarden.stream.AlertSerde;
import postwarden.tls.TlsParams;

/** The stream of alerts of two instances, over a real broker. */
@Timeout(120)
class AlertStreamTest {
    private static final String TOPIC = "mail.alerts";

    @TempDir
    private Path folder = Path.of(".");

    private LocalBroker broker;
    private LocalRegistry registry;
    private Map<String, String> kafka;
    private Api first;
    private Api second;

    AlertStreamTest() {}

    @BeforeEach
    void start() throws Exception {
        broker = LocalBroker.start(folder.resolve("broker"));
        registry = LocalRegistry.start(folder.resolve("registry"));
        kafka = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "schema.registry.url", registry.url(),
                "auto.register.schemas", "true");
        try (Admin admin = Admin.create(new HashMap<>(kafka))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(3), Optional.of((short) 1))))
                    .all()
                    .get();
        }
        first = api(LiveParams.STANDARD);
        second = api(new LiveParams(4, 16, Duration.ofSeconds(1), 5));
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        registry.close();
        broker.close();
    }

    private Api api(LiveParams live) {
        ApiParams params = new ApiParams(
                true,
                "127.0.0.1",
                0,
                "",
                TlsParams.STANDARD,
                AccessParams.STANDARD,
                PeerParams.STANDARD,
                patient(),
                live);
        return Api.start(
                params,
                new Api.Parts(
                        new NothingHeld(),
                        allowance -> {},
                        Past.NONE,
                        Optional.of(AlertFeed.start(kafka, TOPIC, live)),
                        Clock.systemUTC()));
    }

    /** The standard limits, with more time for a reader who does not read on a busy machine. */
    private static LimitParams patient() {
        LimitParams standard = LimitParams.STANDARD;
        return new LimitParams(
                standard.headerKib(),
                standard.bodyKib(),
                standard.keyBytes(),
                Duration.ofSeconds(1),
                Duration.ofMinutes(2),
                standard.connections(),
                standard.requests(),
                standard.scans(),
                standard.peerRequests(),
                standard.requestsPerSecond(),
                standard.failuresPerMinute(),
                standard.timeRange(),
                standard.feedbackKeep());
    }

    private void tell(Alert... alerts) throws ExecutionException, InterruptedException {
        Map<String, Object> config = new HashMap<>(kafka);
        try (AlertSerde serde = AlertSerde.of(kafka);
                KafkaProducer<String, Alert> producer =
                        new KafkaProducer<>(config, new StringSerializer(), serde.serializer())) {
            for (Alert alert : alerts) {
                producer.send(new ProducerRecord<>(TOPIC, alert.incidentId(), alert))
                        .get();
            }
        }
    }

    private void tellAndTakeBack(Alert alert) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("transactional.id", "takes-back");
        try (AlertSerde serde = AlertSerde.of(kafka);
                KafkaProducer<String, Alert> producer =
                        new KafkaProducer<>(config, new StringSerializer(), serde.serializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused = producer.send(new ProducerRecord<>(TOPIC, alert.incidentId(), alert));
            producer.flush();
            producer.abortTransaction();
        }
    }

    private static Alert alert(String id, String tenant, String summary) {
        Instant time = Instant.parse("2026-11-22T03:00:00Z");
        return new Alert(
                id,
                tenant,
                Alert.State.OPEN,
                1,
                "connection-flood",
                1,
                Severity.HIGH,
                0.9,
                "SINGLE_SOURCE",
                List.of(),
                Subject.client("mx1", "192.0.2.1"),
                time,
                time,
                time,
                Alert.NOT_YET,
                "",
                "title",
                summary,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                List.of(),
                "",
                "",
                List.of(),
                List.of(),
                false,
                List.of(),
                "digest",
                Optional.empty(),
                Remarks.NONE);
    }

    @Test
    void whoever_comes_back_to_another_instance_misses_nothing_and_hears_nothing_twice() throws Exception {
        // Given
        String last;
        try (Reader reader = new Reader(first, "")) {
            tell(alert("i-1", "default", "one"));
            assertThat(reader.next()).startsWith("alert {\"incidentId\":\"i-1\"");
            last = reader.lastId;
        }
        tell(alert("i-2", "default", "two"), alert("i-3", "other", "three"), alert("i-4", "default", "four"));
        tellAndTakeBack(alert("i-5", "default", "never"));

        // When
        try (Reader reader = new Reader(second, last)) {
            List<String> missed = List.of(reader.next(), reader.next());
            tell(alert("i-6", "default", "six"));

            // Then
            assertThat(missed)
                    .anyMatch(event -> event.contains("\"i-2\""))
                    .anyMatch(event -> event.contains("\"i-4\""));
            assertThat(reader.next()).contains("\"incidentId\":\"i-6\"");
        }
    }

    @Test
    void a_reader_who_missed_too_much_is_told_of_the_hole_and_goes_on() throws Exception {
        String last;
        try (Reader reader = new Reader(first, "")) {
            reader.heartbeat();
            tell(alert("i-0", "default", "zero"));
            assertThat(reader.next()).contains("i-0");
            last = reader.lastId;
        }
        Alert[] many = new Alert[9];
        for (int i = 0; i < many.length; i++) {
            many[i] = alert("i-" + (i + 1), "default", "");
        }
        // What an instance has not read itself when somebody comes is told live, and is not missed.
        try (Reader witness = new Reader(second, "")) {
            witness.heartbeat();
            tell(many);
            for (int i = 0; i < many.length; i++) {
                witness.next();
            }
        }

        try (Reader reader = new Reader(second, last)) {
            for (int i = 0; i < 5; i++) {
                assertThat(reader.next()).startsWith("alert ");
            }
            assertThat(reader.next()).startsWith("gap ").contains("more than 5 alerts");
            reader.heartbeat();
        }
    }

    @Test
    void an_id_that_nobody_gave_out_is_refused() throws Exception {
        for (String id : List.of("nonsense", "0:1,", "0:-1", "99999999:1")) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + first.port() + "/api/v1/stream"))
                    .header("Last-Event-ID", id)
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_reader_who_does_not_read_is_told_so_and_holds_nobody_up() throws Exception {
        try (Reader quick = new Reader(second, "");
                Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), second.port()));
            slow.getOutputStream()
                    .write("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = slow.getInputStream();
            assertThat(in.read()).isEqualTo('H');

            for (int i = 0; i < 80; i++) {
                tell(alert("i-" + i, "default", "x".repeat(200_000)));
                assertThat(quick.next()).contains("\"i-" + i + "\"");
            }

            String all = new String(readToEnd(in), StandardCharsets.UTF_8);
            assertThat(all).contains("event: end\ndata: {\"reason\":\"you read too slowly");
        }
    }

    /** A stream that has ended is read on from its connection, which is kept open for a while. */
    private static byte[] readToEnd(InputStream in) throws IOException {
        return in.readAllBytes();
    }

    @Test
    void an_instance_that_stops_says_so() throws Exception {
        try (Reader reader = new Reader(second, "")) {
            reader.heartbeat();
            second.close();
            assertThat(reader.next()).startsWith("end ").contains("this instance stops");
        }
    }
}
