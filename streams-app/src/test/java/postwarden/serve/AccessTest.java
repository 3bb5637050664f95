package postwarden.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.serve.access.AccessList;
import postwarden.tally.Watch;

class AccessTest {
    private static final String FEEDBACK =
            "{\"action\":\"allow\",\"reason\":\"our own probe\",\"until\":\"2026-12-01T00:00:00Z\"}";

    @TempDir
    private Path folder = Path.of(".");

    private Pair pair;

    AccessTest() {}

    @BeforeEach
    void start() {
        pair = Pair.start(folder);
        pair.holds(pair.addressA, Watch.SERVER, "mx1", 5, "mx1");
        pair.holds(pair.addressA, Watch.SERVER, "mx2", 5, "mx2");
        pair.holds(pair.addressB, Watch.CLIENT, "192.0.2.1", 5, "mx1");
        pair.holds(pair.addressB, Watch.CLIENT, "192.0.2.2", 5, "mx1", "mx2");
        pair.incident("i-1", "default", "mx1", Instant.parse("2026-11-21T10:00:00Z"));
        pair.incident("i-2", "default", "mx2", Instant.parse("2026-11-21T11:00:00Z"));
        pair.incident("i-3", "default", "", Instant.parse("2026-11-21T12:00:00Z"));
    }

    @AfterEach
    void stop() {
        pair.close();
    }

