package postwarden.alertjson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.incident.Alert;
import postwarden.incident.AlertFixture;
import postwarden.stream.codec.AlertCodec;

class AlertJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void the_bytes_of_an_alert_are_those_that_were_agreed_upon() throws IOException {
        // When
        String lines = String.join(
                        "\n",
                        AlertFixture.takeover().stream().map(AlertJson::line).toList())
                + "\n";

        // Then
        assertThat(lines).isEqualTo(resource("/alert/takeover.jsonl"));
    }

    @Test
    void fields_have_the_names_and_the_order_of_the_design() throws IOException {
        // When
        JsonNode alert = JSON.readTree(AlertJson.line(AlertFixture.takeover().get(0)));

        // Then
        assertThat(alert.fieldNames())
                .toIterable()
                .containsExactly(
                        "incidentId",
                        "tenant",
                        "state",
                        "sequence",
                        "detector",
                        "severity",
                        "confidence",
                        "cause",
                        "causes",
                        "subject",
                        "onset",
                        "detectedAt",
                        "lastSeen",
                        "resolvedAt",
                        "resolution",
                        "title",
                        "summary",
                        "measures",
                        "thresholds",
                        "baseline",
                        "evidence",
                        "advice",
                        "technique",
                        "parent",
                        "children",
                        "timeline",
                        "countsAreLowerBounds",
                        "blindSpots",
                        "detectorVersion",
                        "configDigest",
                        "allowed",
                        "feedback");
        assertThat(alert.get("resolvedAt").isNull()).isTrue();
        assertThat(alert.get("parent").isNull()).isTrue();
        assertThat(alert.get("subject").get("server").isNull()).isTrue();
    }

    @Test
    void an_alert_that_went_through_the_topic_gives_the_same_bytes() {
        for (Alert alert : AlertFixture.takeover()) {
            assertThat(AlertJson.line(AlertCodec.fromAvro(AlertCodec.toAvro(alert))))
                    .isEqualTo(AlertJson.line(alert));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J\u001b]0;owned\u0007",
                "\u009b31m\u0085\u007f\u0000",
                "user\u202egpj.exe\u2066\u2028\u2029\ufeff",
                "\"},{\"severity\":\"INFO\"",
                "line\r\nHIGH OPEN",
                "\ud800 alone \udc00",
                "grüße \u65e5\u672c\u8a9e \ud83d\ude00"
            })
    void what_a_stranger_writes_stays_text_on_one_line_of_printable_characters(String text) throws IOException {
        // When
        String line = AlertJson.line(AlertFixture.hostile(text));

        // Then
        assertThat(line.codePoints()).allMatch(TerminalSafe::isSafe);
        assertThat(JSON.readTree(line).get("evidence").get(0).get("text").textValue())
                .isEqualTo(TerminalSafe.wellFormed(text));
        assertThat(new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(line);
    }

    @Test
    void letters_of_all_languages_stay_readable() {
        assertThat(AlertJson.line(AlertFixture.hostile("grüße \u65e5\u672c\u8a9e")))
                .contains("grüße \u65e5\u672c\u8a9e");
    }

    @Test
    void numbers_are_plain() {
        // When
        List<String> lines =
                AlertFixture.takeover().stream().map(AlertJson::line).toList();

        // Then
        assertThat(lines.get(1)).contains("\"eventsPerMinute\":372.25").contains("\"confidence\":0.9,");
        assertThat(lines.get(0)).contains("\"eventsPerMinute\":100,").contains("\"weight\":0.1,");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = AlertJsonTest.class.getResourceAsStream(name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
