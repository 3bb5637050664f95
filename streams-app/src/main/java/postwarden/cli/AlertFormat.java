package postwarden.cli;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import postwarden.alertjson.AlertJson;
import postwarden.alertjson.TerminalSafe;
import postwarden.incident.Alert;
import postwarden.soc.cef.CefLine;
import postwarden.soc.ecs.EcsEvent;
import postwarden.soc.ocsf.OcsfFinding;
import postwarden.soc.stix.StixBundle;

/** How an alert is printed: for people, or for programs on one line, in which no character can harm a terminal. */
enum AlertFormat {
    /** For people, see {@link AlertPrinter}; on one line it is as {@link #JSON}. */
    TEXT,
    JSON,
    ECS,
    OCSF,
    CEF,
    STIX;

    private static final ObjectMapper SAFE = new ObjectMapper(
            new JsonFactoryBuilder().characterEscapes(TerminalSafe.JSON).build());

    /** The alert as one line, without the line feed. */
    String line(Alert alert) {
        return switch (this) {
            case TEXT, JSON -> AlertJson.line(alert);
            case ECS -> json(EcsEvent.of(alert));
            case OCSF -> json(OcsfFinding.of(alert));
            case CEF -> CefLine.of(alert);
            case STIX -> json(StixBundle.of(alert));
        };
    }

    private static String json(ObjectNode tree) {
        try {
            return SAFE.writeValueAsString(tree);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("a tree of values cannot be written", impossible);
        }
    }
}
