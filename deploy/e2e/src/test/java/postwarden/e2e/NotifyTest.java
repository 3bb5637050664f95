package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.detect.Severity;
import postwarden.incident.Alert;

/** {@code postwarden notify} as a process of its own, between a real broker and receivers that fail in every way. */
@Timeout(240)
class NotifyTest {
    private static final String MAIN = "postwarden.cli.Main";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Path folder;

    private Cluster cluster;
    private ToldAlerts told;
    private BadReceiver pager;
    private BadReceiver hive;
    private BadReceiver slack;

    @BeforeEach
    void start(@TempDir Path given) throws IOException, ExecutionException, InterruptedException {
        folder = given;
        cluster = Cluster.start(folder);
        told = ToldAlerts.to(cluster);
        pager = BadReceiver.start();
        hive = BadReceiver.start();
        slack = BadReceiver.start();
    }

    @AfterEach
    void stop() {
        List.of(pager, hive, slack).forEach(BadReceiver::close);
        told.close();
        cluster.close();
    }

    @ConcurrentTest
    void an_incident_is_paged_changed_and_resolved_by_one_key_through_every_failure()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        List<Alert> records = ToldAlerts.incident(1, Severity.HIGH);
        pager.willAnswer(
                new BadReceiver.Answer(503, "", "Retry-After: 1"),
                new BadReceiver.Answer(429, "slow down", ""),
                new BadReceiver.Answer(0, "", ""),
                new BadReceiver.Answer(500, "", ""),
                new BadReceiver.Answer(202, "{\"status\":\"success\"}", ""));
        told.takeBack(ToldAlerts.alert(9, Severity.CRITICAL, Alert.State.OPEN));
        told.tell(records.toArray(Alert[]::new));