    /** Every route that is not open to anybody, as it is asked. */
    static Stream<String> questions() {
        return Stream.concat(
                Stream.of("servers", "clients", "accounts", "senders", "destinations")
                        .flatMap(kind -> Stream.of("/api/v1/" + kind, "/api/v1/" + kind + "/mx1")),
                Stream.of(
                        "/api/v1/incidents",
                        "/api/v1/incidents/i-1",
                        "/api/v1/hosts",
                        "/api/v1/drift",
                        "/api/v1/members",
                        "/api/v1/stores",
                        "/api/v1/stores/watch-v1/00",
                        "/api/v1/stream",
                        "/api/v1/health",
                        "/api/v1/openapi.json"));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void nobody_gets_anything_without_a_token_that_holds(String path) {
        HttpResponse<String> none = pair.get(pair.addressA, path, "");
        Answered.problem(none, 401);
        assertThat(none.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
        Answered.problem(pair.get(pair.addressA, path, "no-such-token"), 401);
        Answered.problem(pair.get(pair.addressA, path, "", "Authorization", "Basic YTpi"), 401);
        Answered.problem(pair.get(pair.addressA, path, Pair.sha256(Pair.READER)), 401);
        Answered.problem(
                pair.get(
                        pair.addressA,
                        path,
                        "",
                        "Authorization",
                        "Bearer " + Pair.READER,
                        "Authorization",
                        "Bearer " + Pair.READER),
                401);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void a_caller_of_another_tenant_is_refused_wherever_there_are_tenants(String path) {
        boolean hasTenant = !path.contains("/stores")
                && !List.of("/api/v1/members", "/api/v1/health", "/api/v1/openapi.json")
                        .contains(path);
        if (hasTenant) {
            Answered.problem(pair.get(pair.addressA, path, Pair.OTHER_TENANT), 403);
            Answered.problem(pair.get(pair.addressA, path + "?tenant=third", Pair.OTHER_TENANT), 403);
        }
        boolean isStream = path.endsWith("/stream");
        int own = pair.get(pair.addressA, path + (hasTenant ? "?tenant=other" : ""), Pair.OTHER_TENANT)
                .statusCode();
        assertThat(own).isIn(isStream ? List.of(404) : path.contains("/stores") ? List.of(403) : List.of(200, 404));
    }

    @Test
    void each_role_may_do_what_it_is_for() {
        for (String token : List.of(Pair.READER, Pair.OPERATOR)) {
            Answered.problem(pair.get(pair.addressA, "/api/v1/stores", token), 403);
            Answered.problem(pair.get(pair.addressA, "/api/v1/stores/watch-v1/00", token), 403);
        }
        assertThat(Answered.json(pair.get(pair.addressA, "/api/v1/stores", Pair.ADMIN))
                        .path("items")
                        .size())
                .isEqualTo(2);
        Answered.problem(pair.post(pair.addressA, "/api/v1/incidents/i-1/feedback", Pair.READER, FEEDBACK), 403);
        Answered.problem(pair.post(pair.addressA, "/api/v1/incidents/i-1/feedback", "", FEEDBACK), 401);
        assertThat(pair.written).isEmpty();
        assertThat(pair.post(pair.addressA, "/api/v1/incidents/i-1/feedback", Pair.OPERATOR, FEEDBACK)
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void only_peers_ask_what_is_between_peers_and_peers_ask_nothing_else() {
        String peer = "Postwarden-Peer " + Pair.SECRET;
        for (String token : List.of(Pair.READER, Pair.OPERATOR, Pair.ADMIN)) {
            Answered.problem(pair.post(pair.addressA, "/internal/v1/hosts", token, "{\"tenant\":\"default\"}"), 403);
        }
        Answered.problem(pair.post(pair.addressA, "/internal/v1/hosts", "", "{}"), 401);
        Answered.problem(pair.post(pair.addressA, "/internal/v1/hosts", peer + "x", "{}"), 401);
        assertThat(pair.post(pair.addressA, "/internal/v1/hosts", peer, "{\"tenant\":\"default\"}")
                        .statusCode())
                .isEqualTo(200);
        Answered.problem(pair.post(pair.addressA, "/internal/v1/nothing", peer, "{}"), 404);
        Answered.problem(pair.post(pair.addressA, "/internal/v1/hosts", peer, "[]"), 400);
        Answered.problem(pair.get(pair.addressA, "/api/v1/clients", peer), 403);
        Answered.problem(pair.post(pair.addressA, "/api/v1/incidents/i-1/feedback", peer, FEEDBACK), 403);
    }

    @Test
    void a_caller_who_is_bounded_to_hosts_sees_what_is_only_about_those() {
        assertThat(Answered.items(pair.get(pair.addressA, "/api/v1/servers", Pair.ONE_HOST), "name"))
                .containsExactly("mx1");
        assertThat(pair.get(pair.addressA, "/api/v1/servers/mx1", Pair.ONE_HOST).statusCode())
                .isEqualTo(200);
        Answered.problem(pair.get(pair.addressA, "/api/v1/servers/mx2", Pair.ONE_HOST), 403);
        assertThat(Answered.items(pair.get(pair.addressA, "/api/v1/incidents", Pair.ONE_HOST), "incidentId"))
                .containsExactly("i-1");
        Answered.problem(pair.get(pair.addressA, "/api/v1/incidents/i-2", Pair.ONE_HOST), 404);
        Answered.problem(pair.get(pair.addressA, "/api/v1/incidents/i-3", Pair.ONE_HOST), 404);
        Answered.problem(pair.post(pair.addressA, "/api/v1/incidents/i-2/feedback", Pair.ONE_HOST, FEEDBACK), 404);
        Answered.problem(pair.get(pair.addressA, "/api/v1/drift", Pair.ONE_HOST), 403);
        pair.b.hosts.add(Pair.host("mx1", Pair.NOW, "CURRENT", 1));
        pair.b.hosts.add(Pair.host("mx2", Pair.NOW, "CURRENT", 1));
        assertThat(Answered.items(pair.get(pair.addressA, "/api/v1/hosts", Pair.ONE_HOST), "host"))
                .containsExactly("mx1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void a_caller_who_is_bounded_to_hosts_is_told_what_those_have_seen_of_a_client_by_any_instance(String instance) {
        String address = instance.equals("a") ? pair.addressA : pair.addressB;
        pair.holds(pair.addressA, Watch.CLIENT, "192.0.2.3", 9, "mx2");

        HttpResponse<String> list = pair.get(address, "/api/v1/clients?sort=connects", Pair.ONE_HOST);
        HttpResponse<String> shared = pair.get(address, "/api/v1/clients/192.0.2.2", Pair.ONE_HOST);

        assertThat(Answered.items(list, "name")).containsExactly("192.0.2.1", "192.0.2.2");
        assertThat(Answered.items(list, "hosts")).containsExactly("1", "1");
        assertThat(Answered.json(list).path("total").asInt()).isEqualTo(2);
        assertThat(Answered.json(list).at("/items/1/measures/connects").asDouble())
                .isEqualTo(2.5);
        assertThat(Answered.json(shared).path("hosts").toString()).isEqualTo("[\"mx1\"]");
        assertThat(pair.get(address, "/api/v1/clients/192.0.2.1", Pair.ONE_HOST).statusCode())
                .isEqualTo(200);
        Answered.problem(pair.get(address, "/api/v1/clients/192.0.2.3", Pair.ONE_HOST), 404);
        assertThat(Answered.items(pair.get(address, "/api/v1/clients", Pair.READER), "name"))
                .containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.3");
    }

    @Test
    void a_peer_that_knows_no_bound_is_not_asked_for_what_is_bounded() {
        String peer = "Postwarden-Peer " + Pair.SECRET;
        String question = "{\"tenant\":\"default\",\"watch\":\"CLIENT\",\"name\":\"192.0.2.2\",\"stale\":false,"
                + "\"hosts\":[\"mx1\"]}";

        HttpResponse<String> bounded = pair.post(pair.addressB, "/internal/v1/entity-of-hosts", peer, question);

        assertThat(Answered.json(bounded).path("hosts").toString()).isEqualTo("[\"mx1\"]");
        Answered.problem(pair.post(pair.addressB, "/internal/v1/entity-of-nobody", peer, question), 404);
        Answered.problem(pair.post(pair.addressB, "/internal/v1/entity", peer, question), 400);
        Answered.problem(
                pair.post(pair.addressB, "/internal/v1/entity-of-hosts", peer, question.replace("[\"mx1\"]", "[]")),
                400);
        HttpResponse<String> older =
                pair.post(pair.addressB, "/internal/v1/entity", peer, question.replace(",\"hosts\":[\"mx1\"]", ""));
        assertThat(Answered.json(older).path("hosts").toString()).isEqualTo("[\"mx1\",\"mx2\"]");
    }

    @Test
    void pages_of_a_caller_who_is_bounded_to_hosts_skip_what_is_not_theirs() {
        for (int i = 0; i < 30; i++) {
            pair.holds(pair.addressB, Watch.SERVER, "mx1" + i + (i % 3 == 0 ? ".example.com" : ".other"), 1, "mx1");
        }

        HttpResponse<String> first = pair.get(pair.addressA, "/api/v1/servers?limit=4", Pair.ONE_HOST);
        String next = Answered.json(first).path("next").asText();
        HttpResponse<String> rest = pair.get(pair.addressB, "/api/v1/servers?limit=100&cursor=" + next, Pair.ONE_HOST);

        assertThat(Answered.items(first, "name")).hasSize(4);
        assertThat(Answered.items(rest, "name"))
                .hasSize(7)
                .allMatch(name -> name.equals("mx1") || name.endsWith("example.com"))
                .doesNotContainAnyElementsOf(Answered.items(first, "name"));
    }

    @Test
    void probes_and_the_console_need_no_token() {
        assertThat(pair.get(pair.addressA, "/api/v1/health/live", "").body()).isEqualTo("{\"live\":true}");
        pair.a.health = new postwarden.ask.Health("REBALANCING", true, false, List.of());
        assertThat(pair.get(pair.addressA, "/api/v1/health/ready", "").statusCode())
                .isEqualTo(503);
        assertThat(pair.get(pair.addressA, "/api/v1/health", Pair.READER).statusCode())
                .isEqualTo(200);
        assertThat(pair.get(pair.addressA, "/", "").statusCode()).isIn(200, 404);
    }

    @Test
    void a_head_request_needs_what_a_get_needs() {
        assertThat(head("").statusCode()).isEqualTo(401);
        assertThat(head(Pair.READER).statusCode()).isEqualTo(200);
        assertThat(head(Pair.READER).body()).isEmpty();
    }

    private HttpResponse<String> head(String token) {
        return Pair.send(Pair.request(pair.addressA, "/api/v1/clients", token)
                .method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody())
                .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna reader default *",
                "anna boss default * sha256:" + HASH,
                "anna reader default * " + HASH,
                "anna reader default * sha256:secret",
                "anna reader default * subject:not a name",
                "anna reader default a/b,1.2.3.4/99 sha256:" + HASH,
                "anna reader default * sha256:" + HASH + "\nben reader default * sha256:" + HASH
            })
    void a_line_of_the_access_list_that_is_wrong_is_named(String line) {
        Path file = pair.write("list", "# first\n" + line + "\n");

        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessList.read(file))
                .withMessageMatching("(?s).*list: line [23]: .+");
    }

    private static final String HASH = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    @Test
    void an_access_list_that_others_may_read_is_refused() throws Exception {
        Path file = pair.write("list", Pair.accessList());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessList.read(file))
                .withMessageContaining("open to others than its owner");
    }
}
