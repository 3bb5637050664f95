package postwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.diff.Case;
import postwarden.diff.Comparison;
import postwarden.diff.Rates;

class DiffReportTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String ESCAPE = "\u001b";

    private final List<Case> before =
            List.of(told("lost", "192.0.2.1", 0, Severity.HIGH), told("old", "192.0.2.2", 60, Severity.HIGH));
    private final List<Case> now =
            List.of(told("now", "192.0.2.2", 80, Severity.MEDIUM), told("new", "192.0.2.3", 90, Severity.LOW));
    private final DiffReport report = new DiffReport(
            "live",
            "stricter",
            "a day",
            2,
            Comparison.of(before, now),
            Rates.of(before, Duration.ofDays(2)),
            Rates.of(now, Duration.ofDays(2)));

    @Test
    void people_read_what_differs_and_how_much_there_is_of_it() {
        // When
        List<String> lines = new DiffText(report).text().lines().toList();

        // Then
        assertThat(lines)
                .contains(
                        "live against stricter, 2 hosts, a day",
                        "LOST HIGH SINGLE_SOURCE connection-flood  192.0.2.1 \\u001b[2J",
                        "  verdict of operators: false (a backup \\u001b)",
                        "  verdict of operators: none",
                        "LATER by 20 s, HIGH -> MEDIUM connection-flood  192.0.2.2 \\u001b[2J",
                        "  found 2026-11-21T12:01:20Z, incident now, was old",
                        "NEW LOW SINGLE_SOURCE connection-flood  192.0.2.3 \\u001b[2J",
                        "3 different, 0 the same, 0 not compared because one side has not read all of it")
                .anyMatch(line -> line.matches("connection-flood +HIGH +1000.0 \\(2\\) +0.0 \\(0\\)"))
                .anyMatch(line -> line.matches("all +1000.0 \\(2\\) +1000.0 \\(2\\)"))
                .noneMatch(line -> line.contains(ESCAPE));
    }

    @Test
    void programs_read_an_object_a_line() throws IOException {
        // Given
        ObjectMapper json = new ObjectMapper();

        // When
        List<String> lines = new DiffJson(report).text().lines().toList();

        // Then
        assertThat(lines).hasSize(4).noneMatch(line -> line.contains(ESCAPE));
        assertThat(json.readTree(lines.get(0)).at("/before/verdict").asText()).startsWith("false (a backup ");
        JsonNode changed = json.readTree(lines.get(1));
        assertThat(changed.get("differs").toString()).isEqualTo("[\"LATER\",\"SEVERITY\"]");
        assertThat(changed.get("delaySeconds").asInt()).isEqualTo(20);
        assertThat(changed.get("before").get("incidentId").asText()).isEqualTo("old");
        assertThat(changed.get("now").get("subject").get("client").asText()).isEqualTo("192.0.2.2");
        JsonNode sums = json.readTree(lines.get(3));
        assertThat(sums.get("different").asInt()).isEqualTo(3);
        assertThat(sums.get("alertsADayPer1000Hosts")
                        .get(0)
                        .get("before")
                        .get("rate")
                        .asDouble())
                .isEqualTo(1000);
    }

    private static Case told(String id, String client, int second, Severity severity) {
        Instant found = NOON.plusSeconds(second);
        return new Case(
                id,
                "default",
                "connection-flood",
                Subject.client("mx1", client),
                true,
                found,
                found,
                NOON.plusSeconds(300),
                severity,
                "SINGLE_SOURCE",
                client + " " + ESCAPE + "[2J",
                id.equals("lost") ? "false (a backup " + ESCAPE + ")" : "");
    }
}
