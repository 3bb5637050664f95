package postwarden.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import postwarden.event.LogRecord;
import postwarden.simulate.Label;
import postwarden.simulate.Shape;
import postwarden.simulate.Simulation;

/**
 * One simulated fleet, read by some contenders.
 *
 * @param notices what each of them told, in the order of the contenders
 * @param lines how many lines there were
 */
record Run(Shape shape, List<Label> labels, List<List<Notice>> notices, long lines) {
    /** As the service's panes, so that nobody is asked more often than something can have changed. */
    private static final Duration PANE = Duration.ofSeconds(10);

    static Run of(Shape shape, List<? extends Contender> contenders) {
        Simulation simulation = new Simulation(shape);
        List<List<Notice>> notices = new ArrayList<>();
        contenders.forEach(any -> notices.add(new ArrayList<>()));
        contenders.forEach(contender -> contender.greet(simulation.hosts()));
        Instant pane = shape.start().plus(PANE);
        for (Optional<LogRecord.Line> next = simulation.next(); next.isPresent(); next = simulation.next()) {
            LogRecord.Line line = next.get();
            while (!line.time().isBefore(pane)) {
                tell(contenders, notices, pane);
                pane = pane.plus(PANE);
            }
            contenders.forEach(contender -> contender.take(line));
        }
        tell(contenders, notices, pane);
        return new Run(shape, simulation.labels(), notices, simulation.lines());
    }

    private static void tell(List<? extends Contender> contenders, List<List<Notice>> notices, Instant now) {
        for (int at = 0; at < contenders.size(); at++) {
            notices.get(at).addAll(contenders.get(at).tell(now));
        }
    }
}
