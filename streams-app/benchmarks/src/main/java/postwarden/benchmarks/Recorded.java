package postwarden.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.scan.LogReader;

/**
 * The recorded incidents that ship with the project, in the order of their times: some 90,000 lines of nine hosts. Repeated,
 * each round comes a day later, so that nothing is a duplicate.
 *
 * @param lines what was read, headers already understood
 * @param raw the same lines as bytes, without LF
 */
public record Recorded(List<LogRecord.Line> lines, List<byte[]> raw) {
    private static final String ENDING = ".log.gz";
    /** The day behind the recordings: half of them have stamps without a year. */
    private static final Instant RECORDED_BEFORE = Instant.parse("2026-11-22T00:00:00Z");

    /** Reads all recordings below {@code folder}. */
    public static Recorded read(Path folder) throws IOException {
        List<LogRecord.Line> lines = new ArrayList<>();
        List<byte[]> raw = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(path -> path.toString().endsWith(ENDING))
                    .sorted()
                    .toList()) {
                read(file, lines);
                raw.addAll(split(unpacked(file)));
            }
        }
        lines.sort(Comparator.comparing(LogRecord.Line::time));
        return new Recorded(lines, raw);
    }

    /** The recordings, from the folder of the checkout that the system property {@code postwarden.samples} may replace. */
    public static Recorded read() throws IOException {
        return read(Path.of(System.getProperty("postwarden.samples", "deploy/local/samples")));
    }

    /** The hosts, sorted. */
    public List<String> hosts() {
        return lines.stream().map(LogRecord.Line::host).distinct().sorted().toList();
    }

    /** The line as it comes in a later round. */
    public static LogRecord.Line later(LogRecord.Line line, int round) {
        Source from = line.source();
        String file = from.file() + "." + round;
        return new LogRecord.Line(
                line.tenant(),
                line.host(),
                line.program(),
                line.pid(),
                line.time().plus(Duration.ofDays(round)),
                line.header(),
                line.message(),
                new Source(file, file, from.start(), from.end(), from.partition(), from.recordOffset()));
    }

    private static void read(Path file, List<LogRecord.Line> into) throws IOException {
        String name = file.getFileName().toString();
        String host = name.substring(0, name.length() - ENDING.length());
        LogReader.Input input = new LogReader.Input(file.toString(), host, host, ZoneOffset.UTC, RECORDED_BEFORE);
        try (LogReader reader = new LogReader(input, new GZIPInputStream(Files.newInputStream(file)))) {
            while (reader.peek().isPresent()) {
                if (reader.take() instanceof LogRecord.Line line) {
                    into.add(line);
                }
            }
        }
    }

    private static byte[] unpacked(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    private static List<byte[]> split(byte[] bytes) {
        List<byte[]> lines = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte next : bytes) {
            if (next == '\n') {
                lines.add(line.toByteArray());
                line.reset();
            } else {
                line.write(next);
            }
        }
        return lines;
    }
}
