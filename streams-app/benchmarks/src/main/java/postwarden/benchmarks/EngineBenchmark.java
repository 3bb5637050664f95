package postwarden.benchmarks;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
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
 * What a line costs in the core, step by step, on one thread: the recorded incidents again and again, a day apart. Prints one
 * row a step; each step includes those above it but for the header's, which the producer does.
 */
public final class EngineBenchmark {
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 8;

    private final Recorded recorded;
    private long sink;

    private EngineBenchmark(Recorded recorded) {
        this.recorded = recorded;
    }

    /** Work on one round of lines. */
    private interface Step {
        void round(int number);
    }

    public static void main(String[] arguments) throws IOException {
        EngineBenchmark benchmark = new EngineBenchmark(Recorded.read());
        benchmark.measure("header", benchmark::headers);
        benchmark.measure("parse", benchmark::parse);
        benchmark.measure("parse, correlate, tally", benchmark.tally());
        benchmark.measure("whole engine", benchmark.engine());
        // Read, so that no compiler may leave the work out.
        if (benchmark.sink == 42) {
            System.out.println();
        }
    }

    private void measure(String name, Step step) {
        for (int round = 0; round < WARM_UP; round++) {
            step.round(round);
        }
        Stopwatch watch = Stopwatch.start();
        for (int round = WARM_UP; round < WARM_UP + ROUNDS; round++) {
            step.round(round);
        }
        System.out.println(watch.row(name, (long) ROUNDS * recorded.lines().size()));
    }

    private void headers(int round) {
        HeaderParser parser = new HeaderParser(
                new HeaderContext("mx1", ZoneOffset.UTC, java.time.Instant.parse("2026-11-22T00:00:00Z")));
        for (byte[] line : recorded.raw()) {
            sink += parser.parse(line, 0, line.length).messageStart() + round;
        }
    }

    private void parse(int round) {
        LineParser parser = new LineParser();
        for (LogRecord.Line line : recorded.lines()) {
            sink += parser.parse(line).kind().ordinal() + round;
        }
    }

    private Step tally() {
        LineParser parser = new LineParser();
        Correlator correlator = new Correlator(new HeapMap<>(), new HeapMap<>(), CorrelatorParams.DEFAULT);
        Tallier tallier = new Tallier();
        OpenPanes open = new OpenPanes();
        return round -> {
            long pane = Long.MIN_VALUE;
            for (LogRecord.Line recordedLine : recorded.lines()) {
                LogRecord.Line line = Recorded.later(recordedLine, round);
                long at = Pane.of(line.time());
                if (at != pane) {
                    sink += open.drain((key, host, start, tally) -> sink++).size();
                    pane = at;
                }
                Event event = correlator.enrich(parser.parse(line));
                tallier.tally(event, (watch, name) -> open.open(line.tenant(), line.host(), at, watch, name));
            }
        };
    }

    private Step engine() {
        Engine engine = new Engine(AppConfig.scanSettings());
        List<String> hosts = recorded.hosts();
        hosts.forEach(host -> engine.accept(new LogRecord.Hello("default", host, hosts)));
        return round -> {
            long pane = Long.MIN_VALUE;
            for (LogRecord.Line line : recorded.lines()) {
                LogRecord.Line later = Recorded.later(line, round);
                engine.accept(later);
                if (Pane.of(later.time()) > pane) {
                    pane = Pane.of(later.time());
                    sink += engine.drain().size();
                }
            }
        };
    }
}
