package postwarden.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import postwarden.correlate.Memory;
import postwarden.detect.Report;
import postwarden.policy.Allowances;
import postwarden.policy.Saying;

/** A desk over a map, with everything that it told. */
final class DeskFixture {
    final Map<String, Incident> remembered;
    final List<Alert> told = new ArrayList<>();
    private final IncidentDesk desk;

    DeskFixture() {
        this(DeskParams.DEFAULT);
    }

    DeskFixture(DeskParams params) {
        this(params, new HashMap<>());
    }

    DeskFixture(DeskParams params, Map<String, Incident> memory) {
        this(params, memory, new Allowances(new postwarden.scan.MapMemory<>(), List.of()));
    }

    DeskFixture(DeskParams params, Map<String, Incident> memory, Allowances allowances) {
        remembered = memory;
        desk = new IncidentDesk(new MapMemory(remembered), allowances, params, "0123456789abcdef");
    }

    List<Alert> at(long pane, Report... reports) {
        return at(pane, List.of(reports));
    }

    List<Alert> at(long pane, List<Report> reports) {
        List<Alert> alerts = desk.decide(pane, reports);
        told.addAll(alerts);
        return alerts;
    }

    /** Says something of an incident; what it is told with is not among {@link #told}, which has what was decided. */
    Heard hear(Saying saying) {
        return desk.hear(saying);
    }

    /** Plays the steps in order and holds what is told against what each expects. */
    void play(Step... steps) {
        for (Step step : steps) {
            assertThat(brief(at(step.pane, step.reports)))
                    .as("in pane %d", step.pane)
                    .isEqualTo(step.expect);
        }
    }

    /** One line of a scenario: in this pane comes this report, and these records are told. */
    static Step step(long pane, Report report, String... expect) {
        return step(pane, List.of(report), expect);
    }

    static Step step(long pane, List<Report> reports, String... expect) {
        return new Step(pane, reports, List.of(expect));
    }

    record Step(long pane, List<Report> reports, List<String> expect) {}

    Alert last() {
        return told.get(told.size() - 1);
    }

    long heldBack() {
        return desk.heldBack();
    }

    List<Alert> open() {
        return desk.open();
    }

    /** Each record as "STATE detector sequence". */
    static List<String> brief(List<Alert> alerts) {
        return alerts.stream()
                .map(alert -> alert.state() + " " + alert.detector() + " " + alert.sequence())
                .toList();
    }

    private record MapMemory(Map<String, Incident> map) implements Memory<String, Incident> {
        @Override
        public Optional<Incident> get(String key) {
            return Optional.ofNullable(map.get(key));
        }

        @Override
        public void put(String key, Incident value) {
            map.put(key, value);
        }

        @Override
        public void remove(String key) {
            map.remove(key);
        }

        @Override
        public void forEach(BiConsumer<String, Incident> visitor) {
            Map.copyOf(map).forEach(visitor);
        }

        @Override
        public void some(int most, BiConsumer<String, Incident> visitor) {
            Map.copyOf(map).forEach(visitor);
        }
    }
}