        // When
        try (Child notifier = notifier("pagerduty", "1 h")) {
            Await.until("three events are taken", () -> pager.taken().size() >= 3);
            notifier.stop();
            Child.Ended ended = notifier.awaitEnd();

            // Then
            assertThat(ended.status()).as(ended.err()).isZero();
            assertThat(ended.err()).contains("pagerduty.told=3", "pagerduty.postponed=4");
        }
        assertThat(texts(pager.taken(), "event_action")).containsExactly("trigger", "trigger", "resolve");
        assertThat(texts(pager.taken(), "dedup_key"))
                .containsOnly(records.get(0).incidentId());
        assertThat(texts(pager.calls(), "routing_key")).containsOnly("s3cret");
        List<BadReceiver.Call> calls = pager.calls();
        assertThat(calls.get(1).nanos() - calls.get(0).nanos()).isGreaterThan(900_000_000L);
        assertThat(json(calls.get(0)).path("payload").path("severity").asText()).isEqualTo("error");
        // Three records, and the marks that their transaction and the one that was taken back have left.
        assertThat(committed("pagerduty")).isGreaterThanOrEqualTo(3);
    }

    @ConcurrentTest
    void what_was_acknowledged_here_is_acknowledged_there_and_what_follows_is_told()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        List<Alert> records = ToldAlerts.incident(1, Severity.HIGH);
        Alert updated = records.get(1);
        Alert acknowledged = ToldAlerts.acknowledged(updated, updated.sequence());
        Alert worse = ToldAlerts.acknowledged(updated, updated.sequence() - 1);
        told.tell(records.get(0), acknowledged, worse);

        // When
        try (Child notifier = notifier("pagerduty", "1 h")) {
            Await.until("three events are taken", () -> pager.taken().size() >= 3);
            notifier.stop();
            var unused = notifier.awaitEnd();
        }

        // Then
        assertThat(texts(pager.taken(), "event_action")).containsExactly("trigger", "acknowledge", "trigger");
    }

    @ConcurrentTest
    void what_is_refused_for_good_is_counted_and_what_comes_after_it_is_told()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        pager.willAnswer(new BadReceiver.Answer(400, "invalid event", ""), new BadReceiver.Answer(202, "", ""));
        List<Alert> records = ToldAlerts.incident(2, Severity.CRITICAL);
        told.tell(records.get(0), records.get(2));

        // When
        try (Child notifier = notifier("pagerduty", "1 h")) {
            Await.until("the second is taken", () -> pager.taken().size() == 1);
            notifier.stop();

            // Then
            assertThat(notifier.awaitEnd().err())
                    .contains("invalid event", "pagerduty.refused=1", "pagerduty.told=1")
                    .doesNotContain("s3cret");
        }
        assertThat(pager.calls()).hasSize(2);
    }

    @ConcurrentTest
    void who_does_not_want_us_is_tried_for_as_long_as_patience_lasts()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        pager.willAnswer(401, 401, 302, 202);
        told.tell(ToldAlerts.alert(3, Severity.HIGH, Alert.State.OPEN));

        // When
        try (Child notifier = notifier("pagerduty", "1 h")) {
            Await.until("it is taken once the key is right", () -> pager.taken().size() == 1);
            notifier.stop();
            assertThat(notifier.awaitEnd().err()).contains("pagerduty.told=1").doesNotContain("given-up");
        }

        // Then
        pager.willAnswer(403, 403);
        told.tell(ToldAlerts.alert(4, Severity.HIGH, Alert.State.OPEN));
        try (Child impatient = notifier("pagerduty", "0 s")) {
            Await.until("it is given up", () -> said(impatient).contains("is not told of it"));
            impatient.stop();
            assertThat(impatient.awaitEnd().err()).contains("pagerduty.given-up=1");
        }
    }

    @ConcurrentTest
    void a_receiver_that_is_down_keeps_no_other_waiting_and_is_told_after_a_kill()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        for (int i = 0; i < 500; i++) {
            pager.willAnswer(503);
        }
        Alert alert = ToldAlerts.alert(5, Severity.HIGH, Alert.State.OPEN);
        told.tell(alert);

        // When
        try (Child notifier = notifier("all", "1 h")) {
            Await.until(
                    "Slack and TheHive are told",
                    () -> slack.taken().size() == 1 && hive.taken().size() == 1);
            Await.until("PagerDuty was tried", () -> pager.calls().size() > 2);
            notifier.kill();
        }

        // Then
        assertThat(pager.taken()).isEmpty();
        pager.close();
        pager = BadReceiver.start();
        try (Child again = notifier("all", "1 h")) {
            Await.until("PagerDuty is told by the next one", () -> pager.taken().size() == 1);
            again.stop();
            assertThat(again.awaitEnd().status()).isZero();
        }
        assertThat(texts(pager.taken(), "dedup_key")).containsExactly(alert.incidentId());
        assertThat(slack.calls()).hasSize(1);
        JsonNode message = json(slack.calls().get(0));
        assertThat(message.toString()).contains("&lt;!channel&gt;").doesNotContain("<!channel>");
        JsonNode ticket = json(hive.calls().get(0));
        assertThat(ticket.path("sourceRef").asText()).isEqualTo(alert.incidentId());
        assertThat(ticket.path("description").asText()).contains("````").doesNotContain("<b>only");
        assertThat(hive.calls().get(0).authorization()).isEqualTo("Bearer s3cret");
    }

    @ConcurrentTest
    void thehive_keeps_one_alert_of_an_incident() throws IOException, ExecutionException, InterruptedException {
        // Given
        List<Alert> records = ToldAlerts.incident(6, Severity.MEDIUM);
        hive.willAnswer(
                // There already, from an attempt whose answer was lost.
                new BadReceiver.Answer(400, "{\"type\":\"CreateError\",\"message\":\"Alert already exists\"}", ""),
                new BadReceiver.Answer(200, "[{\"_id\":\"~4711\"}]", ""),
                new BadReceiver.Answer(204, "", ""),
                new BadReceiver.Answer(200, "[{\"_id\":\"~4711\"}]", ""),
                new BadReceiver.Answer(204, "", ""));
        told.tell(records.toArray(Alert[]::new));

        // When
        try (Child notifier = notifier("thehive", "1 h")) {
            Await.until("all is told", () -> committed("thehive") == 3);
            notifier.stop();
            assertThat(notifier.awaitEnd().err()).contains("thehive.told=3");
        }

        // Then
        assertThat(hive.calls())
                .extracting(call -> call.method() + " " + call.path())
                .containsExactly(
                        "POST /api/v1/alert",
                        "POST /api/v1/query?name=postwarden",
                        "PATCH /api/v1/alert/~4711",
                        "POST /api/v1/query?name=postwarden",
                        "PATCH /api/v1/alert/~4711");
        assertThat(json(hive.calls().get(4)).path("status").asText()).isEqualTo("Closed");
        assertThat(json(hive.calls().get(4)).path("addTags").toString()).contains("resolution:subsided");
    }

    @ConcurrentTest
    void what_no_receiver_may_be_is_refused_at_the_start() throws IOException, InterruptedException {
        // Given
        Path config = config("pagerduty", "1 h");
        String good = Files.readString(config);

        // When, Then
        assertThat(refused(config, good.replace("allowed-hosts = [\"127.0.0.1\"]", "allowed-hosts = [\"x.example\"]")))
                .contains("which is not among notify.allowed-hosts");
        assertThat(refused(config, good.replace("\"http://127.0.0.1", "\"http://pager.example")))
                .contains("must be https");
        assertThat(refused(config, good.replace("patience = 1 h", "patience = 30 d")))
                .contains("patience must be");
        assertThat(refused(config, good.replace("patience", "patients"))).contains("unknown key notify.patients");
        Files.setPosixFilePermissions(folder.resolve("secret"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(refused(config, good)).contains("open to others than its owner");
    }

    private String refused(Path config, String text) throws IOException, InterruptedException {
        Files.writeString(config, text);
        Child.Ended ended = Child.run(folder, MAIN, "notify", "--config", config.toString());
        assertThat(ended.status()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err().lines()).hasSize(1).allMatch(line -> line.startsWith("postwarden notify: "));
        return ended.err();
    }

    private Child notifier(String who, String patience) throws IOException {
        return Child.start(
                folder,
                List.of("-Dlogback.configurationFile=postwarden-logback.xml"),
                MAIN,
                List.of("notify", "--config", config(who, patience).toString()),
                "256m");
    }

    private Path config(String who, String patience) throws IOException {
        Path secret = secret("secret", "s3cret\n");
        Path slackUrl = secret("slack", slack.url() + "/services/T0/B0/x");
        boolean all = who.equals("all");
        String kafka = cluster.kafka().entrySet().stream()
                .map(entry -> "  \"" + entry.getKey() + "\" = \"" + entry.getValue() + "\"\n")
                .collect(Collectors.joining());
        return Files.writeString(
                folder.resolve("notify.conf"),
                "notify {\n  first-pause = 50 ms, longest-pause = 2 s, patience = " + patience
                        + "\n  allowed-hosts = [\"127.0.0.1\"]\n"
                        + (all || who.equals("pagerduty")
                                ? "  pagerduty { url = \"" + pager.url() + "/v2/enqueue\", routing-key-file = \""
                                        + secret + "\" }\n"
                                : "")
                        + (all || who.equals("thehive")
                                ? "  thehive { url = \"" + hive.url() + "\", api-key-file = \"" + secret
                                        + "\", resolved-status = Closed }\n"
                                : "")
                        + (all ? "  slack.url-file = \"" + slackUrl + "\"\n" : "")
                        + "}\nkafka {\n" + kafka + "}\n");
    }

    private Path secret(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    private static String said(Child child) {
        try {
            return child.err();
        } catch (IOException unreadable) {
            return "";
        }
    }

    private long committed(String receiver) throws ExecutionException, InterruptedException {
        return cluster.committed("postwarden-notify-" + receiver).values().stream()
                .mapToLong(Long::longValue)
                .filter(offset -> offset > 0)
                .sum();
    }

    private static List<String> texts(List<BadReceiver.Call> calls, String field) throws IOException {
        List<String> texts = new ArrayList<>();
        for (BadReceiver.Call call : calls) {
            texts.add(json(call).path(field).asText());
        }
        return texts;
    }

    private static JsonNode json(BadReceiver.Call call) throws IOException {
        return JSON.readTree(call.body());
    }
}
