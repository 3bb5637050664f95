package postwarden.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import postwarden.alertjson.TerminalSafe;
import postwarden.drift.Drift;
import postwarden.drift.Template;
import postwarden.drift.TemplateCount;

/** The templates of lines that no rule knew, the most frequent first, for people and for programs. */
final class DriftTable {
    private final Drift drift;

    DriftTable(Drift drift) {
        this.drift = drift;
    }

    /** Two lines a template: how often, when, who and what; then the sample. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (TemplateCount counted : drift.mostFrequent()) {
            String version = counted.version().isEmpty() ? "" : " " + counted.version();
            text.append(String.format(
                    Locale.ROOT,
                    "%8d  %s to %s  %s%n          %s%n",
                    counted.count(),
                    EventJson.time(counted.first()),
                    EventJson.time(counted.last()),
                    TerminalSafe.escaped(counted.template().program() + version + ": "
                            + counted.template().text()),
                    TerminalSafe.escaped(counted.sample())));
        }
        return text.append(letGo()).toString();
    }

    /** One line a template, at most so many. */
    String summary(int most) {
        StringBuilder text = new StringBuilder();
        int told = 0;
        for (TemplateCount counted : drift.mostFrequent()) {
            if (told++ == most) {
                return text.append(String.format(Locale.ROOT, "%10s %d more templates%n", "", drift.templates() - most))
                        .append(letGo())
                        .toString();
            }
            String what =
                    counted.template().program() + ": " + counted.template().text();
            text.append(String.format(Locale.ROOT, "%10d %s%n", counted.count(), TerminalSafe.escaped(what)));
        }
        return text.append(letGo()).toString();
    }

    /** One object a line and template. */
    void write(JsonGenerator json) throws IOException {
        for (TemplateCount counted : drift.mostFrequent()) {
            Template template = counted.template();
            json.writeStartObject();
            json.writeStringField("id", template.name());
            json.writeNumberField("count", counted.count());
            json.writeStringField("first", EventJson.time(counted.first()));
            json.writeStringField("last", EventJson.time(counted.last()));
            json.writeStringField("daemon", template.daemon().wireName());
            json.writeStringField("program", template.program());
            json.writeStringField("version", counted.version());
            json.writeStringField("template", template.text());
            json.writeStringField("sample", counted.sample());
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private String letGo() {
        return drift.templatesLetGo() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%10d lines of %d rare templates that were not kept%n",
                        drift.linesLetGo(),
                        drift.templatesLetGo());
    }
}
