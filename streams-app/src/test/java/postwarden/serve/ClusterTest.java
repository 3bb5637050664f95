package postwarden.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.ask.DriftRow;
import postwarden.ask.NotReady;
import postwarden.ask.RawRow;
import postwarden.tally.Watch;

class ClusterTest {
    private static final String ANNA = "/api/v1/accounts/anna%40example.com";

    @TempDir
    private Path folder = Path.of(".");

    private Pair pair;

    ClusterTest() {}

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
    void any_instance_answers_for_any_key() {
        pair.holds(pair.addressA, Watch.ACCOUNT, "ben@example.com", 3, "mx2");

        for (String address : List.of(pair.addressA, pair.addressB)) {
            for (String name : List.of("anna%40example.com", "ben%40example.com")) {
                HttpResponse<String> answer = pair.get(address, "/api/v1/accounts/" + name, Pair.READER);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(Answered.json(answer).at("/row/name").asText()).startsWith(name.substring(0, 3));
                assertThat(Answered.json(answer).at("/series/0/length").asInt()).isEqualTo(10);
            }
        }
    }

    @Test
    void a_key_that_nobody_knows_is_not_found_wherever_it_is_asked() {
        Answered.problem(pair.get(pair.addressA, "/api/v1/accounts/nobody", Pair.READER), 404);
        Answered.problem(pair.get(pair.addressB, "/api/v1/accounts/nobody", Pair.READER), 404);
    }

