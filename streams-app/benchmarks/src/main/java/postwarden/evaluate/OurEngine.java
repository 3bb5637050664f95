package postwarden.evaluate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import postwarden.detect.Subject;
import postwarden.event.LogRecord;
import postwarden.incident.Alert;
import postwarden.scan.Engine;
import postwarden.stream.Settings;

/** The service's own core objects, from lines to alerts. */
final class OurEngine implements Contender {
    private static final String TENANT = "default";

    private final Engine engine;
    private List<String> hosts = List.of();

    OurEngine(Settings settings) {
        engine = new Engine(settings);
    }

    @Override
    public void greet(List<String> all) {
        hosts = List.copyOf(all);
        hosts.forEach(host -> engine.accept(new LogRecord.Hello(TENANT, host, hosts)));
    }

    @Override
    public void take(LogRecord.Line line) {
        engine.accept(line);
    }

    @Override
    public List<Notice> tell(Instant now) {
        hosts.forEach(host -> engine.accept(new LogRecord.Heartbeat(TENANT, host, now)));
        List<Notice> notices = new ArrayList<>();
        engine.drain().forEach(alert -> notices.add(notice(alert, now)));
        return notices;
    }

    /** Lines that no rule of ours knew: the simulator's fault or the parser's. */
    long unrecognised() {
        return engine.unrecognised() + engine.unparsed();
    }

    private static Notice notice(Alert alert, Instant now) {
        Set<String> spoken = new HashSet<>(Set.of(alert.detector()));
        alert.timeline().forEach(moment -> spoken.add(moment.detector()));
        Notice.Step step = switch (alert.state()) {
            case OPEN -> Notice.Step.OPENED;
            case UPDATED -> Notice.Step.UPDATED;
            case RESOLVED -> Notice.Step.OVER;
        };
        return new Notice(
                alert.incidentId(),
                alert.detector(),
                spoken,
                step,
                !alert.parent().isEmpty(),
                now,
                alert.severity(),
                alert.subject().server(),
                subjects(alert.subject()),
                alert.cause());
    }

    private static Set<String> subjects(Subject subject) {
        Set<String> subjects = new HashSet<>();
        for (String one : List.of(
                subject.client(),
                subject.account(),
                subject.sender(),
                subject.destination(),
                subject.recipient(),
                subject.script())) {
            if (!one.isEmpty()) {
                subjects.add(one);
            }
        }
        return subjects;
    }
}
