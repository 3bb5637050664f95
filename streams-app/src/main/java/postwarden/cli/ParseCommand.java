package postwarden.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import postwarden.alertjson.TerminalSafe;
import postwarden.config.ConfigRefused;
import postwarden.config.RepliesFile;
import postwarden.parse.LineParser;
import postwarden.producer.file.LineSplitter;
import postwarden.producer.redact.Redaction;
import postwarden.producer.syslog.HeaderContext;

/** {@code postwarden parse}: prints what each line of the given files says, one JSON object a line. */
@Command(
        name = "parse",
        mixinStandardHelpOptions = true,
        description = "Prints what each log line says, as one JSON object a line; a summary goes to standard error.")
public final class ParseCommand implements Callable<Integer> {
    /** Exit status for input that cannot be read. */
    static final int UNREADABLE = 2;

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final OutputStream out;
    private final PrintStream err;
    private final Clock clock;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "host of lines whose header names none (default: ${DEFAULT-VALUE})")
    private String host = "localhost";

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "zone of stamps without an offset, such as Europe/Berlin (default: this machine's)")
    private ZoneId zone;

    @Option(
            names = "--now",
            paramLabel = "INSTANT",
            description = "no line is later than this; gives stamps without a year theirs"
                    + " (default: the file's modification time)")
    private @Nullable Instant now;

    @Option(
            names = "--replies",
            paramLabel = "FILE",
            description = "rules about SMTP replies of your own, which come before the standard ones")
    private @Nullable String replies;

    @Mixin
    private RedactionKey key = new RedactionKey();

    @Option(
            names = "--unrecognised",
            description = "print what no rule knew, by template and most frequent first, instead of the events")
    private boolean unrecognised;

    @Option(names = "--json", description = "with --unrecognised: one JSON object a template")
    private boolean asJson;

    @Parameters(
            paramLabel = "FILE",
            description = "logs to read, also .gz; standard input when none is given, or for -")
    private List<String> files = List.of();

    /**
     * A command over the given streams, none of which it closes.
     *
     * @param clock its zone is that of stamps without an offset; its time dates standard input
     */
    public ParseCommand(InputStream in, OutputStream out, PrintStream err, Clock clock) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.clock = clock;
        this.zone = clock.getZone();
    }

    /** Exit status: 0, or 2 when a file cannot be read; what was read before is printed. */
    @Override
    public Integer call() throws IOException {
        LineParser parser;
        try {
            parser = replies == null ? new LineParser() : new LineParser(RepliesFile.load(replies));
        } catch (ConfigRefused refused) {
            refused.errors().forEach(error -> err.println("postwarden parse: " + replies + ": " + error));
            return UNREADABLE;
        }
        return parse(parser);
    }

    private int parse(LineParser parser) throws IOException {
        List<String> names = files.isEmpty() ? List.of(LogFile.STANDARD_INPUT) : files;
        ParseSummary summary = new ParseSummary();
        Redaction redaction = key.redaction();
        JsonGenerator json = generator(unrecognised ? OutputStream.nullOutputStream() : out);
        Optional<String> failure = Optional.empty();
        for (int index = 0; index < names.size() && failure.isEmpty(); index++) {
            ParsePrinter printer = new ParsePrinter(json, summary, names.size() > 1);
            failure = print(new LogFile(names.get(index), in), printer, parser, redaction);
        }
        json.flush();
        if (unrecognised) {
            printTemplates(new DriftTable(summary.drift()));
        }
        failure.ifPresent(why -> err.println("postwarden parse: " + why));
        if (failure.isPresent()) {
            return UNREADABLE;
        }
        err.print(summary.text());
        return 0;
    }

    /** Prints one file; answers why it could not be read to its end, if so. */
    private Optional<String> print(LogFile file, ParsePrinter printer, LineParser parser, Redaction redaction) {
        try (InputStream bytes = file.open()) {
            Instant latest = now == null ? file.lastChange(clock) : now;
            HeaderContext context = new HeaderContext(host, zone, latest);
            ParsedLines lines = new ParsedLines(file.name(), context, parser, redaction);
            LineSplitter splitter = new LineSplitter(0, 0);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                if (splitter.position() == 0) {
                    lines.top(buffer, count);
                }
                splitter.feed(buffer, 0, count, printer.printing(lines));
            }
            splitter.finish(printer.printing(lines));
            return Optional.empty();
        } catch (IOException failure) {
            return Optional.of(file.cannotBeRead(failure));
        }
    }

    private void printTemplates(DriftTable table) throws IOException {
        if (asJson) {
            JsonGenerator json = generator(out).setCharacterEscapes(TerminalSafe.JSON);
            table.write(json);
            json.flush();
        } else {
            out.write(table.text().getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private static JsonGenerator generator(OutputStream to) throws IOException {
        JsonFactory factory = new JsonFactory().setRootValueSeparator("");
        return factory.createGenerator(to).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }
}