    @Test
    void a_list_has_the_rows_of_all_instances_in_one_order_and_pages_go_on_at_another_instance() {
        // Given
        for (int i = 0; i < 25; i++) {
            pair.holds(
                    i % 2 == 0 ? pair.addressA : pair.addressB,
                    Watch.CLIENT,
                    "192.0.2." + i,
                    Math.floorDiv(i, 3),
                    "mx1");
        }
        List<String> names = new ArrayList<>();
        List<Double> measures = new ArrayList<>();
        String cursor = "";
        int pages = 0;

        // When
        do {
            String address = pages++ % 2 == 0 ? pair.addressA : pair.addressB;
            HttpResponse<String> page =
                    pair.get(address, "/api/v1/clients?sort=connects&limit=4&cursor=" + cursor, Pair.READER);
            names.addAll(Answered.items(page, "name"));
            Answered.json(page)
                    .path("items")
                    .forEach(row -> measures.add(row.at("/measures/connects").asDouble()));
            assertThat(Answered.json(page).path("total").asInt()).isEqualTo(25);
            cursor = Answered.json(page).path("next").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null") && pages < 20);

        // Then
        assertThat(names).hasSize(25).doesNotHaveDuplicates();
        assertThat(measures).isSortedAccordingTo((one, other) -> Double.compare(other, one));
        assertThat(pages).isEqualTo(7);
    }

    @Test
    void a_cursor_of_another_question_is_refused() {
        pair.holds(pair.addressA, Watch.CLIENT, "192.0.2.1", 1, "mx1");
        HttpResponse<String> page = pair.get(pair.addressA, "/api/v1/clients?limit=1", Pair.READER);
        String cursor = Answered.json(page).path("next").asText();

        Answered.problem(
                pair.get(pair.addressA, "/api/v1/clients?limit=1&window=1m&cursor=" + cursor, Pair.READER), 400);
        Answered.problem(pair.get(pair.addressA, "/api/v1/clients?cursor=bm9uc2Vuc2U", Pair.READER), 400);
    }

    @Test
    void incidents_are_asked_where_the_desk_is() {
        pair.incident("i-1", "default", "mx1", Instant.parse("2026-11-21T10:00:00Z"));
        pair.incident("i-2", "default", "mx2", Instant.parse("2026-11-21T11:00:00Z"));

        HttpResponse<String> first = pair.get(pair.addressA, "/api/v1/incidents?limit=1", Pair.READER);
        String next = Answered.json(first).path("next").asText();
        HttpResponse<String> second = pair.get(pair.addressB, "/api/v1/incidents?limit=1&cursor=" + next, Pair.READER);

        assertThat(Answered.items(first, "incidentId")).containsExactly("i-2");
        assertThat(Answered.items(second, "incidentId")).containsExactly("i-1");
        HttpResponse<String> one = pair.get(pair.addressA, "/api/v1/incidents/i-1", Pair.READER);
        assertThat(Answered.json(one).at("/subject/server").asText()).isEqualTo("mx1");
        assertThat(one.body())
                .isEqualTo(pair.get(pair.addressB, "/api/v1/incidents/i-1", Pair.READER)
                        .body());
    }

    @Test
    void hosts_are_told_once_with_what_the_best_informed_instance_knows_and_templates_are_summed_up() {
        pair.a.hosts.add(Pair.host("mx1", Pair.NOW.minusSeconds(50), "LATE", 120));
        pair.b.hosts.add(Pair.host("mx1", Pair.NOW, "CURRENT", 0));
        pair.b.hosts.add(Pair.host("mx2", Pair.NOW, "SILENT", 4));
        pair.a.drift.add(new DriftRow("00", "postfix", "smtpd", "what * is", 3, Pair.NOW, Pair.NOW, "", "what 1 is"));
        pair.b.drift.add(new DriftRow(
                "00", "postfix", "smtpd", "what * is", 4, Pair.NOW.minusSeconds(9), Pair.NOW, "", "what 2 is"));

        HttpResponse<String> hosts = pair.get(pair.addressA, "/api/v1/hosts", Pair.READER);
        HttpResponse<String> drift = pair.get(pair.addressB, "/api/v1/drift", Pair.READER);

        assertThat(Answered.items(hosts, "host")).containsExactly("mx1", "mx2");
        assertThat(Answered.items(hosts, "state")).containsExactly("CURRENT", "SILENT");
        assertThat(Answered.json(hosts).at("/items/0/lines").asDouble()).isEqualTo(120);
        assertThat(Answered.items(drift, "count")).containsExactly("7");
    }

    @Test
    void a_row_of_a_store_is_found_wherever_it_is() {
        pair.b.rows.put("watch-v1/00ff", new RawRow("watch-v1", 3, "00ff", "0102", "two"));

        HttpResponse<String> row = pair.get(pair.addressA, "/api/v1/stores/watch-v1/00ff", Pair.ADMIN);

        assertThat(Answered.json(row).path("text").asText()).isEqualTo("two");
        Answered.problem(pair.get(pair.addressA, "/api/v1/stores/watch-v1/00fe", Pair.ADMIN), 404);
        Answered.problem(pair.get(pair.addressA, "/api/v1/stores/none/00ff", Pair.ADMIN), 400);
        Answered.problem(pair.get(pair.addressA, "/api/v1/stores/watch-v1/xyz", Pair.ADMIN), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ANNA,
                "/api/v1/clients",
                "/api/v1/hosts",
                "/api/v1/drift",
                "/api/v1/incidents",
                "/api/v1/incidents/i"
            })
    void a_peer_that_is_gone_is_a_bad_gateway_and_never_an_empty_answer(String path) {
        pair.stopB();

        Answered.problem(pair.get(pair.addressA, path, Pair.READER), 502);
    }

    @Test
    void the_copy_of_a_standby_answers_where_the_holder_is_gone_and_the_caller_will_have_it() {
        pair.stopB();

        HttpResponse<String> copy = pair.get(pair.addressA, ANNA + "?stale=true", Pair.READER);

        assertThat(Answered.json(copy).path("standby").asBoolean()).isTrue();
        assertThat(Answered.json(copy).path("staleness").asDouble()).isEqualTo(1.5);
    }

    @Test
    void a_brief_question_is_brief_at_whichever_instance_it_is_answered() {
        JsonNode whole = Answered.json(pair.get(pair.addressA, ANNA, Pair.READER));

        for (String instance : List.of(pair.addressA, pair.addressB)) {
            JsonNode brief = Answered.json(pair.get(instance, ANNA + "?brief=true", Pair.READER));

            assertThat(brief.path("brief").asBoolean()).isTrue();
            assertThat(List.of(brief.path("series"), brief.path("hours"), brief.path("samples")))
                    .allMatch(part -> part.isArray() && part.isEmpty());
            assertThat(brief.path("windows")).isEqualTo(whole.path("windows"));
            assertThat(brief.path("baselines")).isEqualTo(whole.path("baselines"));
        }
        assertThat(whole.path("brief").asBoolean()).isFalse();
    }

    @Test
    void a_standby_elsewhere_is_asked_too() {
        pair.holds("127.0.0.1:1", Watch.ACCOUNT, "cleo@example.com", 1, "mx1");

        HttpResponse<String> copy =
                pair.get(pair.addressA, "/api/v1/accounts/cleo%40example.com?stale=true", Pair.READER);

        assertThat(copy.statusCode()).as(copy.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ANNA,
                "/api/v1/clients",
                "/api/v1/hosts",
                "/api/v1/drift",
                "/api/v1/incidents",
                "/api/v1/incidents/i"
            })
    void an_instance_that_is_not_ready_says_when_to_ask_again_here_and_through_a_peer(String path) {
        pair.b.notReady = new NotReady("the store is being restored", Duration.ofMillis(2500));

        for (String address : List.of(pair.addressA, pair.addressB)) {
            HttpResponse<String> answer = pair.get(address, path, Pair.READER);
            Answered.problem(answer, 503);
            assertThat(answer.headers().firstValue("Retry-After")).isEqualTo(Optional.of("3"));
        }
    }

    @Test
    void a_question_that_came_to_the_wrong_instance_is_not_sent_on() {
        String question =
                "{\"tenant\":\"default\",\"watch\":\"ACCOUNT\",\"name\":\"anna@example.com\",\"stale\":false}";

        HttpResponse<String> answer =
                pair.post(pair.addressA, "/internal/v1/entity", "Postwarden-Peer " + Pair.SECRET, question);

        Answered.problem(answer, 503);
        assertThat(pair.post(pair.addressB, "/internal/v1/entity", "Postwarden-Peer " + Pair.SECRET, question)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_address_that_is_not_configured_is_never_asked_whatever_a_member_claims() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer stranger = server(asked, 200, "", "{\"rows\":[],\"total\":0}");
        try {
            String claimed = "127.0.0.1:" + stranger.getAddress().getPort();
            pair.a.members = List.of(pair.addressA, claimed);
            pair.holds(claimed, Watch.ACCOUNT, "dora@example.com", 1, "mx1");

            Answered.problem(pair.get(pair.addressA, "/api/v1/clients", Pair.READER), 502);
            Answered.problem(pair.get(pair.addressA, "/api/v1/accounts/dora%40example.com", Pair.READER), 502);

            assertThat(asked).hasValue(0);
        } finally {
            stranger.stop(0);
        }
    }

    @Test
    void a_peer_that_sends_us_elsewhere_is_not_followed_and_what_is_no_answer_is_none() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer target = server(asked, 200, "", "{\"rows\":[],\"total\":0}");
        String redirect = "http://127.0.0.1:" + target.getAddress().getPort() + "/internal/v1/entities";
        pair.stopB();
        int port = Integer.parseInt(pair.addressB.substring(pair.addressB.indexOf(':') + 1));
        HttpServer peer = server(port, new AtomicInteger(), 302, redirect, "");
        try {
            Answered.problem(pair.get(pair.addressA, "/api/v1/clients", Pair.READER), 502);
            assertThat(asked).hasValue(0);
        } finally {
            peer.stop(0);
            target.stop(0);
        }
        HttpServer babbler = server(port, new AtomicInteger(), 200, "", "null");
        try {
            Answered.problem(pair.get(pair.addressA, "/api/v1/clients", Pair.READER), 502);
            Answered.problem(pair.get(pair.addressA, ANNA, Pair.READER), 502);
        } finally {
            babbler.stop(0);
        }
    }

    @Test
    void a_peer_that_never_ends_its_answer_is_given_up() throws Exception {
        pair.stopB();
        int port = Integer.parseInt(pair.addressB.substring(pair.addressB.indexOf(':') + 1));
        HttpServer mute = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        mute.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        });
        mute.start();
        try {
            Answered.problem(pair.get(pair.addressA, "/api/v1/clients", Pair.READER), 502);
        } finally {
            mute.stop(0);
        }
    }

    private static HttpServer server(AtomicInteger asked, int status, String location, String body) throws Exception {
        return server(0, asked, status, location, body);
    }

    private static HttpServer server(int port, AtomicInteger asked, int status, String location, String body)
            throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().add("Location", location);
            }
            byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }
}
