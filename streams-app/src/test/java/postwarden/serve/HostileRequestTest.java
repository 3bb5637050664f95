package postwarden.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.tally.Watch;

@Timeout(120)
class HostileRequestTest {
    @TempDir
    private Path folder = Path.of(".");

    private Pair pair;

    HostileRequestTest() {}

    @BeforeEach
    void start() {
        pair = Pair.start(folder, HostileRequestTest::tight);
    }

    @AfterEach
    void stop() {
        pair.close();
    }

    private static ApiParams tight(ApiParams params) {
        LimitParams limits = new LimitParams(
                16,
                16,
                1024,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                64,
                32,
                2,
                32,
                400,
                5,
                Duration.ofDays(400),
                Duration.ofDays(366));
        return new ApiParams(
                true,
                params.host(),
                params.port(),
                "",
                params.tls(),
                params.access(),
                params.peers(),
                limits,
                params.live());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%00",
                "a%00b",
                "a%0d%0aSet-Cookie:%20x=y",
                "%e2%80%a8",
                "%ff%fe",
                "%c0%af",
                "%ed%a0%80",
                "%7f",
                "%20",
                "%c2%85",
                "%0a"
            })
    void a_name_that_could_break_a_header_or_a_log_line_is_refused(String name) {
        HttpResponse<String> answer = pair.get(pair.addressA, "/api/v1/accounts/" + name, Pair.READER);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "..%2f..%2fetc%2fpasswd, ../../etc/passwd",
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E, <script>alert(1)</script>",
        "a%2Fb, a/b",
        "100%25, 100%",
        "%E2%80%AEadmin, \u202eadmin",
        "a+b, a+b",
        "a;b=c, a;b=c"
    })
    void an_odd_name_is_only_a_name(String path, String name) {
        pair.holds(pair.addressB, Watch.ACCOUNT, name, 1, "mx1");

        HttpResponse<String> answer = pair.get(pair.addressA, "/api/v1/accounts/" + path, Pair.READER);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Answered.json(answer).at("/row/name").asText()).isEqualTo(name);
        assertThat(answer.body()).doesNotContain("\u202e", "\u2028");
        assertThat(answer.headers().firstValue("X-Content-Type-Options").orElse(""))
                .isEqualTo("nosniff");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
    }

    @Test
    void a_key_of_ten_kilobytes_and_a_line_of_a_megabyte_are_refused() throws Exception {
        Answered.problem(pair.get(pair.addressA, "/api/v1/accounts/" + "a".repeat(10 << 10), Pair.READER), 400);

        String answer = raw("GET /" + "a".repeat(1 << 20) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(cutOff(answer)).isIn("", "HTTP/1.1 414");
    }

    @Test
    void ten_thousand_headers_and_lines_that_are_no_request_are_refused() throws Exception {
        String many = raw("GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n" + "A: b\r\n".repeat(10_000) + "\r\n");
        assertThat(cutOff(many)).isIn("", "HTTP/1.1 431");
        assertThat(raw("\u0016\u0003\u0001 nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /api/v1/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /api/v1/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
        assertThat(raw("TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 405");
    }

    @Test
    void a_body_of_eight_gigabytes_is_not_read() throws Exception {
        String head = "POST /api/v1/incidents/i/feedback HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Pair.OPERATOR + "\r\nContent-Type: application/json\r\n";

        assertThat(raw(head + "Content-Length: 8589934592\r\n\r\n{")).startsWith("HTTP/1.1 413");
        assertThat(raw(head + "Transfer-Encoding: chunked\r\n\r\n8000\r\n" + "x".repeat(0x8000) + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/clients?limit=1000000000",
                "/api/v1/clients?limit=0",
                "/api/v1/clients?limit=-1",
                "/api/v1/clients?limit=1e3",
                "/api/v1/clients?limit=10&limit=20",
                "/api/v1/clients?window=5m",
                "/api/v1/clients?sort=a.b",
                "/api/v1/clients?sort=noSuchMeasure",
                "/api/v1/clients?colour=red",
                "/api/v1/clients?search=a%0ab",
                "/api/v1/clients?tenant=%00",
                "/api/v1/incidents?from=yesterday",
                "/api/v1/incidents?from=0001-01-01T00:00:00Z&to=9999-12-31T00:00:00Z",
                "/api/v1/incidents?from=1990-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                "/api/v1/incidents?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                "/api/v1/incidents?state=CLOSED",
                "/api/v1/incidents?severity=BAD",
                "/api/v1/incidents?detector=a%2Fb",
                "/api/v1/incidents/a%2Fb",
                "/api/v1/accounts/a?stale=perhaps",
                "/api/v1/members?all"
            })
    void a_question_that_is_wrong_is_told_what_is_wrong(String path) {
        Answered.problem(pair.get(pair.addressA, path, Pair.READER), 400);
    }

    @Test
    void a_thousand_lists_at_once_keep_no_more_than_a_few_threads_and_look_ups_go_on() throws Exception {
        // Given
        pair.holds(pair.addressA, Watch.SERVER, "mx1", 1, "mx1");
        pair.a.hold = new CountDownLatch(1);
        List<CompletableFuture<HttpResponse<String>>> lists = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            lists.add(list());
        }
        pair.a.scanning.acquire(2);

        // When
        HttpResponse<String> third = pair.get(pair.addressA, "/api/v1/clients", Pair.READER);
        HttpResponse<String> lookup = pair.get(pair.addressA, "/api/v1/servers/mx1", Pair.READER);
        pair.a.hold.countDown();

        // Then
        Answered.problem(third, 503);
        assertThat(third.headers().firstValue("Retry-After")).isPresent();
        assertThat(lookup.statusCode()).isEqualTo(200);
        for (CompletableFuture<HttpResponse<String>> list : lists) {
            assertThat(list.get().statusCode()).isEqualTo(200);
        }
    }

    private CompletableFuture<HttpResponse<String>> list() {
        return Pair.CLIENT.sendAsync(
                Pair.request(pair.addressA, "/api/v1/clients", Pair.READER).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void one_caller_who_asks_too_often_is_put_off_and_another_is_not() {
        int refused = 0;
        for (int i = 0; i < 3000 && refused == 0; i++) {
            HttpResponse<String> answer = pair.get(pair.addressA, "/api/v1/members", Pair.READER);
            if (answer.statusCode() != 200) {
                Answered.problem(answer, 429);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                refused++;
            }
        }
        assertThat(pair.get(pair.addressA, "/api/v1/members", Pair.OPERATOR).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoever_guesses_tokens_is_put_off() {
        for (int i = 0; i < 5; i++) {
            Answered.problem(pair.get(pair.addressA, "/api/v1/members", "guess-" + i), 401);
        }

        Answered.problem(pair.get(pair.addressA, "/api/v1/members", "guess-6"), 429);
    }

    @Test
    void connections_on_which_a_request_only_drips_are_closed_and_others_are_served() throws Exception {
        List<Socket> drips = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Socket drip = connect();
                drip.getOutputStream().write("GET / HTTP/1.1\r\nA".getBytes(StandardCharsets.US_ASCII));
                drips.add(drip);
            }
            for (Socket drip : drips) {
                assertThat(dripUntilClosed(drip)).isTrue();
            }
            assertThat(pair.get(pair.addressA, "/api/v1/members", Pair.READER).statusCode())
                    .isEqualTo(200);
        } finally {
            for (Socket drip : drips) {
                drip.close();
            }
        }
    }

    /** A byte each tenth of a second, so that the connection is never idle. */
    private static boolean dripUntilClosed(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        for (int i = 0; i < 100; i++) {
            try {
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (java.net.SocketTimeoutException open) {
                try {
                    socket.getOutputStream().write('a');
                } catch (IOException closed) {
                    return true;
                }
            } catch (IOException reset) {
                return true;
            }
        }
        return false;
    }

    /** The status; none where the connection was closed on what was still being sent, which takes the answer with it. */
    private static String cutOff(String answer) {
        return answer.substring(0, Math.min(answer.length(), 12));
    }

    private Socket connect() throws IOException {
        int port = Integer.parseInt(pair.addressA.substring(pair.addressA.indexOf(':') + 1));
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(request.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            } catch (IOException refusedAlready) {
                // The answer may be there all the same.
            }
            InputStream in = socket.getInputStream();
            byte[] answer = new byte[2048];
            int length = 0;
            try {
                while (length < answer.length) {
                    int read = in.read(answer, length, answer.length - length);
                    if (read < 0 || new String(answer, 0, length + read, StandardCharsets.ISO_8859_1).contains("}")) {
                        length += Math.max(read, 0);
                        break;
                    }
                    length += read;
                }
            } catch (IOException closedBehindTheAnswer) {
                // What was read is what there is.
            }
            return new String(answer, 0, length, StandardCharsets.ISO_8859_1);
        }
    }
}
