package postwarden.scan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postwarden.correlate.Correlator;
import postwarden.correlate.Intervals;
import postwarden.detect.Dossier;
import postwarden.detect.Fleet;
import postwarden.detect.Records;
import postwarden.detect.Report;
import postwarden.detect.Watcher;
import postwarden.drift.Drift;
import postwarden.event.LogRecord;
import postwarden.incident.Alert;
import postwarden.incident.IncidentDesk;
import postwarden.incident.Settled;
import postwarden.incident.Waiting;
import postwarden.parse.LineParser;
import postwarden.policy.Allowances;
import postwarden.stream.Settings;
import postwarden.tally.Intake;
import postwarden.tally.Key;
import postwarden.tally.OpenPanes;
import postwarden.tally.Tallier;
import postwarden.tally.Watch;

/** The core objects of the service in a row, in memory and in one thread: intake, watches, desk. */
public final class Engine {
    private final OpenPanes open = new OpenPanes();
    private final Drift drift = new Drift(new MapMemory<>());
    private final Intake intake;
    private final Fleet fleet;
    private final Records records;
    private final Watcher watcher;
    private final Waiting waiting;
    private final IncidentDesk desk;
    private final Map<Intake.Outcome, Long> outcomes = new EnumMap<>(Intake.Outcome.class);

    public Engine(Settings settings) {
        intake = new Intake(
                new LineParser(settings.replies()),
                new Correlator(new MapMemory<>(), new MapMemory<>(), settings.correlator()),
                new Tallier(settings.systems()),
                new MapMemory<String, Intervals>(),
                new MapMemory<>(),
                drift,
                settings.intake());
        fleet = new Fleet(new MapMemory<>(), settings.watch());
        records = new Records(new MapMemory<>(), new MapMemory<>(), new MapMemory<>());
        watcher = new Watcher(settings.detectors(), records, fleet, settings.watch());
        waiting = new Waiting(new MapMemory<>(), new MapMemory<>());
        desk = new IncidentDesk(
                new MapMemory<>(),
                new Allowances(new MapMemory<>(), settings.allowances()),
                settings.desk(),
                settings.configDigest());
    }

    /** Takes one record; nothing is decided before {@link #drain}. */
    public void accept(LogRecord record) {
        outcomes.merge(intake.accept(record, open), 1L, Long::sum);
    }

    /** Decides what can be decided, and returns what is to be told. */
    public List<Alert> drain() {
        open.drain(watcher::merge).forEach(watcher::progress);
        for (Report report : watcher.settle()) {
            waiting.add(report);
        }
        List<Alert> alerts = new ArrayList<>();
        for (String tenant : fleet.tenants()) {
            waiting.settled(new Settled(tenant, 0, 1, fleet.closedThrough(tenant), fleet.hasEnded(tenant)));
            for (Waiting.Due due : waiting.due(tenant)) {
                alerts.addAll(desk.decide(due.pane(), due.reports()));
            }
        }
        return alerts;
    }

    /** How many records had which outcome so far. */
    public Map<Intake.Outcome, Long> outcomes() {
        return new EnumMap<>(outcomes);
    }

    /** Lines whose message no rule knew. */
    public long unrecognised() {
        return intake.unrecognised();
    }

    /** Lines whose header was not understood. */
    public long unparsed() {
        return intake.unparsed();
    }

    /** The templates of lines that no rule knew. */
    public Drift drift() {
        return drift;
    }

    /** What the watches know of a key; windows end where the fleet has come to. */
    public Optional<Dossier> dossier(Key key) {
        long now = fleet.now(key.tenant());
        return records.keys().get(key).map(state -> new Dossier(key, state, records, host -> now));
    }

    /** How many keys of a watch are known. */
    public long keys(Watch watch) {
        return watcher.census(watch).keys();
    }

    /** The incidents that are still open. */
    public List<Alert> openIncidents() {
        return desk.open();
    }
}
