package postwarden.local.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import postwarden.serve.Api;

/** One open stream, read event by event. */
final class Reader implements AutoCloseable {
    private final InputStream body;
    private final BufferedReader lines;
    String lastId = "";

    Reader(Api api, String lastEventId) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + "/api/v1/stream"));
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> response = ready(request.build());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        body = response.body();
        lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** The topic is read soon after the start, and not at once. */
    private static HttpResponse<InputStream> ready(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response;
        do {
            response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        } while (response.statusCode() == 503);
        return response;
    }

    /** Name and data of the next event that is no heartbeat. */
    String next() throws IOException {
        String name = "";
        String data = "";
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                return "closed";
            }
            if (line.startsWith("id: ")) {
                lastId = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && !name.isEmpty()) {
                return name + " " + data;
            }
        }
    }

    void heartbeat() throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(":")) {
            line = lines.readLine();
        }
        assertThat(line).isNotNull();
        assertThat(lines.readLine()).startsWith("id: ");
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
