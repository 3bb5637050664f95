package postwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.alertjson.AlertJson;
import postwarden.incident.Alert;
import postwarden.incident.AlertFixture;
import postwarden.policy.Remark;

/** {@code query} and {@code incidents} against a server that answers as the API's contract says. */
class AskCommandsTest {
    private static final String ENTITY = """
            {"row":{"kind":"account","tenant":"default","name":"alice@example.com","lastSeen":"2026-11-21T08:30:00Z",
             "measures":{"sent":136.0},"hosts":2,"open":[{"detector":"compromised-account","host":"","severity":"CRITICAL",
             "cause":"GUESSED_PASSWORD","lastShown":"2026-11-21T08:30:00Z"}]},
             "hosts":["mail1","mail2"],
             "windows":{"1m":{"sent":12.0},"10m":{"sent":136.0},"1h":{"sent":136.0,"refused":3.5},"all":{"sent":4021.0}},
             "series":[],
             "baselines":[{"host":"","measure":"sent","median":1.0,"p99":4.0,"windows":900,"maturity":0.8},
              {"host":"mail2","measure":"sent","median":9.0,"p99":9.0,"windows":900,"maturity":0.8},
              {"host":"mail1","measure":"refused","median":0.0,"p99":2.0,"windows":900,"maturity":0.8}],
             "openSessions":[{"host":"mail1","start":"2026-11-21T08:29:50Z","length":10,"most":1}],
             "samples":[{"host":"mail1","file":"/var/log/mail.log","offset":17,"time":"2026-11-21T08:29:59Z","text":"evil \\u001b[2J line"}],
             "standby":true,"staleness":2.5}
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String body = "{}";
    private Map<String, String> headers = Map.of();

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            if (exchange.getRequestMethod().equals("POST")) {
                told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
            headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void an_entity_is_a_table_for_people() {
        body = ENTITY;

        assertThat(run("query", "account", "alice@example.com")).isZero();
        assertThat(output())
                .contains("account alice@example.com", "on mail1, mail2", "standby's copy", "2.5 s")
                .containsPattern("compromised-account +CRITICAL +GUESSED_PASSWORD")
                .containsPattern("sent +12 +136 +136 +4,?021 +1, seldom above 4")
                .as("what one host alone has learned is told too")
                .containsPattern("refused +- +- +3.5 +- +0, seldom above 2")
                .contains("1 session at once on mail1 in the 10 s from ")
                .contains("mail1:/var/log/mail.log:17")
                .doesNotContain("\u001b");
        assertThat(asked).containsExactly("/api/v1/accounts/alice%40example.com?tenant=default null");
    }

    @Test
    void a_name_of_any_characters_is_one_segment_of_the_path() {
        body = ENTITY;

        assertThat(run("query", "client", "a/b?c#d%20 e", "--stale", "--tenant", "big corp"))
                .isZero();
        assertThat(asked).containsExactly("/api/v1/clients/a%2Fb%3Fc%23d%2520%20e?stale=true&tenant=big%20corp null");
    }

    @Test
    void programs_get_the_answer_as_it_came_on_one_safe_line() {
        body = ENTITY;

        assertThat(run("query", "account", "alice@example.com", "--json")).isZero();
        assertThat(output().lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("{\"row\":{")
                .contains("\\u001B");
    }

    @Test
    void incidents_are_a_line_each_and_the_rest_is_said() {
        body = "{\"items\":[" + AlertJson.line(AlertFixture.takeover().get(0))
                + "],\"total\":8,\"next\":\"x\",\"asOf\":\"2026-11-22T00:00:00Z\"}";

        assertThat(run("incidents", "--severity", "high", "--detector", "a,b")).isZero();
        assertThat(output())
                .containsPattern("HIGH +OPEN +20.*distributed-brute-force +[0-9a-f-]{36}")
                .contains("7 more");
        assertThat(asked.get(0))
                .isEqualTo(
                        "/api/v1/incidents?detector=a%2Cb&limit=100&severity=HIGH&state=OPEN%2CUPDATED&tenant=default null");
    }

    @Test
    void what_operators_have_said_is_in_the_incidents_line() {
        Remark verdict = new Remark(Remark.Aspect.VERDICT, "false", "anna", Instant.EPOCH, "a backup", 2);
        Remark acknowledged = new Remark(Remark.Aspect.ACKNOWLEDGED, "", "omar", Instant.EPOCH, "", 1);
        Alert alert = AlertFixture.saidOf(AlertFixture.takeover().get(0), verdict, acknowledged);
        body = "{\"items\":[" + AlertJson.line(alert)
                + "],\"total\":1,\"next\":null,\"asOf\":\"2026-11-22T00:00:00Z\"}";

        assertThat(run("incidents")).isZero();

        assertThat(output()).containsPattern("[0-9a-f-]{36} +false, ack omar +distributed");
    }

    @Test
    void feedback_is_told_word_by_word() {
        status = 202;

        int done = run(
                "feedback",
                "0f-9",
                "--acknowledge",
                "--assign",
                "ben",
                "--verdict",
                "benign",
                "--reason",
                "our \"probe\"");

        assertThat(done).as(errors()).isZero();
        assertThat(asked).hasSize(3).containsOnly("/api/v1/incidents/0f-9/feedback?tenant=default null");
        assertThat(told.stream().map(AskCommandsTest::fields))
                .containsExactly(
                        Map.of("action", "acknowledge", "reason", "our \"probe\""),
                        Map.of("action", "assign", "reason", "our \"probe\"", "assignee", "ben"),
                        Map.of("action", "benign", "reason", "our \"probe\""));
        assertThat(output()).contains("taken: benign of incident 0f-9");
    }

    @Test
    void an_allowance_is_told_with_its_end() {
        status = 202;

        assertThat(run("feedback", "0f-9", "--allow", "--until", "2026-12-01T00:00:00Z", "--reason", "ours"))
                .isZero();

        assertThat(told.stream().map(AskCommandsTest::fields))
                .containsExactly(Map.of("action", "allow", "reason", "ours", "until", "2026-12-01T00:00:00Z"));
    }

    @Test
    void feedback_that_is_not_whole_is_one_line_and_nothing_is_told() {
        assertThat(run("feedback", "0f-9")).isEqualTo(2);
        assertThat(run("feedback", "0f-9", "--acknowledge", "--verdict", "false"))
                .isEqualTo(2);
        assertThat(run("feedback", "0f-9", "--allow", "--reason", "x")).isEqualTo(2);
        assertThat(run("feedback", "0f-9", "--acknowledge", "--until", "2026-12-01T00:00:00Z"))
                .isEqualTo(2);
        assertThat(run("feedback", "0f-9", "--verdict", "perhaps", "--reason", "x"))
                .isEqualTo(2);

        assertThat(asked).isEmpty();
        assertThat(errors().lines()).hasSize(5);
        assertThat(errors()).contains("--reason is needed for --verdict", "--until belongs to --allow");
    }

    @Test
    void feedback_that_is_refused_says_why_and_stops() {
        problem(403, "{\"title\":\"Forbidden\",\"detail\":\"the role operator is needed\",\"status\":403}");

        assertThat(run("feedback", "0f-9", "--acknowledge", "--assign", "ben")).isEqualTo(2);

        assertThat(asked).hasSize(1);
        assertThat(errors()).contains("403 Forbidden: the role operator is needed");
    }

    private static Map<String, String> fields(String json) {
        try {
            return new ObjectMapper().readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException broken) {
            throw new AssertionError(json, broken);
        }
    }

    @Test
    void no_incidents_are_said_too() {
        body = "{\"items\":[],\"total\":0,\"next\":null,\"asOf\":\"2026-11-22T00:00:00Z\"}";

        assertThat(run("incidents", "--state", "resolved")).isZero();
        assertThat(output()).isEqualToIgnoringNewLines("no incidents");
        assertThat(asked.get(0)).contains("state=RESOLVED");
    }

    @Test
    void an_unknown_key_is_status_1_and_one_line() {
        problem(
                404,
                "{\"type\":\"about:blank\",\"title\":\"Not found\",\"status\":404,\"detail\":\"no account 'bob'\"}");

        assertThat(run("query", "account", "bob")).isEqualTo(1);
        assertThat(errors()).isEqualToIgnoringNewLines("postwarden query: 404 Not found: no account 'bob'");
    }

    @Test
    void a_service_that_restores_is_status_3_and_says_when_to_ask_again() {
        problem(503, "{\"title\":\"Restoring\",\"status\":503,\"detail\":\"watches-v1 part 3\"}");
        headers = Map.of("Content-Type", "application/problem+json", "Retry-After", "7");

        assertThat(run("incidents")).isEqualTo(3);
        assertThat(errors())
                .isEqualToIgnoringNewLines("postwarden incidents: 503 Restoring: watches-v1 part 3; ask again in 7 s");
    }

    @Test
    void any_other_refusal_is_status_2_and_one_line_without_control_characters() {
        problem(403, "{\"title\":\"Forbidden\",\"detail\":\"role \\u001b[2J\\nneeded\"}");

        assertThat(run("incidents")).isEqualTo(2);
        assertThat(errors().lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("403 Forbidden")
                .doesNotContain("\u001b");
    }

    @Test
    void an_answer_that_is_no_json_is_refused() {
        body = "<html>a proxy's page</html>";

        assertThat(run("incidents")).isEqualTo(2);
        assertThat(errors()).contains("no JSON: is it Postwarden?");
    }

    @Test
    void a_redirect_is_not_followed() {
        problem(302, "");
        headers = Map.of("Location", url() + "/elsewhere");

        assertThat(run("incidents")).isEqualTo(2);
        assertThat(asked).hasSize(1);
    }

    @Test
    void nobody_there_is_one_line_and_status_2() {
        server.stop(0);

        assertThat(run("incidents")).isEqualTo(2);
        assertThat(errors().lines()).hasSize(1).first().asString().contains("no answer from " + url());
    }

    @Test
    void the_token_is_shown_to_this_server(@TempDir Path folder) throws IOException {
        Path token = secret(folder, "t0ken\n", "rw-------");
        body = "{\"items\":[],\"total\":0}";

        assertThat(run("incidents", "--token-file", token.toString())).isZero();
        assertThat(asked.get(0)).endsWith(" Bearer t0ken");
    }

    @Test
    void a_token_that_others_may_read_or_that_would_go_out_in_the_clear_is_not_used(@TempDir Path folder)
            throws IOException {
        Path open = secret(folder, "t0ken", "rw-r--r--");
        assertThat(run("incidents", "--token-file", open.toString())).isEqualTo(2);
        assertThat(errors()).contains("open to others").doesNotContain("t0ken");

        Path token = secret(folder, "t0ken", "rw-------");
        assertThat(execute("incidents", "--server", "http://pw.example.com", "--token-file", token.toString()))
                .isEqualTo(2);
        assertThat(errors()).contains("is not https");
        assertThat(asked).isEmpty();
    }

    @Test
    void wrong_arguments_are_refused_before_anybody_is_asked() {
        assertThat(run("query", "mailman", "x")).isEqualTo(2);
        assertThat(run("incidents", "--limit", "0")).isEqualTo(2);
        assertThat(run("incidents", "--severity", "awful")).isEqualTo(2);
        assertThat(execute("incidents", "--server", "ftp://x")).isEqualTo(2);
        assertThat(execute("incidents", "--server", "no url")).isEqualTo(2);
        assertThat(asked).isEmpty();
    }

    private void problem(int number, String json) {
        status = number;
        body = json;
        headers = Map.of("Content-Type", "application/problem+json");
    }

    private static Path secret(Path folder, String text, String mode) throws IOException {
        Path file = Files.createTempFile(folder, "token", "");
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", url()));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return Main.commandLine(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Clock.systemUTC())
                .execute(arguments);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
