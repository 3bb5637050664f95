package postwarden.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import postwarden.incident.AlertFixture;
import postwarden.policy.Allowance;
import postwarden.policy.NamePattern;
import postwarden.policy.Remark;
import postwarden.policy.Saying;
import postwarden.serve.wire.Json;
import postwarden.tally.Watch;

/** Decisions, and the traces that they and look-ups leave. */
class FeedbackTest {
    private static final String PATH = "/api/v1/incidents/i-1/feedback";
    private static final String GOOD =
            "{\"action\":\"allow\",\"reason\":\"our own probe\",\"until\":\"2026-12-01T00:00:00Z\"}";

    @TempDir
    private Path folder = Path.of(".");

    private final ListAppender<ILoggingEvent> audit = new ListAppender<>();
    private Pair pair;

    FeedbackTest() {}

    @BeforeEach
    void start() {
        audit.start();
        ((Logger) LoggerFactory.getLogger("postwarden.audit")).addAppender(audit);
        pair = Pair.start(folder);
        pair.incident("i-1", "default", "mx1", Instant.parse("2026-11-21T10:00:00Z"));
    }

    @AfterEach
    void stop() {
        pair.close();
        ((Logger) LoggerFactory.getLogger("postwarden.audit")).detachAppender(audit);
    }

    @Test
    void an_allowance_covers_what_the_incident_is_about_and_nothing_more() {
        HttpResponse<String> answer = pair.post(pair.addressA, PATH, Pair.OPERATOR, GOOD);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(pair.written)
                .containsExactly(new Allowance(
                        "incident-i-1",
                        "default",
                        new NamePattern("connection-flood"),
                        new NamePattern("203.0.113.177"),
                        new NamePattern("mx1"),
                        "omar",
                        "our own probe",
                        Pair.NOW,
                        Instant.parse("2026-12-01T00:00:00Z")));
    }

