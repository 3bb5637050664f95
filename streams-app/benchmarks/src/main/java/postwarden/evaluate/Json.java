package postwarden.evaluate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import postwarden.detect.Severity;

/** The same numbers for programs: one object; a number that there is not is absent. */
final class Json implements AutoCloseable {
    private final JsonGenerator json;

    /** @param writer closed with this */
    Json(Writer writer) throws IOException {
        json = new JsonFactory().createGenerator(writer);
        json.writeStartObject();
    }

    void rows(String name, Collection<Row> rows) throws IOException {
        json.writeArrayFieldStart(name);
        for (Row row : rows) {
            json.writeStartObject();
            json.writeStringField("detector", row.detector);
            json.writeNumberField("labels", row.labels);
            json.writeNumberField("told", row.told);
            json.writeNumberField("incidents", row.incidents());
            json.writeNumberField("right", row.right);
            json.writeNumberField("allowed", row.allowed);
            json.writeNumberField("violations", row.violations);
            json.writeNumberField("wrong", row.wrong);
            json.writeNumberField("duplicates", row.duplicates);
            json.writeNumberField("flaps", row.flaps);
            number("recall", row.recall());
            number("precision", row.precision());
            number("medianSeconds", row.seconds(.5));
            number("p90Seconds", row.seconds(.9));
            number("causeAccuracy", row.causes());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    void clean(String name, CleanRate rate) throws IOException {
        json.writeObjectFieldStart(name);
        number("hostDays", rate.hostDays());
        for (Severity severity : Severity.values()) {
            number(severity.name(), rate.aDay(rate.count(severity)));
        }
        number("callsADay", rate.aDay(rate.calls()));
        number("callsADayAtMost", rate.most(rate.calls()));
        json.writeEndObject();
    }

    void verdicts(Verdicts verdicts) throws IOException {
        json.writeArrayFieldStart("verdicts");
        for (Map.Entry<String, Verdicts.Counts> each : verdicts.byDetector().entrySet()) {
            Verdicts.Counts counts = each.getValue();
            json.writeStartObject();
            json.writeStringField("detector", each.getKey());
            json.writeNumberField("true", counts.right());
            json.writeNumberField("benign", counts.benign());
            json.writeNumberField("false", counts.wrong());
            json.writeNumberField("unjudged", counts.unjudged());
            share("asTold", counts.asTold());
            share("worth", counts.worth());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void share(String name, Share share) throws IOException {
        number(name, share.value());
        number(name + "AtLeast", share.least());
        number(name + "AtMost", share.most());
    }

    void broken(List<String> gates) throws IOException {
        json.writeArrayFieldStart("brokenGates");
        for (String gate : gates) {
            json.writeString(gate);
        }
        json.writeEndArray();
    }

    @Override
    public void close() throws IOException {
        json.writeEndObject();
        json.close();
    }

    private void number(String name, double value) throws IOException {
        if (!Double.isNaN(value)) {
            json.writeNumberField(name, value);
        }
    }
}
