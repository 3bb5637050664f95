package postwarden.cli;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.function.Function;
import postwarden.incident.Alert;
import postwarden.soc.cef.CefLine;
import postwarden.soc.ecs.EcsEvent;
import postwarden.soc.ocsf.OcsfFinding;
import postwarden.soc.stix.StixBundle;

/** How an alert is printed for programs: one line each, in which no character can harm a terminal. */
enum AlertFormat {
    /** For people; see {@link AlertPrinter}. */
    TEXT(AlertJson::line),
    JSON(AlertJson::line),
    ECS(json(EcsEvent::of)),
    OCSF(json(OcsfFinding::of)),
    CEF(CefLine::of),
    STIX(json(StixBundle::of));

    private final Function<Alert, String> line;

    AlertFormat(Function<Alert, String> line) {
        this.line = line;
    }

    /** The alert as one line, without the line feed. */
    String line(Alert alert) {
        return line.apply(alert);
    }

    private static Function<Alert, String> json(Function<Alert, ObjectNode> mapper) {
        ObjectMapper json = new ObjectMapper(
                new JsonFactoryBuilder().characterEscapes(TerminalSafe.JSON).build());
        return alert -> {
            try {
                return json.writeValueAsString(mapper.apply(alert));
            } catch (JsonProcessingException impossible) {
                throw new UncheckedIOException("a tree of values cannot be written", impossible);
            }
        };
    }
}
