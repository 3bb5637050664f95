package postwarden.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.ask.DriftRow;
import postwarden.ask.Health;
import postwarden.ask.RawRow;
import postwarden.serve.access.Role;
import postwarden.serve.past.Past;
import postwarden.serve.peer.Cluster;
import postwarden.serve.peer.OwnPart;
import postwarden.serve.peer.PeerParams;
import postwarden.serve.peer.Peers;
import postwarden.tally.Watch;

class DescriptionTest {
    private static final String FEEDBACK = "/api/v1/incidents/i-1/feedback";
    private static final JsonNode DESCRIPTION = Answered.json(Routes.description());

    @TempDir
    private Path folder = Path.of(".");

    private Pair pair;

    DescriptionTest() {}

    @BeforeEach
    void start() {
        pair = Pair.start(folder);
        pair.holds(pair.addressA, Watch.SERVER, "mx1", 5, "mx1");
        pair.holds(pair.addressB, Watch.CLIENT, "192.0.2.1", 5, "mx1");
        pair.holds(pair.addressB, Watch.ACCOUNT, "anna@example.com", 5, "mx1");
        pair.holds(pair.addressA, Watch.SENDER, "anna@example.com", 5, "mx1");
        pair.holds(pair.addressA, Watch.DESTINATION, "example.net", 5, "mx1");
        pair.incident("i-1", "default", "mx1", Instant.parse("2026-11-21T10:00:00Z"));
        pair.incident("i-2", "default", "", Instant.parse("2026-11-21T11:00:00Z"));
        pair.b.hosts.add(Pair.host("mx1", Pair.NOW, "CURRENT", 7.5));
        pair.b.drift.add(new DriftRow("00", "postfix", "smtpd", "what * is", 4, Pair.NOW, Pair.NOW, "1", "what 2 is"));
        pair.a.rows.put("watch-v1/00", new RawRow("watch-v1", 0, "00", "01", ""));
        pair.a.health = new Health("REBALANCING", true, false, List.of(new Health.Restoring("watch-v1", 2, 5, 9)));
    }

    @AfterEach
    void stop() {
        pair.close();
    }

    private static List<Route> routes() {
        PlainAnswers answers = new PlainAnswers("", Map.of(), "", List.of(""));
        OwnPart own = new OwnPart(answers, "");
        Cluster cluster = new Cluster(answers, own, new Peers(PeerParams.STANDARD, "", Optional.empty()), "");
        Clock clock = Clock.systemUTC();
        Audit audit = new Audit("", clock);
        Lookups lookups = new Lookups(cluster, Past.NONE, audit, 64);
        return Routes.of(
                new Lists(cluster, answers, audit, LimitParams.STANDARD, clock),
                lookups,
                new FeedbackRoute(lookups, allowance -> {}, audit, LimitParams.STANDARD, clock),
                answers,
                own,
                Optional.empty(),
                new ConsoleFiles(DescriptionTest.class.getClassLoader()));
    }

    private static String described(Route route) {
        return route.path().replace('<', '{').replace('>', '}');
    }

