package postwarden.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import postwarden.config.AppConfig;
import postwarden.correlate.Correlator;
import postwarden.correlate.CorrelatorParams;
import postwarden.event.Event;
import postwarden.event.LogRecord;
import postwarden.parse.LineParser;
import postwarden.producer.syslog.HeaderContext;
import postwarden.producer.syslog.HeaderParser;
import postwarden.scan.Engine;
import postwarden.tally.OpenPanes;
import postwarden.tally.Pane;
import postwarden.tally.Tallier;

/**
 * What a line costs in the core, step by step, on one thread. Prints one row a step; each step includes those above it but for
 * the header's, which the producer does. Making the lines is not measured.
 *
 * <p>Argument: which {@linkplain Load#of(String) load} (default recorded).
 */
public final class EngineBenchmark {
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 8;
    /** Lines that a round makes before it is measured. */
    private static final int LINES = 90_000;

    private final String load;
    private long sink;
    private long alerts;

    private EngineBenchmark(String load) {
        this.load = load;
    }

    /** Work on one round of lines. */
    private interface Step {
        void round(List<LogRecord.Line> lines);
    }

    public static void main(String[] arguments) throws IOException {
        EngineBenchmark benchmark = new EngineBenchmark(arguments.length > 0 ? arguments[0] : "recorded");
        benchmark.measure("header", benchmark::headers);
        benchmark.measure("parse", benchmark::parse);
        benchmark.measure("parse, correlate, tally", benchmark.tally());
        benchmark.measure("whole engine", benchmark.engine());
        System.out.println(benchmark.alerts + " alerts");
        // Read, so that no compiler may leave the work out.
        if (benchmark.sink == 42) {
            System.out.println();
        }
    }

    private void measure(String name, Step step) throws IOException {
        Load lines = Load.of(load);
        Stopwatch spent = Stopwatch.NOTHING;
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            List<LogRecord.Line> next =
                    Stream.generate(lines::next).limit(LINES).toList();
            Stopwatch watch = Stopwatch.start();
            step.round(next);
            spent = round < WARM_UP ? spent : watch.with(spent);
        }
        System.out.println(spent.row(name, (long) ROUNDS * LINES));
    }

    private void headers(List<LogRecord.Line> lines) {
        HeaderParser parser =
                new HeaderParser(new HeaderContext("mx1", ZoneOffset.UTC, Instant.parse("2026-11-22T00:00:00Z")));
        for (LogRecord.Line line : lines) {
            byte[] bytes = line.text().getBytes(StandardCharsets.UTF_8);
            sink += parser.parse(bytes, 0, bytes.length).messageStart();
        }
    }

    private void parse(List<LogRecord.Line> lines) {
        LineParser parser = new LineParser();
        for (LogRecord.Line line : lines) {
            sink += parser.parse(line).kind().ordinal();
        }
    }

    private Step tally() {
        LineParser parser = new LineParser();
        Correlator correlator = new Correlator(new HeapMap<>(), new HeapMap<>(), CorrelatorParams.DEFAULT);
        Tallier tallier = new Tallier();
        OpenPanes open = new OpenPanes();
        long[] pane = {Long.MIN_VALUE};
        return lines -> {
            for (LogRecord.Line line : lines) {
                long at = Pane.of(line.time());
                if (at != pane[0]) {
                    sink += open.drain((key, host, start, tally) -> sink++).size();
                    pane[0] = at;
                }
                Event event = correlator.enrich(parser.parse(line));
                tallier.tally(event, (watch, name) -> open.open(line.tenant(), line.host(), at, watch, name));
            }
        };
    }

    private Step engine() throws IOException {
        Engine engine = new Engine(AppConfig.scanSettings());
        List<String> hosts = Load.of(load).hosts();
        hosts.forEach(host -> engine.accept(new LogRecord.Hello("default", host, hosts)));
        long[] pane = {Long.MIN_VALUE};
        return lines -> {
            for (LogRecord.Line line : lines) {
                engine.accept(line);
                if (Pane.of(line.time()) > pane[0]) {
                    pane[0] = Pane.of(line.time());
                    alerts += engine.drain().size();
                }
            }
        };
    }
}
