package postwarden.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import postwarden.alertjson.AlertJson;
import postwarden.alertjson.TerminalSafe;
import postwarden.diff.Case;
import postwarden.diff.Difference;
import postwarden.diff.Rates;

/** A comparison for programs: a JSON object for each difference, one a line, then one with the rates. */
record DiffJson(DiffReport report) {
    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().characterEscapes(TerminalSafe.JSON).build();

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        report.comparison().differences().forEach(difference -> text.append(line(json -> write(difference, json))));
        return text.append(line(this::writeSums)).toString();
    }

    private static String line(Content content) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return line + "\n";
    }

    private static void write(Difference difference, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("differs");
        if (difference instanceof Difference.New) {
            json.writeString("NEW");
        } else if (difference instanceof Difference.Lost) {
            json.writeString("LOST");
        } else if (difference instanceof Difference.Changed changed) {
            for (Difference.Change change : Difference.Change.values()) {
                if (changed.changes().contains(change)) {
                    json.writeString(change.name());
                }
            }
        }
        json.writeEndArray();
        if (difference instanceof Difference.Changed changed) {
            json.writeNumberField("delaySeconds", changed.delay().toSeconds());
            write("before", changed.before(), json);
            write("now", changed.now(), json);
        } else {
            write(difference instanceof Difference.New ? "now" : "before", difference.subject(), json);
        }
    }

    private static void write(String field, Case told, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("incidentId", told.id());
        json.writeStringField("tenant", TerminalSafe.wellFormed(told.tenant()));
        json.writeStringField("detector", told.detector());
        json.writeStringField("severity", told.highest().name());
        json.writeStringField("cause", told.cause());
        new AlertJson(json).writeSubject(told.subject());
        json.writeStringField("onset", told.onset().toString());
        json.writeStringField("detectedAt", told.detectedAt().toString());
        json.writeStringField("lastSeen", told.lastSeen().toString());
        json.writeStringField("title", TerminalSafe.wellFormed(told.title()));
        json.writeStringField("verdict", TerminalSafe.wellFormed(told.verdict()));
        json.writeEndObject();
    }

    private void writeSums(JsonGenerator json) throws IOException {
        json.writeStringField("before", report.before());
        json.writeStringField("now", report.now());
        json.writeNumberField("hosts", report.hosts());
        json.writeNumberField("different", report.comparison().differences().size());
        json.writeNumberField("same", report.comparison().same());
        json.writeNumberField("notCompared", report.comparison().partial());
        json.writeArrayFieldStart("alertsADayPer1000Hosts");
        for (Rates.Kind kind : report.kinds()) {
            json.writeStartObject();
            json.writeStringField("detector", kind.detector());
            json.writeStringField("severity", kind.severity().name());
            write("before", report.beforeRates(), kind, json);
            write("now", report.nowRates(), kind, json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(String field, Rates rates, Rates.Kind kind, JsonGenerator json) throws IOException {
        int count = rates.count(kind);
        double rate = rates.rate(count);
        json.writeObjectFieldStart(field);
        json.writeNumberField("incidents", count);
        if (Double.isNaN(rate)) {
            json.writeNullField("rate");
        } else {
            json.writeNumberField("rate", Math.round(rate * 1000) / 1000.0);
        }
        json.writeEndObject();
    }
}
