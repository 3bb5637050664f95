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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.tls.Identity;
import postwarden.tls.TlsParams;

@Timeout(60)
class ExpositionTest {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void the_port_shows_the_service_and_its_process_and_of_each_store_a_few_meters_only()
            throws IOException, InterruptedException {
        // Given
        int port = freePort();
        try (Exposition shown = Exposition.open(new MetricsParams("127.0.0.1", port, EVERY, "", TlsParams.STANDARD))) {
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
        try (Exposition shown = Exposition.open(new MetricsParams("127.0.0.1", port, EVERY, "", TlsParams.STANDARD))) {
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
        assertThatThrownBy(() -> new MetricsParams(" ", 1, EVERY, "", TlsParams.STANDARD))
                .hasMessageContaining("such as 127.0.0.1");
        assertThatThrownBy(() -> new MetricsParams("::1", 65_536, EVERY, "", TlsParams.STANDARD))
                .hasMessage("port must be 0 to 65535, not 65536");
        assertThatThrownBy(() -> new MetricsParams("::1", 1, Duration.ofMillis(999), "", TlsParams.STANDARD))
                .hasMessageContaining("1 s to 5 min");
    }

    @Test
    void beyond_loopback_nothing_is_shown_without_a_token() {
        for (String address : List.of("0.0.0.0", "::", "192.0.2.1", "no-such-name.invalid")) {
            assertThatThrownBy(() -> new MetricsParams(address, 9470, EVERY, "", TlsParams.STANDARD))
                    .hasMessage("address is " + address + ", which others can reach: then token-file must be given");
        }
        assertThat(new MetricsParams("0.0.0.0", 0, EVERY, "", TlsParams.STANDARD).port())
                .isZero();
        for (String address : List.of("127.0.0.1", "127.9.9.9", "::1", "localhost")) {
            assertThat(new MetricsParams(address, 9470, EVERY, "", TlsParams.STANDARD).address())
                    .isEqualTo(address);
        }
    }

    @Test
    void beyond_loopback_nothing_is_shown_in_clear() {
        assertThatThrownBy(() -> new MetricsParams("0.0.0.0", 9470, EVERY, "/token", TlsParams.STANDARD))
                .hasMessage(
                        "address is 0.0.0.0, which others can reach: then tls.certificate and tls.key must be given");
    }

    @Test
    void who_shows_the_token_is_answered_over_tls_and_nobody_else() throws Exception {
        // Given
        int port = freePort();
        Identity node = Identity.made(folder, "CN=node", "node");
        Identity prometheus = Identity.made(folder, "CN=prometheus", "prometheus");
        MetricsParams params = new MetricsParams(
                "0.0.0.0", port, EVERY, secret(TOKEN, "r--------").toString(), tls(node, node));
        try (Exposition shown = Exposition.open(params)) {
            shown.registry().counter("postwarden.cut").increment();

            // When
            HttpResponse<String> known = over(node.trusting(Optional.of(node)), port, TOKEN);

            // Then
            assertThat(known.body()).contains("postwarden_cut_total 1.0");
            assertThat(over(node.trusting(Optional.of(node)), port, "").statusCode())
                    .isEqualTo(401);
            for (HttpClient refused : List.of(
                    node.trusting(Optional.empty()),
                    node.trusting(Optional.of(prometheus)),
                    node.trusting(Optional.of(node), "TLSv1.1"),
                    prometheus.trusting(Optional.of(node)))) {
                assertThatThrownBy(() -> over(refused, port, TOKEN)).isInstanceOf(IOException.class);
            }
            assertThatThrownBy(() -> ask(port)).isInstanceOf(IOException.class);
            assertThat(over(node.trusting(Optional.of(node)), port, TOKEN).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_certificate_or_key_that_is_none_stops_the_start() throws Exception {
        Identity node = Identity.made(folder, "CN=node", "node");
        TlsParams good = tls(node, node);
        for (TlsParams wrong : List.of(
                new TlsParams(good.key(), good.key(), ""), new TlsParams(good.certificate(), good.certificate(), ""))) {
            assertThatThrownBy(() -> Exposition.open(new MetricsParams("::1", 1, EVERY, "", wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("tls: ");
        }
    }

    private TlsParams tls(Identity own, Identity trusted) throws Exception {
        return new TlsParams(
                Identity.certificates(folder.resolve("own.crt"), own),
                own.key(folder.resolve("own.key")),
                Identity.certificates(folder.resolve("ca.crt"), trusted));
    }

    private static HttpResponse<String> over(HttpClient client, int port, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/metrics"));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void who_shows_the_token_is_answered_and_nobody_else() throws IOException, InterruptedException {
        // Given
        int port = freePort();
        Path file = secret(TOKEN + "\n", "r--------");
        try (Exposition shown =
                Exposition.open(new MetricsParams("127.0.0.1", port, EVERY, file.toString(), TlsParams.STANDARD))) {
            shown.registry().counter("postwarden.cut").increment();

            // When
            HttpResponse<String> known = asked(port, "/metrics", "Bearer " + TOKEN);
            HttpResponse<String> nobody = asked(port, "/metrics");

            // Then
            assertThat(known.statusCode()).isEqualTo(200);
            assertThat(known.body()).contains("postwarden_cut_total 1.0");
            assertThat(nobody.statusCode()).isEqualTo(401);
            assertThat(nobody.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            assertThat(nobody.body()).isEmpty();
            for (String wrong : List.of("Bearer ", "Bearer " + TOKEN + "x", "Basic " + TOKEN, TOKEN, "bearer")) {
                assertThat(asked(port, "/metrics", wrong).statusCode())
                        .as(wrong)
                        .isEqualTo(401);
            }
            assertThat(asked(port, "/metrics", "Bearer " + TOKEN, "Bearer " + TOKEN)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(asked(port, "/other").statusCode()).isEqualTo(401);
            assertThat(shown.text()).doesNotContain(TOKEN);
        }
    }

    @Test
    void a_token_that_others_may_read_or_guess_is_refused() throws IOException {
        Path open = secret(TOKEN, "r--r-----");
        assertThatThrownBy(
                        () -> Exposition.open(new MetricsParams("::1", 1, EVERY, open.toString(), TlsParams.STANDARD)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("open to others than its owner");
        Path brief = secret("secret", "r--------");
        assertThatThrownBy(
                        () -> Exposition.open(new MetricsParams("::1", 1, EVERY, brief.toString(), TlsParams.STANDARD)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 or more visible ASCII characters");
        assertThatThrownBy(
                        () -> Exposition.open(new MetricsParams("::1", 1, EVERY, folder + "/none", TlsParams.STANDARD)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such file");
    }

    private Path secret(String text, String mode) throws IOException {
        Path file = Files.createTempFile(folder, "token", "");
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static HttpResponse<String> asked(int port, String path, String... authorization)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        for (String shown : authorization) {
            request.header("Authorization", shown);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
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
        return asked(port, "/metrics").body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }
}
