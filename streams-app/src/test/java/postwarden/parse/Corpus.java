package postwarden.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import postwarden.cli.EventJson;
import postwarden.event.Event;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.HeaderContext;
import postwarden.producer.syslog.HeaderParser;
import postwarden.producer.syslog.JsonMessage;

/**
 * Annotated lines, one file a daemon: the raw line as a host writes it, and above it {@code #> } with the rule that must
 * read it and what must come of it, as {@code postwarden parse} prints it. Other lines that begin with # are comments.
 *
 * <p>{@code #> ?} stands for an annotation that is still to be made: {@link #main} fills it in, to be read and judged
 * before it is committed; no test passes while one is left.
 */
public final class Corpus {
    /** Marks the annotation of the line below it. */
    private static final String MARK = "#> ";

    private static final String OPEN = "?";
    private static final Path FOLDER = Path.of("src", "test", "resources", "corpus");
    private static final HeaderContext HOST =
            new HeaderContext("mx1", ZoneOffset.UTC, Instant.parse("2026-11-21T12:00:00Z"));

    private Corpus() {}

    /**
     * One line and what must come of it.
     *
     * @param place file and line number, for people
     * @param event what the parser makes of it; empty when not even its header was understood
     */
    record Entry(String place, String expected, String line, Optional<Event> event, String said) {
        String file() {
            return place.substring(0, place.indexOf(':'));
        }

        /** The header understood, the message still to be read. @throws java.util.NoSuchElementException without header */
        LogRecord.Line record() {
            return event.orElseThrow().line();
        }

        @Override
        public String toString() {
            return place + " " + line;
        }
    }

    /** All files of the corpus, by name. */
    static List<Path> files() {
        try (Stream<Path> found = Files.list(FOLDER)) {
            return found.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Stream<Entry> entries() {
        return files().stream().flatMap(file -> read(file).stream());
    }

    /** The entries of {@code NAME.log}. */
    static List<Entry> read(String name) {
        return read(FOLDER.resolve(name + ".log"));
    }

    private static List<Entry> read(Path file) {
        List<Entry> entries = new ArrayList<>();
        Reader reader = new Reader();
        List<String> lines = lines(file);
        for (int at = 0; at + 1 < lines.size(); at++) {
            if (lines.get(at).startsWith(MARK)) {
                String line = lines.get(at + 1);
                String place = file.getFileName() + ":" + (at + 2);
                entries.add(reader.read(place, lines.get(at).substring(MARK.length()), line));
                at++;
            }
        }
        return entries;
    }

    /** A line as the header reader hands it on: {@code program[pid]: message}. */
    static LogRecord.Line line(String tagged) {
        return new Reader()
                .read("", "", "2026-11-21T08:16:24.230000+00:00 mx1 " + tagged)
                .record();
    }

    /** Fills in the annotations that are still {@code #> ?}, in the files that are named, or in all. */
    public static void main(String[] names) throws IOException {
        List<Path> files = names.length == 0
                ? files()
                : Arrays.stream(names)
                        .map(name -> FOLDER.resolve(name + ".log"))
                        .toList();
        for (Path file : files) {
            List<String> lines = new ArrayList<>(lines(file));
            Reader reader = new Reader();
            for (int at = 0; at + 1 < lines.size(); at++) {
                if (lines.get(at).startsWith(MARK)) {
                    String said = reader.read("", "", lines.get(at + 1)).said();
                    lines.set(at, lines.get(at).equals(MARK + OPEN) ? MARK + said : lines.get(at));
                    at++;
                }
            }
            Files.writeString(file, String.join("\n", lines));
        }
    }

    private static List<String> lines(Path file) {
        try {
            return List.of(Files.readString(file).split("\n", -1));
        } catch (IOException failure) {
            throw new UncheckedIOException("the corpus " + file + " cannot be read", failure);
        }
    }

    /** Reads the lines of one file in order, as a producer does: some formats say at the top what their columns are. */
    private static final class Reader {
        private final HeaderParser headers = new HeaderParser(HOST);
        private final LineParser messages = new LineParser();

        Entry read(String place, String expected, String line) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            Header header = headers.parse(bytes, 0, bytes.length);
            if (header.time().isEmpty()) {
                String why = header.parsed() ? "the header has no time" : header.reason();
                return new Entry(place, expected, line, Optional.empty(), unparsed(why));
            }
            Event event = messages.parse(new LogRecord.Line(
                    "default",
                    header.host(),
                    header.program(),
                    header.pidOrMinusOne(),
                    header.time().get(),
                    new String(bytes, 0, header.messageStart(), StandardCharsets.UTF_8),
                    new String(JsonMessage.of(bytes, header.messageStart()), StandardCharsets.UTF_8),
                    new Source("-", "-", 0, 0, -1, -1)));
            return new Entry(place, expected, line, Optional.of(event), describe(event));
        }
    }

    private static String unparsed(String reason) {
        return "{\"event\":\"unparsed\",\"reason\":\"" + reason + "\"}";
    }

    static String describe(Event event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("rule", event.rule());
            EventJson.writeMeaning(json, event);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
