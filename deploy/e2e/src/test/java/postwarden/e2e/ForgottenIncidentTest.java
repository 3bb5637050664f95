package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.client.ClientParams;
import postwarden.client.Refused;
import postwarden.client.ServiceClient;
import postwarden.detect.Severity;
import postwarden.e2e.ServiceProcess.Instance;
import postwarden.incident.Alert;
import postwarden.local.FreePorts;

/** An incident that a real service's desk has forgotten: still shown out of its topic, and still spoken of. */
@Timeout(180)
class ForgottenIncidentTest {
    @Test
    void what_is_said_of_a_forgotten_incident_stands_on_it_and_in_the_list_of_decisions(@TempDir Path folder)
            throws IOException, ExecutionException, InterruptedException, Refused {
        int port = FreePorts.one();
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess service =
                        ServiceProcess.start(cluster, folder, new Instance("forgets", "forgets", """
                        api { enabled = true, port = %d, access.local-role = operator }
                        """.formatted(port)));
                ToldAlerts past = ToldAlerts.to(cluster, "mail.incidents")) {
            // Given
            Alert opened = ToldAlerts.alert(7, Severity.HIGH, Alert.State.OPEN);
            String id = opened.incidentId();
            ServiceClient client =
                    ServiceClient.of("http://127.0.0.1:" + port, Optional.empty(), ClientParams.STANDARD);
            past.tell(opened, ToldAlerts.alert(8, Severity.LOW, Alert.State.OPEN));
            past.takeBack(ToldAlerts.alert(9, Severity.LOW, Alert.State.OPEN));
            Await.until("the service answers", () -> answers(client, id));
            past.tell(ToldAlerts.alert(7, Severity.HIGH, Alert.State.RESOLVED));
            assertThat(get(client, id).path("state").asText()).isEqualTo("RESOLVED");

            // When
            client.post(
                    List.of("incidents", id, "feedback"),
                    Map.of(),
                    Map.of("action", "false", "reason", "a backup\u202e of ours"));

            // Then
            JsonNode verdict = get(client, id).at("/feedback/verdict");
            assertThat(verdict.path("value").asText()).isEqualTo("false");
            assertThat(verdict.path("sequence").asInt()).isZero();
            Child.Ended told = list(folder, service);
            assertThat(told.status()).as(told.err()).isZero();
            assertThat(told.out())
                    .contains("default/" + id + ".verdict  said, kept until ")
                    .contains("Called false by ", ": a backup\\u202e of ours");
            assertThat(list(folder, service, "--json").out())
                    .contains(
                            "\"kind\":\"remark\"",
                            "\"incident\":\"" + id + "\",\"aspect\":\"verdict\",\"value\":\"false\"")
                    .contains("\"reason\":\"a backup\\u202e of ours\"");
            String never = ToldAlerts.alert(9, Severity.LOW, Alert.State.OPEN).incidentId();
            assertThatThrownBy(() -> get(client, never))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("none is in the topic of incidents");
        }
    }

    private static boolean answers(ServiceClient client, String id) throws InterruptedException {
        try {
            return get(client, id).path("state").asText().equals("OPEN");
        } catch (Refused notYet) {
            return false;
        }
    }

    private static Child.Ended list(Path folder, ServiceProcess service, String... more)
            throws IOException, InterruptedException {
        return Child.run(
                folder,
                "postwarden.cli.Main",
                Stream.concat(
                                Stream.of(
                                        "policy",
                                        "list",
                                        "--config",
                                        service.config().toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private static JsonNode get(ServiceClient client, String id) throws Refused, InterruptedException {
        return client.get(List.of("incidents", id), Map.of());
    }
}
