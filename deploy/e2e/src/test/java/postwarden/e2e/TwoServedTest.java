package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.ServiceProcess.Instance;
import postwarden.local.FreePorts;

/** Two services as processes behind one broker, asked over HTTP: either answers for all, and says so when it cannot. */
@Timeout(300)
class TwoServedTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> KINDS = List.of("servers", "clients", "accounts", "senders", "destinations");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @Test
    void either_answers_for_both_and_neither_with_less_when_the_other_is_gone(@TempDir Path folder)
            throws IOException, ExecutionException, InterruptedException {
        Path secret = Files.createFile(
                folder.resolve("secret"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, "only-for-this-test-and-quite-long-enough");
        List<Integer> ports = FreePorts.some(2);
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess one = start(cluster, folder, "one", ports.get(0), ports, secret);
                ServiceProcess two = start(cluster, folder, "two", ports.get(1), ports, secret)) {
            // Given
            Await.until("both process", () -> one.isRunning() && two.isRunning());
            Producing.once(
                    cluster,
                    Recordings.unpack(Files.createDirectories(folder.resolve("logs"))),
                    folder.resolve("producer"),
                    "mail.lines");
            one.awaitDone();
            Await.until(
                    "both are ready",
                    () -> status(ports.get(0), "/health/ready") == 200 && status(ports.get(1), "/health/ready") == 200);

            // Then both say the same of everything
            for (String kind : KINDS) {
                assertThat(names(ports.get(0), kind)).as(kind).isNotEmpty().isEqualTo(names(ports.get(1), kind));
            }
            for (String account : names(ports.get(0), "accounts").subList(0, 5)) {
                assertThat(get(ports.get(0), "/accounts/" + account))
                        .isEqualTo(get(ports.get(1), "/accounts/" + account));
            }
            JsonNode incidents = get(ports.get(0), "/incidents?limit=100").path("items");
            assertThat(incidents.findValuesAsText("detector"))
                    .contains("connection-flood", "compromised-account", "retry-storm");
            String id = incidents.get(0).path("incidentId").asText();
            assertThat(get(ports.get(1), "/incidents/" + id).path("title"))
                    .isEqualTo(incidents.get(0).path("title"));
            assertThat(get(ports.get(1), "/members").path("items")).hasSize(2);
            assertThat(status(ports.get(0), "/accounts/nobody@nowhere.example")).isEqualTo(404);
            assertThat(page(ports.get(0))).contains("<title>");

            // When one is killed
            List<String> all = names(ports.get(0), "clients");
            two.kill();

            // Then what it held is refused until it is here, and then nothing is missing
            Await.until("the one that is left answers for all", () -> {
                HttpResponse<String> answer = ask(ports.get(0), "/clients?limit=1000");
                assertThat(answer.statusCode()).isIn(200, 502, 503);
                if (answer.statusCode() == 503) {
                    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                }
                return answer.statusCode() == 200 && names(json(answer.body())).equals(all);
            });
        }
    }

    private static ServiceProcess start(
            Cluster cluster, Path folder, String name, int port, List<Integer> ports, Path secret) throws IOException {
        return ServiceProcess.start(cluster, folder, new Instance("served", name, """
                        service.group-protocol = classic
                        api {
                          enabled = true
                          port = %d
                          peers {
                            advertise = "127.0.0.1:%d"
                            list = [ "127.0.0.1:%d", "127.0.0.1:%d" ]
                            secret-file = "%s"
                          }
                        }
                        """.formatted(
                        port, port, ports.get(0), ports.get(1), secret)));
    }

    private List<String> names(int port, String kind) throws InterruptedException {
        return names(get(port, "/" + kind + "?limit=1000"));
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.path("items").forEach(item -> names.add(item.path("name").asText()));
        names.sort(Comparator.naturalOrder());
        return names;
    }

    private JsonNode get(int port, String path) throws InterruptedException {
        HttpResponse<String> answer = ask(port, path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return json(answer.body());
    }

    private int status(int port, String path) throws InterruptedException {
        return ask(port, path).statusCode();
    }

    private HttpResponse<String> ask(int port, String path) throws InterruptedException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    private String page(int port) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