    @Test
    void the_description_has_every_route_with_its_parameters_and_role_and_no_other() {
        Map<String, String> described = new TreeMap<>();
        DESCRIPTION
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    Set<String> names = new TreeSet<>();
                    operation.getValue().path("parameters").forEach(parameter -> {
                        JsonNode one = resolve(parameter);
                        if (one.path("in").asText().equals("query")) {
                            names.add(one.path("name").asText());
                        }
                    });
                    boolean open = operation.getValue().has("security");
                    String role = open
                            ? "anybody"
                            : operation.getValue().path("description").asText();
                    described.put(operation.getKey() + " " + path.getKey(), names + " " + role);
                }));

        Map<String, String> routes = new TreeMap<>();
        for (Route route : routes()) {
            String role = route.weight() == Route.Weight.OPEN
                    ? "anybody"
                    : "Needs the role " + route.least().name().toLowerCase(java.util.Locale.ROOT) + ".";
            routes.put(
                    route.method().name().toLowerCase(java.util.Locale.ROOT) + " " + described(route),
                    new TreeSet<>(route.parameters()) + " " + role);
        }
        assertThat(described).isEqualTo(routes).hasSizeGreaterThan(25);
        assertThat(DESCRIPTION.path("openapi").asText()).startsWith("3.1");
        assertThat(DESCRIPTION.at("/info/version").asText()).startsWith("1.");
    }

    @Test
    void every_route_answers_as_its_schema_says() {
        Map<String, String> names = Map.of(
                "servers", "mx1",
                "clients", "192.0.2.1",
                "accounts", "anna%40example.com",
                "senders", "anna%40example.com",
                "destinations", "example.net");
        List<String> asked = new ArrayList<>();
        for (Route route : routes()) {
            String kind = route.path().split("/").length > 3 ? route.path().split("/")[3] : "";
            boolean isFile = route.path().contains("<") || route.path().equals("/");
            if (route.method() == Route.Method.POST || isFile || kind.equals("stream")) {
                continue;
            }
            String path = route.path()
                    .replace("{name}", names.getOrDefault(kind, ""))
                    .replace("{id}", "i-1")
                    .replace("{store}", "watch-v1")
                    .replace("{keyHex}", "00");
            HttpResponse<String> answer = pair.get(pair.addressA, path, Pair.ADMIN);
            int expected = path.endsWith("/ready") ? 503 : 200;
            assertThat(answer.statusCode()).as(path).isEqualTo(expected);
            assertThat(faults(operation(route), expected, answer.body()))
                    .as(path)
                    .isEmpty();
            asked.add(path);
        }
        assertThat(asked).hasSize(21);
    }

    @Test
    void refusals_are_as_their_schema_says_and_their_statuses_are_described() {
        Map<String, HttpResponse<String>> refused = Map.of(
                "/api/v1/clients", pair.get(pair.addressA, "/api/v1/clients?limit=0", Pair.READER),
                "/api/v1/accounts/{name}", pair.get(pair.addressA, "/api/v1/accounts/none", Pair.READER),
                "/api/v1/stores", pair.get(pair.addressA, "/api/v1/stores", Pair.READER),
                "/api/v1/incidents", pair.get(pair.addressA, "/api/v1/incidents", ""));
        refused.forEach((path, answer) -> {
            JsonNode operation = DESCRIPTION.path("paths").path(path).path("get");
            assertThat(faults(operation, answer.statusCode(), answer.body()))
                    .as(path)
                    .isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'action':'allow','reason':'ours','until':'2026-12-01T00:00:00Z'}",
                "{'action':'acknowledge'}",
                "{'action':'acknowledge','reason':'on it','assignee':null,'until':null}",
                "{'action':'assign','assignee':'ben'}",
                "{'action':'true','reason':'seen on the wire'}",
                "{'action':'false','reason':'a backup'}",
                "{'action':'benign','reason':'our own probe'}"
            })
    void feedback_that_is_described_is_taken_and_answered_as_described(String said) {
        String body = said.replace('\'', '"');

        HttpResponse<String> answer = pair.post(pair.addressA, FEEDBACK, Pair.OPERATOR, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(faults(feedback(), 202, answer.body())).isEmpty();
        assertThat(faults(request(), body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'action':'destroy','reason':'ours'}",
                "{'reason':'ours'}",
                "{'action':'allow','reason':'ours'}",
                "{'action':'allow','until':'2026-12-01T00:00:00Z'}",
                "{'action':'assign'}",
                "{'action':'assign','assignee':''}",
                "{'action':'acknowledge','assignee':'ben'}",
                "{'action':'acknowledge','until':'2026-12-01T00:00:00Z'}",
                "{'action':'true'}",
                "{'action':'benign','reason':''}",
                "{'action':'false','reason':'x','verdict':'y'}"
            })
    void feedback_that_is_not_described_is_refused_as_described(String said) {
        String body = said.replace('\'', '"');

        HttpResponse<String> answer = pair.post(pair.addressA, FEEDBACK, Pair.OPERATOR, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(faults(feedback(), 400, answer.body())).isEmpty();
        assertThat(faults(request(), body)).isNotEmpty();
    }

    private static JsonNode feedback() {
        return DESCRIPTION.path("paths").path("/api/v1/incidents/{id}/feedback").path("post");
    }

    private static JsonNode request() {
        return feedback().at("/requestBody/content/application~1json/schema");
    }

    @Test
    void what_is_served_is_the_description_and_whoever_may_ask_may_read_it() {
        HttpResponse<String> served = pair.get(pair.addressB, "/api/v1/openapi.json", Pair.READER);

        assertThat(Answered.json(served)).isEqualTo(DESCRIPTION);
        assertThat(routes().stream().filter(route -> route.least() == Role.PEER))
                .hasSize(1);
    }

    @Test
    void a_schema_finds_what_is_wrong() {
        JsonNode operation = DESCRIPTION.path("paths").path("/api/v1/members").path("get");

        assertThat(faults(operation, 200, "{\"items\":[{\"address\":\"a\"}],\"total\":1,\"next\":null,\"asOf\":\"x\"}"))
                .isNotEmpty();
        assertThat(faults(
                        operation,
                        200,
                        "{\"items\":[],\"total\":1,\"next\":null,\"asOf\":\"2026-11-22T03:00:00Z\",\"more\":1}"))
                .isNotEmpty();
    }

    private static JsonNode operation(Route route) {
        return DESCRIPTION
                .path("paths")
                .path(described(route))
                .path(route.method().name().toLowerCase(java.util.Locale.ROOT));
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? DESCRIPTION.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static List<Error> faults(JsonNode operation, int status, String body) {
        JsonNode response = resolve(operation.path("responses").path(String.valueOf(status)));
        assertThat(response.isMissingNode())
                .as("status " + status + " is described")
                .isFalse();
        JsonNode content = response.path("content");
        return faults(content.properties().iterator().next().getValue().path("schema"), body);
    }

    private static List<Error> faults(JsonNode schema, String body) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", DESCRIPTION.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString(), InputFormat.JSON)
                .validate(
                        body,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }
}
