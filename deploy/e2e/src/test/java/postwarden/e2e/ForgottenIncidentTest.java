package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.client.ClientParams;
import postwarden.client.Refused;
import postwarden.client.ServiceClient;
import postwarden.e2e.ServiceProcess.Instance;
import postwarden.incident.Alert;

/** An incident that a real service's desk has forgotten: still shown out of its topic, and still spoken of. */
@Timeout(180)
class ForgottenIncidentTest {
    @Test
    void what_is_said_of_a_forgotten_incident_stands_on_it_and_in_the_list_of_decisions(@TempDir Path folder)
            throws IOException, ExecutionException, InterruptedException, Refused {
        int port = freePort();
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess service = ServiceProcess.start(
                        cluster, folder, new Instance("forgets", "forgets", """
                        desk { kin-within = 0 s, reopen-within = 0 s, remember-for = 0 s }
                        api { enabled = true, port = %d, access.local-role = operator }
                        """.formatted(port)))) {
            // Given
            Producing.once(
                    cluster,
                    Recordings.unpack(Files.createDirectories(folder.resolve("logs"))),
                    folder.resolve("producer"),
                    "mail.lines");
            service.awaitDone();
            ServiceClient client =
                    ServiceClient.of("http://127.0.0.1:" + port, Optional.empty(), ClientParams.STANDARD);
            String id = forgotten(cluster, client);
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
            assertThatThrownBy(() -> get(client, "11111111-1111-5111-8111-111111111111"))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("none is in the topic of incidents");
        }
    }

    /** One that was told to be over, and that no list has any more. */
    private static String forgotten(Cluster cluster, ServiceClient client)
            throws Refused, ExecutionException, InterruptedException {
        Set<String> remembered = new TreeSet<>();
        client.get(List.of("incidents"), Map.of("limit", "1000"))
                .path("items")
                .forEach(item -> remembered.add(item.path("incidentId").asText()));
        return AlertTopic.alerts(cluster).stream()
                .filter(Alert::isOver)
                .map(Alert::incidentId)
                .filter(id -> !remembered.contains(id))
                .findFirst()
                .orElseThrow();
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
