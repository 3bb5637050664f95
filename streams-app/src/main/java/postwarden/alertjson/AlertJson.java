package postwarden.alertjson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Subject;
import postwarden.detect.Usual;
import postwarden.incident.Alert;
import postwarden.policy.Remark;
import postwarden.policy.Remarks;

/**
 * An alert as one JSON object on one line: the field names and their order are fixed, maps are sorted, times are ISO 8601 in
 * UTC, and the same alert gives the same bytes on every machine. Characters that could harm a terminal are escaped.
 */
public final class AlertJson {
    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().characterEscapes(TerminalSafe.JSON).build();
    /** Digits that count: enough for any measure, few enough that the last bits of a sum do not show. */
    private static final MathContext DIGITS = new MathContext(12);
    /** Numbers below this are written with an exponent: nobody reads three hundred zeros. */
    private static final BigDecimal SMALL = new BigDecimal("1e-12");

    private final JsonGenerator json;

    /** Writes into the middle of a document that another writes. */
    public AlertJson(JsonGenerator json) {
        this.json = json;
    }

    /** The alert as one line, without the line feed. */
    public static String line(Alert alert) {
        StringWriter line = new StringWriter(2048);
        try (JsonGenerator generator = FACTORY.createGenerator(line)) {
            new AlertJson(generator).write(alert);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return line.toString();
    }

    private void write(Alert alert) throws IOException {
        json.writeStartObject();
        writeHead(alert);
        writeSubject(alert.subject());
        writeTimes(alert);
        text("title", alert.title());
        text("summary", alert.summary());
        writeNumbers("measures", alert.measures());
        writeNumbers("thresholds", alert.thresholds());
        writeBaseline(alert.baseline());
        writeEvidence(alert.evidence());
        writeAdvice(alert.advice());
        textOrNull("technique", alert.technique());
        textOrNull("parent", alert.parent());
        texts("children", alert.children());
        writeTimeline(alert.timeline());
        json.writeBooleanField("countsAreLowerBounds", alert.countsAreLowerBounds());
        texts("blindSpots", alert.blindSpots());
        json.writeNumberField("detectorVersion", alert.detectorVersion());
        text("configDigest", alert.configDigest());
        writeAllowed(alert.allowed());
        writeFeedback(alert.feedback());
        json.writeEndObject();
    }

    private void writeFeedback(Remarks feedback) throws IOException {
        if (feedback.isEmpty()) {
            json.writeNullField("feedback");
            return;
        }
        json.writeObjectFieldStart("feedback");
        for (Remark.Aspect aspect : Remark.Aspect.values()) {
            json.writeFieldName(aspect.wireName());
            writeRemark(feedback.of(aspect));
        }
        json.writeEndObject();
    }

    private void writeRemark(Optional<Remark> said) throws IOException {
        if (said.isEmpty()) {
            json.writeNull();
            return;
        }
        Remark remark = said.get();
        json.writeStartObject();
        textOrNull("value", remark.value());
        text("by", remark.by());
        text("at", remark.at().toString());
        textOrNull("reason", remark.reason());
        json.writeNumberField("sequence", remark.sequence());
        json.writeEndObject();
    }

    private void writeAllowed(Optional<Alert.Allowed> allowed) throws IOException {
        if (allowed.isEmpty()) {
            json.writeNullField("allowed");
            return;
        }
        json.writeObjectFieldStart("allowed");
        text("policy", allowed.get().policy());
        text("owner", allowed.get().owner());
        text("reason", allowed.get().reason());
        text("until", allowed.get().until().toString());
        json.writeEndObject();
    }

    private void writeHead(Alert alert) throws IOException {
        text("incidentId", alert.incidentId());
        text("tenant", alert.tenant());
        text("state", alert.state().name());
        json.writeNumberField("sequence", alert.sequence());
        text("detector", alert.detector());
        text("severity", alert.severity().name());
        number("confidence", alert.confidence());
        text("cause", alert.cause());
        json.writeArrayFieldStart("causes");
        for (Cause cause : alert.causes()) {
            json.writeStartObject();
            text("cause", cause.name());
            number("weight", cause.weight());
            text("because", cause.because());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The subject as a field of an object that has begun. */
    public void writeSubject(Subject subject) throws IOException {
        json.writeObjectFieldStart("subject");
        textOrNull("server", subject.server());
        textOrNull("client", subject.client());
        textOrNull("account", subject.account());
        textOrNull("sender", subject.sender());
        textOrNull("destination", subject.destination());
        textOrNull("recipient", subject.recipient());
        textOrNull("script", subject.script());
        json.writeEndObject();
    }

    private void writeTimes(Alert alert) throws IOException {
        text("onset", alert.onset().toString());
        text("detectedAt", alert.detectedAt().toString());
        text("lastSeen", alert.lastSeen().toString());
        textOrNull("resolvedAt", alert.isOver() ? alert.resolvedAt().toString() : "");
        textOrNull("resolution", alert.resolution());
    }

    private void writeNumbers(String field, Map<String, Double> numbers) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, Double> entry : numbers.entrySet()) {
            number(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private void writeBaseline(Map<String, Usual> baseline) throws IOException {
        json.writeObjectFieldStart("baseline");
        for (Map.Entry<String, Usual> entry : baseline.entrySet()) {
            Usual usual = entry.getValue();
            json.writeObjectFieldStart(TerminalSafe.wellFormed(entry.getKey()));
            number("median", usual.median());
            number("p99", usual.p99());
            json.writeNumberField("windows", usual.windows());
            number("maturity", usual.maturity());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeEvidence(List<Alert.Evidence> evidence) throws IOException {
        json.writeArrayFieldStart("evidence");
        for (Alert.Evidence line : evidence) {
            json.writeStartObject();
            text("host", line.host());
            text("file", line.file());
            json.writeNumberField("offset", line.offset());
            textOrNull("topic", line.topic());
            wholeOrNull("partition", line.partition());
            wholeOrNull("recordOffset", line.recordOffset());
            text("time", line.time().toString());
            text("text", line.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeAdvice(List<Advice> advice) throws IOException {
        json.writeArrayFieldStart("advice");
        for (Advice remedy : advice) {
            json.writeStartObject();
            text("title", remedy.title());
            texts("steps", remedy.steps());
            text("verify", remedy.verify());
            text("rollback", remedy.rollback());
            texts("never", remedy.never());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeTimeline(List<Alert.Moment> timeline) throws IOException {
        json.writeArrayFieldStart("timeline");
        for (Alert.Moment moment : timeline) {
            json.writeStartObject();
            text("time", moment.time().toString());
            text("detector", moment.detector());
            text("text", moment.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void text(String field, String value) throws IOException {
        json.writeStringField(field, TerminalSafe.wellFormed(value));
    }

    private void textOrNull(String field, String value) throws IOException {
        if (value.isEmpty()) {
            json.writeNullField(field);
        } else {
            text(field, value);
        }
    }

    private void texts(String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(TerminalSafe.wellFormed(value));
        }
        json.writeEndArray();
    }

    private void wholeOrNull(String field, long value) throws IOException {
        if (value < 0) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, value);
        }
    }

    /** JSON has no name for what is not a number: such a one is null. */
    private void number(String field, double value) throws IOException {
        json.writeFieldName(TerminalSafe.wellFormed(field));
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            json.writeNull();
        } else {
            json.writeNumber(plain(value));
        }
    }

    private static String plain(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        boolean tiny = rounded.signum() != 0 && rounded.abs().compareTo(SMALL) < 0;
        return tiny ? rounded.toString() : rounded.toPlainString();
    }
}
