package postwarden.stream.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.producer.file.LineSplitter;
import postwarden.producer.syslog.JsonMessage;
import postwarden.schema.MailLine;

/** A record of the lines topic as the core takes it. */
public final class LineCodec {
    private static final long MICROS = 1_000_000;
    /** A host's name (RFC 1035), and more than any tenant's. */
    private static final int LONGEST_NAME = 255;
    /** Linux's PATH_MAX. */
    private static final int LONGEST_PATH = 4096;

    private LineCodec() {}

    /**
     * The record, with the place it was read from.
     *
     * @throws IllegalArgumentException when its fields contradict each other, saying which
     */
    public static LogRecord decode(MailLine line, int partition, long offset) {
        String tenant = line.getTenant();
        String host = line.getHost();
        if (host.isEmpty()) {
            throw new IllegalArgumentException("the record names no host");
        }
        bound("text", line.getText().remaining(), LineSplitter.LONGEST_PIECE);
        bound("tenant", tenant.length(), LONGEST_NAME);
        bound("host", host.length(), LONGEST_NAME);
        bound("reporter", line.getReporter().length(), LONGEST_NAME);
        bound("fileId", line.getFileId().length(), LONGEST_PATH);
        bound("file", line.getFile().length(), LONGEST_PATH);
        Source source = new Source(
                line.getFile(),
                line.getFileId(),
                line.getStartOffset(),
                line.getEndOffset(),
                partition,
                offset,
                line.getContiguous(),
                line.getFresh());
        return switch (line.getKind()) {
            case HELLO -> hello(line);
            case HEARTBEAT ->
                time(line)
                        .map(time -> (LogRecord) new LogRecord.Heartbeat(
                                tenant, host, time, instant(line.getReadTimeMicros()), line.getReporter()))
                        .orElseGet(() -> hello(line));
            case LOSS ->
                new LogRecord.Loss(
                        tenant, host, Optional.ofNullable(line.getNote()).orElse(""), source);
            case END -> new LogRecord.End(tenant, host);
            case LINE -> line(line, source);
        };
    }

    private static LogRecord hello(MailLine line) {
        return new LogRecord.Hello(line.getTenant(), line.getHost(), line.getRoster(), line.getReporter());
    }

    /** Bounds what a line may cost, and what states and alerts keep of it. */
    private static void bound(String field, int is, int most) {
        if (is > most) {
            throw new IllegalArgumentException(field + " has " + is + " characters or bytes, more than " + most);
        }
    }

    private static LogRecord line(MailLine line, Source source) {
        if (source.start() < 0 || source.end() < source.start()) {
            throw new IllegalArgumentException("bytes " + source.start() + " to " + source.end() + " of a file");
        }
        if (line.getFragment() > 0) {
            return new LogRecord.Continuation(line.getTenant(), line.getHost(), source);
        }
        ByteBuffer text = line.getText();
        Optional<Instant> time = time(line);
        if (line.getUnparsed() != null || time.isEmpty()) {
            String reason = Optional.ofNullable(line.getUnparsed()).orElse("the line has no time");
            return new LogRecord.Unparsed(
                    line.getTenant(), line.getHost(), reason, text(text, 0, text.remaining()), source);
        }
        int message = line.getMessageStart();
        if (message < 0 || message > text.remaining()) {
            throw new IllegalArgumentException("the message begins at byte " + message + " of " + text.remaining());
        }
        int pid = Optional.ofNullable(line.getPid()).orElse(-1);
        return new LogRecord.Line(
                line.getTenant(),
                line.getHost(),
                line.getProgram(),
                pid,
                time.get(),
                text(text, 0, message),
                isJson(text) ? json(text, message) : text(text, message, text.remaining() - message),
                source);
    }

    private static boolean isJson(ByteBuffer text) {
        return text.hasRemaining() && text.get(text.position()) == '{';
    }

    private static String json(ByteBuffer text, int message) {
        byte[] line = new byte[text.remaining()];
        text.duplicate().get(line);
        return new String(JsonMessage.of(line, message), StandardCharsets.UTF_8);
    }

    private static Optional<Instant> time(MailLine line) {
        return Optional.ofNullable(line.getEventTimeMicros()).map(LineCodec::instant);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }

    private static String text(ByteBuffer bytes, int from, int length) {
        return bytes.hasArray()
                ? new String(
                        bytes.array(), bytes.arrayOffset() + bytes.position() + from, length, StandardCharsets.UTF_8)
                : StandardCharsets.UTF_8
                        .decode(bytes.slice(bytes.position() + from, length))
                        .toString();
    }
}
