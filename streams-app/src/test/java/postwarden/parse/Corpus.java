package postwarden.parse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import postwarden.event.Event;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.event.Status;

/**
 * Annotated lines: {@code program[pid]: message}, then, indented, the rule, the event and every field that must come of
 * it. A blank line ends an entry; a line that begins with # is a comment.
 */
final class Corpus {
    private static final Instant TIME = Instant.parse("2026-11-21T08:16:24Z");

    private Corpus() {}

    /** One line and what must come of it. */
    record Entry(String line, String expected) {
        Event parse() {
            return new LineParser().parse(Corpus.line(line));
        }

        @Override
        public String toString() {
            return line;
        }
    }

    static List<Entry> read(String file) {
        List<Entry> entries = new ArrayList<>();
        for (String block : text(file).split("\n\n")) {
            List<String> lines = new ArrayList<>(List.of(block.split("\n")));
            lines.removeIf(line -> line.startsWith("#") || line.isEmpty());
            if (!lines.isEmpty()) {
                entries.add(new Entry(lines.get(0), String.join("\n", lines.subList(1, lines.size()))));
            }
        }
        return entries;
    }

    static LogRecord.Line line(String tagged) {
        int colon = tagged.indexOf(": ");
        String tag = tagged.substring(0, colon);
        int bracket = tag.indexOf('[');
        String program = bracket < 0 ? tag : tag.substring(0, bracket);
        int pid = bracket < 0 ? -1 : Integer.parseInt(tag.substring(bracket + 1, tag.length() - 1));
        return new LogRecord.Line(
                "default",
                "mx1",
                program,
                pid,
                TIME,
                tag + ": ",
                tagged.substring(colon + 2),
                new Source("-", "-", 0, 0, -1, -1));
    }

    static String describe(Event event) {
        StringBuilder text = new StringBuilder("  rule " + event.rule() + "\n");
        text.append("  event ").append(event.kind().wireName());
        event.forEach((field, value) -> text.append("\n  ")
                .append(field.jsonName())
                .append(' ')
                .append(value instanceof Status status ? status.wireName() : value));
        return text.toString();
    }

    private static String text(String file) {
        try (InputStream bytes = Corpus.class.getResourceAsStream("/corpus/" + file)) {
            return new String(Objects.requireNonNull(bytes, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new AssertionError("the corpus " + file + " cannot be read", failure);
        }
    }
}
