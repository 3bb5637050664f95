package postwarden.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.producer.file.LineSplitter;
import postwarden.producer.redact.LineCutter;
import postwarden.producer.redact.Redaction;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.HeaderContext;
import postwarden.producer.syslog.HeaderParser;
import postwarden.producer.syslog.JsonMessage;

/**
 * One file read from its beginning to its end as records of the lines topic would come: the same splitter, the same header
 * parser. Belongs to one thread.
 */
public final class LogReader implements AutoCloseable {
    private static final int CHUNK = 1 << 18;

    private final Input input;
    private final InputStream stream;
    private final LineSplitter splitter = new LineSplitter(0, 0);
    private final HeaderParser headers;
    private final LineCutter cutter;
    private final Deque<LogRecord> ready = new ArrayDeque<>();
    private final byte[] chunk = new byte[CHUNK];
    private Instant last = Instant.MIN;
    private boolean finished;
    private @Nullable String firstHost;

    /**
     * What to read, and what its lines do not say.
     *
     * @param name path, as evidence shows it
     * @param host overrides the header's; empty to take the header's
     * @param fallbackHost for lines whose form names no host
     * @param now what stamps without a year are held against
     */
    public record Input(String name, String host, String fallbackHost, ZoneId zone, Instant now) {}

    /** Reads the file's bytes, unpacked, from {@code stream}, which is closed with this; secrets leave no hash. */
    public LogReader(Input input, InputStream stream) {
        this(input, stream, Redaction.WITHOUT_KEY);
    }

    /** The same; {@code redaction} says what stands for secrets. */
    public LogReader(Input input, InputStream stream, Redaction redaction) {
        this.cutter = new LineCutter(redaction);
        this.input = input;
        this.stream = stream;
        headers = new HeaderParser(new HeaderContext(
                input.host().isEmpty() ? input.fallbackHost() : input.host(), input.zone(), input.now()));
    }

    /** The next record without taking it; empty at the end. @throws IOException when reading fails */
    public Optional<LogRecord> peek() throws IOException {
        while (ready.isEmpty() && !finished) {
            int read = stream.read(chunk);
            if (read < 0) {
                splitter.finish(this::piece);
                finished = true;
            } else {
                if (splitter.position() == 0) {
                    headers.top(chunk, read);
                }
                splitter.feed(chunk, 0, read, this::piece);
            }
        }
        Optional<LogRecord> next = Optional.ofNullable(ready.peekFirst());
        if (firstHost == null) {
            firstHost = next.map(LogRecord::host).orElse(null);
        }
        return next;
    }

    /** Takes the next record. @throws java.util.NoSuchElementException at the end */
    public LogRecord take() {
        LogRecord record = ready.removeFirst();
        if (record instanceof LogRecord.Line line) {
            last = line.time().isAfter(last) ? line.time() : last;
        }
        return record;
    }

    /** Where the next record belongs among those of other files: its time, or its neighbours' when it has none. */
    public Instant position() throws IOException {
        return peek().map(record ->
                        record instanceof LogRecord.Line line && line.time().isAfter(last) ? line.time() : last)
                .orElse(Instant.MAX);
    }

    /** The host of the first record; empty before it was looked at, and for an empty file. */
    public Optional<String> firstHost() {
        return Optional.ofNullable(firstHost);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private void piece(byte[] read, int begin, int behind, long start, long end, int fragment, boolean lastFragment) {
        cutter.cut(read, begin, behind, fragment, lastFragment);
        byte[] bytes = cutter.bytes();
        int from = cutter.from();
        int to = cutter.to();
        String file = input.name();
        Source source = new Source(file, file, start, end, -1, -1);
        if (fragment > 0) {
            ready.add(new LogRecord.Continuation("default", hostOr(input.fallbackHost()), source));
            return;
        }
        Header header = headers.parse(bytes, from, to);
        String host = hostOr(header.host());
        Optional<Instant> time = header.time();
        if (!header.parsed() || time.isEmpty()) {
            String reason = header.unparsedReason().orElse("the line has no time");
            ready.add(new LogRecord.Unparsed("default", host, reason, text(bytes, from, to), source));
            return;
        }
        int message = from + header.messageStart();
        ready.add(new LogRecord.Line(
                "default",
                host,
                header.program(),
                header.pidOrMinusOne(),
                time.get(),
                text(bytes, from, message),
                bytes[from] == '{' ? json(bytes, from, to, header.messageStart()) : text(bytes, message, to),
                source));
    }

    private static String json(byte[] bytes, int from, int to, int messageStart) {
        return new String(JsonMessage.of(Arrays.copyOfRange(bytes, from, to), messageStart), StandardCharsets.UTF_8);
    }

    private String hostOr(String otherwise) {
        return input.host().isEmpty() ? otherwise : input.host();
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
