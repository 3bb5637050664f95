package postwarden.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExpositionTest {
    private static final Duration EVERY = Duration.ofSeconds(1);

    @Test
    void the_port_shows_the_service_and_its_process_and_of_each_store_a_few_meters_only()
            throws IOException, InterruptedException {
        // Given
        int port = freePort();
        try (Exposition shown = Exposition.open(new MetricsParams("127.0.0.1", port, EVERY))) {
            shown.registry().counter("postwarden.cut").increment();
            shown.registry().counter("kafka.stream.state.put.rate").increment();
            shown.registry().counter("kafka.stream.state.background.errors").increment();

            // When
            String told = ask(port);

            // Then
            assertThat(told)
                    .contains("postwarden_cut_total 1.0", "postwarden_build_info{", "jvm_memory_used_bytes{")
                    .contains("kafka_stream_state_background_errors_total")
                    .doesNotContain("kafka_stream_state_put_rate")
                    // node_exporter has it too.
                    .doesNotContain("process_start_time_seconds");
        }
    }

    @Test
    void a_port_that_another_has_stops_nothing_and_is_taken_when_it_is_free() throws IOException, InterruptedException {
        // Given
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        int port = taken.getLocalPort();
        try (Exposition shown = Exposition.open(new MetricsParams("127.0.0.1", port, EVERY))) {
            shown.registry().counter("postwarden.cut").increment();

            // When
            taken.close();

            // Then
            assertThat(untilAnswered(port)).contains("postwarden_cut_total 1.0");
        }
    }

    @Test
    void without_a_port_there_is_a_registry_and_nothing_else() {
        try (Exposition hidden = Exposition.open(MetricsParams.STANDARD)) {
            hidden.registry().counter("postwarden.cut").increment();
            assertThat(hidden.text()).contains("postwarden_cut_total").doesNotContain("jvm_");
        }
    }

    @Test
    void wrong_settings_say_what_they_should_be() {
        assertThatThrownBy(() -> new MetricsParams(" ", 1, EVERY)).hasMessageContaining("such as 127.0.0.1");
        assertThatThrownBy(() -> new MetricsParams("::1", 65_536, EVERY))
                .hasMessage("port must be 0 to 65535, not 65536");
        assertThatThrownBy(() -> new MetricsParams("::1", 1, Duration.ofMillis(999)))
                .hasMessageContaining("1 s to 5 min");
    }

    /** The test's own limit ends it when nobody ever answers. */
    private static String untilAnswered(int port) throws InterruptedException {
        while (true) {
            try {
                return ask(port);
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    private static String ask(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }
}
