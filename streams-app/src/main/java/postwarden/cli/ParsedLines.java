package postwarden.cli;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.parse.LineParser;
import postwarden.producer.file.LineSplitter;
import postwarden.producer.redact.LineCutter;
import postwarden.producer.redact.Redaction;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.HeaderContext;
import postwarden.producer.syslog.HeaderParser;
import postwarden.producer.syslog.JsonMessage;

/** Reads the lines of one file into events. Belongs to one file and one thread. */
final class ParsedLines {
    static final String TENANT = "default";

    private final String file;
    private final HeaderParser headers;
    private final LineParser messages;
    private final LineCutter cutter;

    ParsedLines(String file, HeaderContext context, LineParser messages, Redaction redaction) {
        this.file = file;
        this.headers = new HeaderParser(context);
        this.messages = messages;
        this.cutter = new LineCutter(redaction);
    }

    /** What the file begins with: its first lines may say what the others are. */
    void top(byte[] bytes, int length) {
        headers.top(bytes, length);
    }

    /** The file's name. */
    String file() {
        return file;
    }

    /**
     * One line, from its bytes without the LF.
     *
     * @param start where its first byte stands in the file
     * @param end first byte behind it and its LF in the file
     */
    Parsed parse(byte[] read, long start, long end) {
        cutter.cut(read, 0, read.length, 0, read.length < LineSplitter.LONGEST_PIECE);
        byte[] line = Arrays.copyOfRange(cutter.bytes(), cutter.from(), cutter.to());
        Header header = headers.parse(line, 0, line.length);
        Optional<Instant> time = header.time();
        if (!header.parsed() || time.isEmpty()) {
            String reason = header.parsed() ? "the header has no time" : header.reason();
            return new Parsed(Optional.empty(), reason, text(line));
        }
        LogRecord.Line record = new LogRecord.Line(
                TENANT,
                header.host(),
                header.program(),
                header.pidOrMinusOne(),
                time.get(),
                text(Arrays.copyOf(line, header.messageStart())),
                text(JsonMessage.of(line, header.messageStart())),
                new Source(file, file, start, end, -1, -1));
        return new Parsed(Optional.of(messages.parse(record)), "", "");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * What became of one line.
     *
     * @param event what it says, if its header was understood
     * @param reason why the header was not understood, or empty
     * @param text the line whose header was not understood, or empty
     */
    record Parsed(Optional<Event> event, String reason, String text) {}
}
