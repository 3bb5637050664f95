package postwarden.soc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postwarden.incident.Alert;
import postwarden.soc.cef.CefLine;
import postwarden.soc.ecs.EcsEvent;
import postwarden.soc.ocsf.OcsfFinding;
import postwarden.soc.stix.StixBundle;

/** The beginning of the recorded flood and the first end of an incident, in every format, as a SOC's system gets them. */
class GoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "ecs, open",
        "ecs, resolved",
        "ocsf, open",
        "ocsf, resolved",
        "cef, open",
        "cef, resolved",
        "stix, open",
        "stix, resolved"
    })
    void what_was_recorded_is_told_as_ever(String format, String state) throws IOException {
        // Given
        Alert told = RealAlerts.recorded().stream()
                .filter(alert -> alert.state().name().equalsIgnoreCase(state))
                .filter(alert -> alert.isOver() || alert.subject().client().equals("203.0.113.177"))
                .filter(alert -> alert.isOver() || alert.detector().equals("connection-flood"))
                .findFirst()
                .orElseThrow();

        // When
        // The digest changes with every default of every setting, and with it the form does not.
        String text = text(format, told).replace(told.configDigest(), "0000000000000000");

        // Then
        // What it is now, to be looked at and copied over the golden file when it is meant.
        Path now = Files.createDirectories(Path.of("target", "soc-golden")).resolve(state + "." + format);
        Files.writeString(now, text);
        assertThat(text).isEqualToNormalizingNewlines(golden(state + "." + format));
    }

    private static String text(String format, Alert alert) throws IOException {
        return switch (format) {
            case "ecs" -> pretty(EcsEvent.of(alert));
            case "ocsf" -> pretty(OcsfFinding.of(alert));
            case "stix" -> pretty(StixBundle.of(alert));
            default -> CefLine.of(alert) + "\n";
        };
    }

    private static String pretty(Object json) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    private static String golden(String file) throws IOException {
        try (InputStream text =
                Objects.requireNonNull(GoldenTest.class.getResourceAsStream("/soc/golden/" + file), file)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
