package postwarden.benchmarks;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import postwarden.event.Event;
import postwarden.event.LogRecord;
import postwarden.parse.LineParser;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.HeaderContext;
import postwarden.producer.syslog.HeaderParser;

/** Lines a second on one core over the mixed recordings, and bytes allocated a line: the header alone, the message alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 6, time = 2)
public class ParseBenchmark {
    private static final HeaderContext HOST =
            new HeaderContext("mx1", ZoneOffset.UTC, Instant.parse("2026-11-22T00:00:00Z"));

    private final LineParser messages = new LineParser();
    private final HeaderParser headers = new HeaderParser(HOST);
    private LogRecord.Line[] lines = {};
    private byte[][] raw = {};
    private int next;

    /** Reads the recordings. */
    @Setup
    public void read() throws IOException {
        Recorded recorded = Recorded.read();
        lines = recorded.lines().toArray(LogRecord.Line[]::new);
        raw = recorded.raw().toArray(byte[][]::new);
    }

    /** The next line's message, its header understood before. */
    @Benchmark
    public Event message() {
        next = next + 1 < lines.length ? next + 1 : 0;
        return messages.parse(lines[next]);
    }

    /** The next line's header, from its bytes. */
    @Benchmark
    public Header header() {
        next = next + 1 < raw.length ? next + 1 : 0;
        return headers.parse(raw[next], 0, raw[next].length);
    }

    /** Runs both with the allocation profiler. */
    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(ParseBenchmark.class.getSimpleName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }
}
