package postwarden.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.serve.access.AccessParams;
import postwarden.serve.access.Role;
import postwarden.serve.peer.PeerParams;
import postwarden.tally.Watch;
import postwarden.tls.TlsParams;

/** Tags, packing, headers, the console's files, and the open instance on loopback. */
class AnswerFormTest {
    private static final String ALLOW =
            "{\"action\":\"allow\",\"reason\":\"our own probe\",\"until\":\"2026-12-01T00:00:00Z\"}";
    private static final String ANNA = "/api/v1/accounts/anna%40example.com";

    @TempDir
    private Path folder = Path.of(".");

    private Pair pair;

    AnswerFormTest() {}

    @BeforeEach
    void start() {
        pair = Pair.start(folder);
        pair.holds(pair.addressB, Watch.ACCOUNT, "anna@example.com", 7, "mx1");
    }

    @AfterEach
    void stop() {
        pair.close();
    }

    @Test
    void an_answer_that_the_caller_has_is_not_sent_again_by_any_instance() {
        HttpResponse<String> first = pair.get(pair.addressA, ANNA, Pair.READER);
        String tag = first.headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = pair.get(pair.addressB, ANNA, Pair.READER, "If-None-Match", "\"x\", " + tag);
        pair.holds(pair.addressB, Watch.ACCOUNT, "anna@example.com", 8, "mx1");
        HttpResponse<String> changed = pair.get(pair.addressA, ANNA, Pair.READER, "If-None-Match", tag);

        assertThat(tag).matches("\"[A-Za-z0-9_-]{22}\"");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
    }

    @Test
    void a_list_stays_the_same_as_long_as_nothing_changes() {
        String tag = pair.get(pair.addressA, "/api/v1/accounts", Pair.READER)
                .headers()
                .firstValue("ETag")
                .orElseThrow();

        assertThat(pair.get(pair.addressA, "/api/v1/accounts", Pair.READER, "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void a_large_answer_is_packed_for_who_wants_it_and_has_a_tag_of_its_own() throws Exception {
        for (int i = 0; i < 20; i++) {
            pair.holds(pair.addressA, Watch.CLIENT, "192.0.2." + i, 1, "mx1");
        }
        HttpResponse<String> plain = pair.get(pair.addressA, "/api/v1/clients", Pair.READER);

        HttpResponse<byte[]> packed = Pair.CLIENT.send(
                Pair.request(pair.addressA, "/api/v1/clients", Pair.READER, "Accept-Encoding", "br, gzip;q=0.5")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        HttpResponse<String> refused =
                pair.get(pair.addressA, "/api/v1/clients", Pair.READER, "Accept-Encoding", "gzip;q=0");

        assertThat(unpacked(packed.body())).isEqualTo(plain.body());
        assertThat(packed.body().length).isLessThan(plain.body().length() / 2);
        assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(packed.headers().firstValue("ETag"))
                .isNotEqualTo(plain.headers().firstValue("ETag"));
        assertThat(refused.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(refused.body()).isEqualTo(plain.body());
    }

    private static String unpacked(byte[] packed) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void what_is_no_route_and_another_method_are_problems() {
        Answered.problem(pair.get(pair.addressA, "/api/v2/clients", Pair.READER), 404);
        Answered.problem(pair.get(pair.addressA, "/api/v1/clients/", Pair.READER), 404);
        HttpResponse<String> posted = pair.post(pair.addressA, "/api/v1/clients", Pair.READER, "{}");
        Answered.problem(posted, 405);
        assertThat(posted.headers().firstValue("Allow").orElse("")).contains("GET");
        assertThat(posted.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void a_file_of_the_console_comes_with_a_strict_policy_and_a_tag() {
        HttpResponse<String> file = pair.get(pair.addressA, "/assets/only-for-tests.css", "");

        assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                        + " font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("text/css");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(file.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        String tag = file.headers().firstValue("ETag").orElseThrow();
        assertThat(pair.get(pair.addressA, "/assets/only-for-tests.css", "", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/none.js",
                "/assets/..%2findex.html",
                "/assets/%2e%2e/index.html",
                "/assets/a%00.css",
                "/assets//only-for-tests.css",
                "/webjars/..%2f..%2fpostwarden-logback.xml",
                "/incident/1"
            })
    void what_is_not_among_the_files_is_not_given(String path) {
        assertThat(pair.get(pair.addressA, path, "").statusCode()).isIn(400, 404);
    }

    private Api open(AccessParams access, int port) {
        ApiParams standard = pair.params(pair.addressA);
        return Api.start(
                new ApiParams(
                        true,
                        "127.0.0.1",
                        port,
                        "",
                        TlsParams.STANDARD,
                        access,
                        PeerParams.STANDARD,
                        standard.limits(),
                        standard.live()),
                new Api.Parts(
                        pair.a,
                        allowance -> {},
                        postwarden.serve.past.Past.NONE,
                        java.util.Optional.empty(),
                        java.time.Clock.systemUTC()));
    }

    @Test
    void an_open_instance_answers_this_machine_and_no_page_whose_name_was_made_to_lead_here() throws Exception {
        try (Api api = open(AccessParams.STANDARD, 0)) {
            String address = "127.0.0.1:" + api.port();
            assertThat(pair.get(address, "/api/v1/members", "").statusCode()).isEqualTo(200);
            assertThat(pair.get("localhost:" + api.port(), "/api/v1/members", "")
                            .statusCode())
                    .isEqualTo(200);
            Answered.problem(pair.post(address, "/internal/v1/hosts", "", "{\"tenant\":\"default\"}"), 403);
            Answered.problem(pair.get(address, "/api/v1/members", Pair.READER), 401);
            try (java.net.Socket socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), api.port())) {
                socket.getOutputStream()
                        .write("GET /api/v1/members HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).startsWith("HTTP/1.1 421");
            }
        }
    }

    @Test
    void a_stranger_on_this_machine_only_asks_unless_the_owner_says_otherwise() {
        pair.a.alerts.add(pair.incident("i-1", "default", "mx1", Pair.NOW));
        pair.a.desk = pair.a.own;
        for (Role role : List.of(Role.READER, Role.OPERATOR, Role.ADMIN)) {
            try (Api api = open(AccessParams.STANDARD.withLocalRole(role), 0)) {
                String address = "127.0.0.1:" + api.port();

                HttpResponse<String> list = pair.get(address, "/api/v1/members", "");
                HttpResponse<String> stores = pair.get(address, "/api/v1/stores", "");
                HttpResponse<String> allowed = pair.post(address, "/api/v1/incidents/i-1/feedback", "", ALLOW);

                assertThat(list.statusCode()).isEqualTo(200);
                assertThat(stores.statusCode()).as("stores as %s", role).isEqualTo(role == Role.ADMIN ? 200 : 403);
                assertThat(allowed.statusCode())
                        .as("feedback as %s: %s", role, allowed.body())
                        .isEqualTo(role == Role.READER ? 403 : 202);
            }
        }
        assertThat(AccessParams.STANDARD.localRole()).isEqualTo("reader");
    }

    @Test
    void a_port_that_is_taken_is_said() {
        int taken = Integer.parseInt(pair.addressB.substring(pair.addressB.indexOf(':') + 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(AccessParams.STANDARD, taken).close())
                .withMessageContaining("cannot listen on 127.0.0.1:" + taken);
    }
}
