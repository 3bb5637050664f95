package postwarden.producer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.status.FileLag;

class ShownMetersTest {
    @TempDir
    private Path folder = Path.of("");

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void only_a_get_of_the_meters_is_answered_and_only_on_loopback() throws IOException, InterruptedException {
        // Given
        meters.counter("producer.lines").increment(3);
        try (MetricsPort port = MetricsPort.open(0, meters::scrape)) {
            // When
            HttpResponse<String> told = ask(port, "/metrics", "GET");

            // Then
            assertThat(told.statusCode()).isEqualTo(200);
            assertThat(told.body()).contains("producer_lines_total 3.0");
            assertThat(ask(port, "/metrics", "POST").statusCode()).isEqualTo(405);
            assertThat(ask(port, "/other", "GET").statusCode()).isEqualTo(404);
            assertThatThrownBy(() -> MetricsPort.open(port.port(), meters::scrape))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("metrics.port = " + port.port() + " cannot be opened on loopback");
        }
    }

    @Test
    void no_address_that_others_can_reach_is_opened_without_a_token_and_a_certificate() throws IOException {
        InetAddress everywhere = InetAddress.getByName("0.0.0.0");
        MetricsPort.Guard inClear = new MetricsPort.Guard("a token", Optional.empty(), false);
        assertThatThrownBy(() -> MetricsPort.open(everywhere, 0, MetricsPort.Guard.LOOPBACK, meters::scrape))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("metrics are not shown at 0.0.0.0, which others can reach, without a token");
        assertThatThrownBy(() -> MetricsPort.open(everywhere, 0, inClear, meters::scrape))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("metrics are not shown at 0.0.0.0, which others can reach, without a certificate");
    }

    @Test
    void who_connects_and_does_not_go_on_keeps_nobody_from_the_meters() throws IOException, InterruptedException {
        // Given
        meters.counter("producer.lines").increment(3);
        try (MetricsPort port = MetricsPort.open(0, meters::scrape);
                Socket stalling = new Socket(InetAddress.getLoopbackAddress(), port.port())) {
            stalling.getOutputStream().write("GET /met".getBytes(StandardCharsets.US_ASCII));

            // When
            HttpResponse<String> told = ask(port, "/metrics", "GET");

            // Then
            assertThat(told.body()).contains("producer_lines_total 3.0");
            assertThat(stalling.getInputStream().read()).as("it is let go of").isEqualTo(-1);
        }
    }

    @Test
    void the_file_is_whole_readable_by_all_and_gone_with_the_agent() throws IOException {
        // Given
        meters.counter("producer.lines").increment(3);
        Path file = folder.resolve("postwarden.prom");

        // When
        try (Textfile textfile = new Textfile(file, meters::scrape)) {
            assertThat(textfile.write()).isTrue();
            // Then
            assertThat(file).content().contains("producer_lines_total 3.0");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-r--r--");
            assertThat(folder).isDirectoryNotContaining("glob:**.part");
        }
        assertThat(file).doesNotExist();
        try (Textfile nowhere = new Textfile(folder.resolve("none").resolve("a.prom"), meters::scrape)) {
            assertThat(nowhere.write()).isFalse();
        }
    }

    @Test
    void the_farthest_behind_have_meters_of_their_own_and_the_others_one_together() {
        // Given
        LagMeters lags = new LagMeters(meters, 2);
        List<FileLag> files = IntStream.range(0, 1000)
                .mapToObj(i -> new FileLag(name(i), "", 0, 0, 1000 - i, 1000 - i))
                .toList();

        // When
        lags.show(files);
        lags.show(files.subList(1, 1000));

        // Then
        assertThat(meters.scrape().lines().filter(line -> line.startsWith("producer_lag")))
                .containsExactlyInAnyOrder(
                        "producer_lag_bytes{file=\"/var/log/***@example.com\"} 1997.0",
                        "producer_lag_bytes{file=\"/var/log/3\"} 997.0",
                        "producer_lag_bytes{file=\"(others)\"} 496506.0",
                        "producer_lag_time_seconds{file=\"/var/log/***@example.com\"} 999.0",
                        "producer_lag_time_seconds{file=\"/var/log/3\"} 997.0",
                        "producer_lag_time_seconds{file=\"(others)\"} 996.0");
    }

    private static String name(int number) {
        return "/var/log/" + (number < 3 ? "joe" + number + "@example.com" : number);
    }

    @Test
    void wrong_settings_say_what_they_should_be() {
        // When
        assertThatThrownBy(() -> new MetricsParams(70_000, Optional.empty(), Duration.ofSeconds(5), 1))
                // Then
                .hasMessage("port is 70000, not 0 to 65535");
        assertThatThrownBy(() -> new MetricsParams(0, Optional.of(Path.of("/a.txt")), Duration.ofSeconds(5), 1))
                .hasMessageContaining("does not end in .prom");
    }

    private static HttpResponse<String> ask(MetricsPort port, String path, String method)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
