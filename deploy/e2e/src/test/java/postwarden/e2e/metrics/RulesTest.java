package postwarden.e2e.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus's own tool says of the rules, and what a person needs who is woken by one. */
@Timeout(120)
class RulesTest {
    @TempDir
    private Path folder = Path.of(".");

    @Test
    void promtool_takes_the_rules_and_the_example() throws IOException, InterruptedException {
        assertThat(promtool("check", "rules", "postwarden-recording.rules.yml", "postwarden-alerts.rules.yml"))
                .contains("SUCCESS");
        // The token is the site's.
        for (String file : List.of("prometheus.yml", "postwarden-recording.rules.yml", "postwarden-alerts.rules.yml")) {
            Files.copy(Rules.PROMETHEUS.resolve(file), folder.resolve(file));
        }
        Files.writeString(folder.resolve("postwarden.token"), "0123456789abcdef0123456789abcdef");
        assertThat(promtool("check", "config", folder.resolve("prometheus.yml").toString()))
                .contains("SUCCESS");
    }

    @Test
    void each_alert_fires_when_it_should_and_none_for_programs_at_work() throws IOException, InterruptedException {
        assertThat(promtool("test", "rules", "postwarden.test.yml")).contains("SUCCESS");
    }

    @Test
    void each_alert_has_a_severity_a_summary_a_runbook_and_a_test() throws IOException {
        // Given
        String tests = Files.readString(Rules.PROMETHEUS.resolve("postwarden.test.yml"));

        // Then
        assertThat(Rules.all().stream().filter(rule -> rule.has("alert")))
                .hasSizeGreaterThan(25)
                .allSatisfy(rule -> {
                    assertThat(rule.path("labels").path("severity").asText()).isIn("page", "ticket");
                    assertThat(rule.path("annotations").path("summary").asText())
                            .isNotBlank();
                    assertThat(rule.path("annotations").path("runbook").asText())
                            .hasSizeGreaterThan(60);
                    assertThat(tests)
                            .contains(
                                    "ALERTS{alertname=\"" + rule.path("alert").asText() + "\", alertstate=\"firing\"}");
                });
    }

    @Test
    void each_dashboard_has_an_identity_and_panels_that_do_not_lie_over_each_other() throws IOException {
        assertThat(Rules.dashboards().keySet()).containsExactly("detections.json", "producers.json", "service.json");
        assertThat(Rules.dashboards().values()).allSatisfy(dashboard -> {
            assertThat(dashboard.path("uid").asText()).startsWith("postwarden-");
            assertThat(dashboard.path("title").asText()).isNotBlank();
            List<JsonNode> places = new ArrayList<>();
            for (JsonNode panel : dashboard.path("panels")) {
                assertThat(panel.path("title").asText()).isNotBlank();
                JsonNode place = panel.path("gridPos");
                assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
                assertThat(places).noneMatch(other -> overlap(place, other));
                places.add(place);
            }
        });
        JsonNode provisioned = Rules.yaml(Rules.GRAFANA.resolve("provisioning").resolve("dashboards.yml"));
        assertThat(provisioned.path("providers").path(0).path("type").asText()).isEqualTo("file");
    }

    private static boolean overlap(JsonNode one, JsonNode other) {
        return meet(one, other, "x", "w") && meet(one, other, "y", "h");
    }

    private static boolean meet(JsonNode one, JsonNode other, String at, String size) {
        return one.path(at).asInt() < other.path(at).asInt() + other.path(size).asInt()
                && other.path(at).asInt()
                        < one.path(at).asInt() + one.path(size).asInt();
    }

    /** Runs it beside the rules. @return what it said, when it was content */
    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(Rules.PROMETHEUS.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            throw new AssertionError(
                    "promtool is not on the PATH: it is in Debian's package prometheus, and deploy/verify installs it",
                    missing);
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
