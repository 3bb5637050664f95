package postwarden.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import postwarden.producer.file.PieceSink;

/** Prints one JSON object for each line of one file. */
final class ParsePrinter {
    private final JsonGenerator json;
    private final ParseSummary summary;
    private final boolean named;
    private long line;

    /** @param named whether each object names its file, because there are several */
    ParsePrinter(JsonGenerator json, ParseSummary summary, boolean named) {
        this.json = json;
        this.summary = summary;
        this.named = named;
    }

    /** Takes the pieces of a file; of a line longer than a piece only the first is understood, the rest is left out. */
    PieceSink printing(ParsedLines lines) {
        return (bytes, from, to, start, end, fragment, last) -> {
            if (fragment == 0) {
                print(lines, lines.parse(Arrays.copyOfRange(bytes, from, to), start, end));
            }
        };
    }

    private void print(ParsedLines lines, ParsedLines.Parsed parsed) {
        line++;
        try {
            json.writeStartObject();
            json.writeNumberField("line", line);
            if (named) {
                json.writeStringField("file", lines.file());
            }
            write(lines.file(), parsed);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException outputFailed) {
            throw new UncheckedIOException(outputFailed);
        }
    }

    private void write(String file, ParsedLines.Parsed parsed) throws IOException {
        if (parsed.event().isPresent()) {
            summary.count(parsed.event().get());
            EventJson.write(json, parsed.event().get());
            return;
        }
        summary.countUnparsed(file, parsed.reason(), parsed.text());
        json.writeStringField("event", "unparsed");
        json.writeStringField("reason", parsed.reason());
        json.writeStringField("text", parsed.text());
    }
}
