package postwarden.evaluate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import postwarden.event.LogRecord;
import postwarden.simulate.Label;
import postwarden.simulate.Shape;
import postwarden.simulate.Simulation;

/** A simulated fleet's log as one file, to look at or to give to {@code postwarden scan}; the truth goes elsewhere. */
final class Lines {
    private Lines() {}

    /** Prints all lines to {@code out}, and to {@code err} each label and how fast it went. */
    static void print(Shape shape, PrintStream out, PrintStream err) throws IOException {
        Simulation simulation = new Simulation(shape);
        long began = System.nanoTime();
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        for (Optional<LogRecord.Line> next = simulation.next(); next.isPresent(); next = simulation.next()) {
            writer.append(next.get().header()).append(next.get().message()).append('\n');
        }
        writer.flush();
        double seconds = (System.nanoTime() - began) / 1e9;
        simulation.labels().stream().map(Label::toString).forEach(err::println);
        err.printf(
                Locale.ROOT,
                "evaluate: %d lines in %.1f s, %.0f a second%n",
                simulation.lines(),
                seconds,
                simulation.lines() / seconds);
    }
}
