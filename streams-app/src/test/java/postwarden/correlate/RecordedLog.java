package postwarden.correlate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.parse.LineParser;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.HeaderContext;
import postwarden.producer.syslog.HeaderParser;

/** Lines of real logs from the test resources, as events before and after the correlator. */
public final class RecordedLog {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final LineParser PARSER = new LineParser();

    private RecordedLog() {}

    /** The events of a file under {@code correlate/}, as the parser alone understands them. */
    public static List<Event> parsed(String file) {
        return parsed(file, lines(file));
    }

    /** The events of these lines, through a correlator that has seen nothing before. */
    public static List<Event> enriched(List<String> lines) {
        Correlator correlator = correlator();
        return parsed("/var/log/mail.log", lines).stream()
                .map(correlator::enrich)
                .toList();
    }

    private static List<Event> parsed(String file, List<String> lines) {
        HeaderParser headers = new HeaderParser(new HeaderContext("mail", ZoneOffset.UTC, NOW));
        List<Event> events = new ArrayList<>();
        long start = 0;
        for (String text : lines) {
            byte[] line = text.getBytes(StandardCharsets.UTF_8);
            events.add(PARSER.parse(line(file, start, line, headers.parse(line, 0, line.length))));
            start += line.length + 1;
        }
        return events;
    }

    /** The events of several files in this order, through one correlator. */
    public static List<Event> enriched(String... files) {
        return enriched(new HeapMemory<>(), new HeapMemory<>(), files);
    }

    static List<Event> enriched(Memory<String, QueueEntry> queue, Memory<String, Trace> traces, String... files) {
        Correlator correlator = new Correlator(queue, traces, CorrelatorParams.DEFAULT);
        List<Event> events = new ArrayList<>();
        for (String file : files) {
            parsed(file).forEach(event -> events.add(correlator.enrich(event)));
        }
        return events;
    }

    /** A correlator that has seen nothing yet. */
    static Correlator correlator() {
        return new Correlator(new HeapMemory<>(), new HeapMemory<>(), CorrelatorParams.DEFAULT);
    }

    static List<Event> ofKind(List<Event> events, Kind kind) {
        return events.stream().filter(event -> event.is(kind)).toList();
    }

    static List<String> values(List<Event> events, Field field) {
        return events.stream().map(event -> event.text(field, "-")).toList();
    }

    private static LogRecord.Line line(String file, long start, byte[] line, Header header) {
        int from = header.messageStart();
        return new LogRecord.Line(
                "default",
                header.host(),
                header.program(),
                header.pidOrMinusOne(),
                header.time().orElseThrow(),
                new String(line, 0, from, StandardCharsets.UTF_8),
                new String(line, from, line.length - from, StandardCharsets.UTF_8),
                new Source(file, file, start, start + line.length + 1, -1, -1));
    }

    private static List<String> lines(String file) {
        try (InputStream bytes = RecordedLog.class.getResourceAsStream("/correlate/" + file)) {
            return new String(Objects.requireNonNull(bytes, file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