    @Test
    void an_incident_that_the_desk_has_forgotten_is_shown_and_spoken_of_by_whom_it_concerns() {
        // Given
        Instant onset = Instant.parse("2026-11-01T10:00:00Z");
        pair.forgotten.put(
                "i-old", Pair.alert(AlertFixture.hostile("203.0.113.177"), "i-old", "default", "mx2", onset));
        String path = "/api/v1/incidents/i-old/feedback";
        String verdict = "{\"action\":\"false\",\"reason\":\"a backup\"}";

        // When
        HttpResponse<String> answer = pair.post(pair.addressA, path, Pair.OPERATOR, verdict);

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(pair.written)
                .singleElement()
                .satisfies(decision -> assertThat(decision.id()).isEqualTo("i-old.verdict"));
        assertThat(pair.get(pair.addressB, "/api/v1/incidents/i-old", Pair.READER)
                        .statusCode())
                .isEqualTo(200);
        // It is of a host that she is not to see, and of another's tenant.
        assertThat(pair.post(pair.addressA, path, Pair.ONE_HOST, verdict).statusCode())
                .isEqualTo(404);
        assertThat(pair.get(pair.addressB, "/api/v1/incidents/i-old?tenant=other", Pair.OTHER_TENANT)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void of_what_never_was_the_reason_says_that_nobody_has_it() {
        HttpResponse<String> answer =
                pair.post(pair.addressA, "/api/v1/incidents/i-none/feedback", Pair.OPERATOR, GOOD);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("no incident of this id is remembered");
        assertThat(pair.written).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "acknowledge, , , ACKNOWLEDGED, ''",
        "acknowledge, on it, , ACKNOWLEDGED, ''",
        "assign, , ben, ASSIGNED, ben",
        "true, seen on the wire, , VERDICT, true",
        "false, a backup, , VERDICT, false",
        "benign, our own probe, , VERDICT, benign"
    })
    void what_is_said_of_an_incident_is_kept_with_who_said_it_when_and_why(
            String action, @Nullable String reason, @Nullable String assignee, Remark.Aspect aspect, String value) {
        Map<String, String> body = new HashMap<>(Map.of("action", action));
        Optional.ofNullable(reason).ifPresent(why -> body.put("reason", why));
        Optional.ofNullable(assignee).ifPresent(whom -> body.put("assignee", whom));

        HttpResponse<String> answer =
                pair.post(pair.addressA, PATH, Pair.OPERATOR, new String(Json.bytes(body), StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(Answered.json(answer).path("policy").asText()).isEqualTo("i-1." + aspect.wireName());
        assertThat(pair.written)
                .containsExactly(new Saying(
                        "default",
                        "i-1",
                        new Remark(
                                aspect,
                                value,
                                "omar",
                                Pair.NOW,
                                Optional.ofNullable(reason).orElse("")),
                        Pair.NOW.plus(LimitParams.STANDARD.feedbackKeep())));
    }

    @Test
    void one_problem_names_all_that_is_wrong() {
        String body = "{\"action\":\"assign\",\"reason\":\"" + "x".repeat(1001)
                + "\",\"until\":\"2026-12-01T00:00:00Z\",\"assignee\":\"a\\u0007b\"}";

        HttpResponse<String> answer = pair.post(pair.addressA, PATH, Pair.OPERATOR, body);

        Answered.problem(answer, 400);
        assertThat(Answered.json(answer).path("detail").asText())
                .isEqualTo("reason must have 0 to 1000 characters; assignee must not have control characters;"
                        + " until belongs to allow alone");
    }

    @Test
    void a_reader_says_nothing_of_an_incident_and_an_operator_of_other_hosts_does_not_see_it() {
        pair.incident("i-2", "default", "mx2", Instant.parse("2026-11-21T10:00:00Z"));
        String body = "{\"action\":\"acknowledge\"}";

        Answered.problem(pair.post(pair.addressA, PATH, Pair.READER, body), 403);
        Answered.problem(pair.post(pair.addressA, "/api/v1/incidents/i-2/feedback", Pair.ONE_HOST, body), 404);

        assertThat(pair.written).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{\"action\":\"delete\",\"reason\":\"x\"}",
                "{\"action\":\"true\"}",
                "{\"action\":\"false\",\"reason\":\"  \"}",
                "{\"action\":\"assign\"}",
                "{\"action\":\"assign\",\"assignee\":\" \"}",
                "{\"action\":\"acknowledge\",\"assignee\":\"ben\"}",
                "{\"action\":[],\"reason\":\"x\"}",
                "{\"action\":\"allow\",\"reason\":\"x\"}",
                "{\"action\":\"allow\",\"reason\":\"\",\"until\":\"2026-12-01T00:00:00Z\"}",
                "{\"action\":\"allow\",\"reason\":\"a\\u0000b\",\"until\":\"2026-12-01T00:00:00Z\"}",
                "{\"action\":\"allow\",\"reason\":\"x\",\"until\":\"2020-12-01T00:00:00Z\"}",
                "{\"action\":\"allow\",\"reason\":\"x\",\"until\":\"2099-12-01T00:00:00Z\"}",
                "{\"action\":\"allow\",\"reason\":\"x\",\"until\":\"soon\"}",
                "{\"action\":\"allow\",\"reason\":\"x\",\"until\":\"2026-12-01T00:00:00Z\",\"owner\":\"me\"}",
                "{\"action\":\"allow\",\"action\":\"allow\",\"reason\":\"x\",\"until\":\"2026-12-01T00:00:00Z\"}"
            })
    void what_is_no_decision_is_refused_and_nothing_is_written(String body) {
        Answered.problem(pair.post(pair.addressA, PATH, Pair.OPERATOR, body), 400);

        assertThat(pair.written).isEmpty();
    }

    @Test
    void another_sites_page_and_another_kind_of_body_are_refused() {
        Answered.problem(pair.post(pair.addressA, PATH, Pair.OPERATOR, GOOD, "Content-Type", "text/plain"), 415);
        Answered.problem(
                pair.post(
                        pair.addressA,
                        PATH,
                        Pair.OPERATOR,
                        GOOD,
                        "Content-Type",
                        "application/json",
                        "Origin",
                        "https://evil.example"),
                403);
        Answered.problem(
                pair.post(
                        pair.addressA,
                        PATH,
                        Pair.OPERATOR,
                        GOOD,
                        "Content-Type",
                        "application/json",
                        "Sec-Fetch-Site",
                        "cross-site"),
                403);
        assertThat(pair.written).isEmpty();
    }

    @Test
    void a_decision_that_the_brokers_do_not_take_is_not_said_to_be_taken() {
        pair.brokersAreAway = true;

        HttpResponse<String> answer = pair.post(pair.addressA, PATH, Pair.OPERATOR, GOOD);

        Answered.problem(answer, 503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        Answered.problem(pair.post(pair.addressA, "/api/v1/incidents/none/feedback", Pair.OPERATOR, GOOD), 404);
    }

    @Test
    void who_looks_for_a_person_or_decides_leaves_one_line_of_json() {
        pair.holds(pair.addressB, Watch.ACCOUNT, "anna@example.com", 1, "mx1");

        pair.get(pair.addressA, "/api/v1/accounts/anna%40example.com", Pair.READER);
        pair.get(pair.addressA, "/api/v1/clients/192.0.2.9", Pair.READER);
        pair.get(pair.addressA, "/api/v1/servers/mx1", Pair.READER);
        pair.get(pair.addressA, "/api/v1/senders?search=anna", Pair.READER);
        pair.post(pair.addressA, PATH, Pair.OPERATOR, GOOD);

        List<JsonNode> lines = audit.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .peek(line -> assertThat(line).doesNotContain("\n", "\r"))
                .map(Answered::json)
                .toList();
        assertThat(lines)
                .extracting(line -> String.join(
                        " ",
                        line.path("caller").asText(),
                        line.path("action").asText(),
                        line.path("kind").asText(),
                        line.path("name").asText(),
                        line.path("status").asText()))
                .containsExactly(
                        "anna lookup ACCOUNT anna@example.com 200",
                        "anna lookup CLIENT 192.0.2.9 404",
                        "anna search SENDER anna 200",
                        "omar allow INCIDENT i-1 202");
        assertThat(lines).allMatch(line -> line.path("time").asText().equals(Pair.NOW.toString()));
    }

    @Test
    void with_a_key_the_trace_has_a_hash_for_the_name() {
        Path key = pair.write("audit-key", "k".repeat(32));
        Audit hashed = new Audit(key.toString(), java.time.Clock.systemUTC());

        hashed.record(
                postwarden.serve.access.Caller.unbounded("anna", postwarden.serve.access.Role.READER),
                "lookup",
                "ACCOUNT",
                "default",
                "anna@example.com",
                200);

        String line = audit.list.get(0).getFormattedMessage();
        assertThat(line).doesNotContain("example.com");
        assertThat(Answered.json(line).path("nameHash").asText()).matches("[0-9a-f]{64}");
    }
}
