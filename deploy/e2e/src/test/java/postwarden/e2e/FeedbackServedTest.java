package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.client.ClientParams;
import postwarden.client.Refused;
import postwarden.client.ServiceClient;
import postwarden.e2e.ServiceProcess.Instance;
import postwarden.incident.Alert;
import postwarden.local.FreePorts;
import postwarden.policy.Remark;
import postwarden.policy.Saying;
import postwarden.stream.PolicyTopic;

/** What two operators say of an incident of a real service: shown, told, outliving a kill, and removed when it is due. */
@Timeout(300)
class FeedbackServedTest {
    private static final String ANNA = "anna-token-00000000000000000000000000";
    private static final String OMAR = "omar-token-00000000000000000000000000";
    private static final String READER = "reader-token-000000000000000000000000";

    @Test
    void what_two_operators_say_stands_beside_each_other_and_outlives_a_kill(@TempDir Path folder)
            throws IOException, ExecutionException, InterruptedException, Refused {
        int port = FreePorts.one();
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess service = start(cluster, folder, port)) {
            // Given
            Saying old = old();
            PolicyTopic.write(cluster.kafka(), "mail.policy", old);
            Producing.once(
                    cluster,
                    Recordings.unpack(Files.createDirectories(folder.resolve("logs"))),
                    folder.resolve("producer"),
                    "mail.lines");
            service.awaitDone();
            ServiceClient reader = client(port, READER);
            Await.until("an incident is there", () -> incident(reader).isPresent());
            String id = incident(reader).orElseThrow().path("incidentId").asText();
            int told = get(reader, id).path("sequence").asInt();

            // When
            say(client(port, ANNA), id, Map.of("action", "acknowledge"));
            say(client(port, OMAR), id, Map.of("action", "assign", "assignee", "ben", "reason", "knows the host"));
            say(client(port, OMAR), id, Map.of("action", "benign", "reason", "our own probe"));

            // Then
            Await.until("all is told", () -> told(cluster, id).size() >= 3);
            JsonNode feedback = get(reader, id).path("feedback");
            assertThat(feedback.at("/acknowledged/by").asText()).isEqualTo("anna");
            assertThat(feedback.at("/assigned/value").asText()).isEqualTo("ben");
            assertThat(feedback.at("/assigned/by").asText()).isEqualTo("omar");
            assertThat(feedback.at("/verdict/value").asText()).isEqualTo("benign");
            assertThat(get(reader, id).path("sequence").asInt()).isEqualTo(told + 3);
            assertThat(told(cluster, id))
                    .extracting(alert -> alert.feedback().byAspect().size())
                    .containsExactly(1, 2, 3);
            assertThatThrownBy(() -> say(reader, id, Map.of("action", "acknowledge")))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("403");

            // And what need not be kept any longer was removed
            Map<String, Boolean> kept = new TreeMap<>();
            AlertTopic.records(cluster, "mail.policy").forEach(record -> kept.put(record.key(), hasValue(record)));
            assertThat(kept)
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "default/" + old.id(), false,
                            "default/" + id + ".acknowledged", true,
                            "default/" + id + ".assigned", true,
                            "default/" + id + ".verdict", true));

            // When
            service.kill();
            service.startAgain();

            // Then
            Await.until("it is shown again", () -> answers(reader, id));
            assertThat(get(reader, id).path("feedback")).isEqualTo(feedback);
        }
    }

    /** The records of an incident that have something that somebody said. */
    private static List<Alert> told(Cluster cluster, String id) throws ExecutionException, InterruptedException {
        return AlertTopic.alerts(cluster).stream()
                .filter(alert ->
                        alert.incidentId().equals(id) && !alert.feedback().isEmpty())
                .toList();
    }

    private static boolean hasValue(ConsumerRecord<String, byte[]> record) {
        byte @Nullable [] value = record.value();
        return value != null;
    }

    private static boolean answers(ServiceClient reader, String id) throws InterruptedException {
        try {
            return get(reader, id).has("feedback");
        } catch (Refused notYet) {
            return false;
        }
    }

    /** Of an incident that nobody remembers, and long ago. */
    private static Saying old() {
        Instant then = Instant.parse("2024-11-22T00:00:00Z");
        return new Saying(
                "default",
                "11111111-1111-5111-8111-111111111111",
                new Remark(Remark.Aspect.ACKNOWLEDGED, "", "anna", then, ""),
                then.plus(Duration.ofDays(30)));
    }

    private static Optional<JsonNode> incident(ServiceClient reader) throws InterruptedException {
        try {
            JsonNode items = reader.get(List.of("incidents"), Map.of("detector", "connection-flood"))
                    .path("items");
            return items.isEmpty() ? Optional.empty() : Optional.of(items.get(0));
        } catch (Refused notYet) {
            return Optional.empty();
        }
    }

    private static JsonNode get(ServiceClient client, String id) throws Refused, InterruptedException {
        return client.get(List.of("incidents", id), Map.of());
    }

    /** Says it, again while the service is not ready, as it asks for. */
    private static void say(ServiceClient client, String id, Map<String, String> said)
            throws Refused, ExecutionException, InterruptedException {
        List<Refused> refusals = new CopyOnWriteArrayList<>();
        Await.until("the service is ready to be told", () -> {
            try {
                JsonNode taken = client.post(List.of("incidents", id, "feedback"), Map.of(), said);
                assertThat(taken.path("policy").asText()).startsWith(id + ".");
                return true;
            } catch (Refused refused) {
                if (refused.isNotReady()) {
                    return false;
                }
                refusals.add(refused);
                return true;
            }
        });
        if (!refusals.isEmpty()) {
            throw refusals.get(0);
        }
    }

    private static ServiceClient client(int port, String token) {
        return ServiceClient.of("http://127.0.0.1:" + port, Optional.of(token), ClientParams.STANDARD);
    }

    private static ServiceProcess start(Cluster cluster, Path folder, int port) throws IOException {
        Path access = Files.createFile(
                folder.resolve("access"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                access,
                "anna operator default * sha256:" + sha256(ANNA) + "\nomar operator default * sha256:" + sha256(OMAR)
                        + "\nrita reader default * sha256:" + sha256(READER) + "\n");
        return ServiceProcess.start(cluster, folder, new Instance("told", "told", """
                        api {
                          enabled = true
                          port = %d
                          access.file = "%s"
                        }
                        """.formatted(port, access)));
    }

    private static String sha256(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
